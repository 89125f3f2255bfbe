package de.stadtkern.chat;

import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// The front door: one question, one answer. What is asked is cleaned and masked here, before anybody else sees it.
@Service
public class Chat {

    /// So many questions are worked on at once as keeps the cores busy, also while some of them wait for the database,
    /// in the order in which they came: all at once would make each of them wait for all others.
    private final Semaphore turns = new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

    private final Rules rules;
    private final ChatSwitches switches;
    private final CuratedAnswers curated;
    private final List<Facts> facts;
    private final Answers answers;
    private final FollowUps followUps;
    private final Rewording rewording;

    Chat(
            Rules rules,
            ChatSwitches switches,
            CuratedAnswers curated,
            List<Facts> facts,
            Answers answers,
            FollowUps followUps,
            Rewording rewording) {
        this.rewording = rewording;
        this.rules = rules;
        this.switches = switches;
        this.curated = curated;
        this.facts = List.copyOf(facts);
        this.answers = answers;
        this.followUps = followUps;
    }

    /// @param masked what may be kept of the question
    /// @param alone  the same as it is understood without those before it
    record Answered(String masked, String alone, Reply reply) {}

    /// @param question as it was typed
    Answered ask(String question, Locale language, boolean easy, Before before) {
        String masked = Masking.mask(Cleaning.clean(question));
        Asked asked = new Asked(masked, language, easy, followUps.alone(masked, before));
        Reply reply = inTurn(asked);
        // What cannot be proven is not said; the texts themselves are still offered. A model is slow and elsewhere.
        Reply proven = Proof.holds(reply) ? rewording.of(asked, reply) : answers.unknown(asked, reply.confidence());
        return new Answered(masked, asked.alone(), proven);
    }

    private Reply inTurn(Asked asked) {
        turns.acquireUninterruptibly();
        try {
            return rules.reply(asked)
                    .or(() -> silent(asked))
                    .or(() -> written(asked))
                    .or(() -> structured(asked))
                    .orElseGet(() -> answers.find(asked));
        } finally {
            turns.release();
        }
    }

    /// About what editors switched off.
    private Optional<Reply> silent(Asked asked) {
        return switches.isSilentAbout(asked.text())
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
        List<Fact> found = Facts.of(facts, asked.alone(), asked.language());
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
