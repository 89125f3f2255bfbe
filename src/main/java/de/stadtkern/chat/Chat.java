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
    private final SilentTopics silent;
    private final CuratedAnswers curated;
    private final List<Facts> facts;
    private final Answers answers;

    Chat(Rules rules, SilentTopics silent, CuratedAnswers curated, List<Facts> facts, Answers answers) {
        this.rules = rules;
        this.silent = silent;
        this.curated = curated;
        this.facts = List.copyOf(facts);
        this.answers = answers;
    }

    /// @param masked what may be kept of the question
    record Answered(String masked, Reply reply) {}

    /// @param question as it was typed
    /// @param subject  what the question before it was about, empty for none
    Answered ask(String question, Locale language, boolean easy, String subject) {
        Asked alone = new Asked(Masking.mask(Cleaning.clean(question)), language, easy, "");
        Reply reply = reply(alone);
        if (!subject.isEmpty() && (reply.kind() == Reply.Kind.CLARIFY || reply.kind() == Reply.Kind.UNKNOWN)) {
            // It does not stand alone; who asks of something else now is not answered about what was before.
            Reply goingOn = reply(new Asked(alone.text(), language, easy, subject));
            return new Answered(alone.text(), goingOn.kind() == Reply.Kind.ANSWER ? goingOn : reply);
        }
        return new Answered(alone.text(), reply);
    }

    private Reply reply(Asked asked) {
        Reply reply = rules.reply(asked)
                .or(() -> silent(asked))
                .or(() -> written(asked))
                .or(() -> structured(asked))
                .orElseGet(() -> answers.find(asked));
        // What cannot be proven is not said; the texts themselves are still offered.
        return Proof.holds(reply) ? reply : answers.unknown(asked, reply.confidence());
    }

    /// About what editors switched off.
    private Optional<Reply> silent(Asked asked) {
        return silent.hold(asked.text())
                ? Optional.of(Reply.said(Reply.Kind.REFUSED, answers.say(asked, "chat.silent"), "silent"))
                : Optional.empty();
    }

    /// What people of the town wrote for this question.
    private Optional<Reply> written(Asked asked) {
        return curated.find(asked.text()).map(answer -> {
            String text = answer.text(asked.language(), asked.easy());
            Reply.Source source = new Reply.Source(
                    "answer-" + answer.id(),
                    answer.wish().sourceTitle().isEmpty()
                            ? answer.wish().question()
                            : answer.wish().sourceTitle(),
                    answer.wish().sourceUrl(),
                    text,
                    answer.changed());
            return new Reply(
                    Reply.Kind.ANSWER, Reply.Label.AUTOMATIC, text, 1, List.of(source), List.of(), List.of(), "");
        });
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
