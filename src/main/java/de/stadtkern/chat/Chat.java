package de.stadtkern.chat;

import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// The front door: one question, one answer. What is asked is cleaned and masked here, before anybody else sees it.
@Service
public class Chat {

    private final Rules rules;
    private final List<Facts> facts;
    private final Answers answers;

    Chat(Rules rules, List<Facts> facts, Answers answers) {
        this.rules = rules;
        this.facts = List.copyOf(facts);
        this.answers = answers;
    }

    /// @param masked what may be kept of the question
    record Answered(String masked, Reply reply) {}

    /// @param question as it was typed
    /// @param subject  what the question before it was about, empty for none
    Answered ask(String question, Locale language, boolean easy, String subject) {
        Asked asked = new Asked(Masking.mask(Cleaning.clean(question)), language, easy, subject);
        Reply reply = rules.reply(asked).or(() -> structured(asked)).orElseGet(() -> answers.find(asked));
        return new Answered(asked.text(), reply);
    }

    /// What modules know at this moment.
    private Optional<Reply> structured(Asked asked) {
        List<Fact> found = facts.stream()
                .flatMap(module -> module.facts(asked.text(), asked.language()).stream())
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<Reply.Source> sources = found.stream()
                .map(fact ->
                        new Reply.Source(fact.address(), fact.subject(), fact.address(), fact.sentence(), fact.known()))
                .toList();
        String text = found.stream().map(Fact::sentence).collect(Collectors.joining("\n"));
        return Optional.of(new Reply(Reply.Kind.ANSWER, Reply.Label.AUTOMATIC, text, 1, sources, found, List.of(), ""));
    }
}
