package de.stadtkern.chat;

import de.stadtkern.chat.Quotes.Quote;
import de.stadtkern.knowledge.Candidate;
import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.knowledge.Knowledge.Answerable;
import de.stadtkern.page.Texts;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Finds the sentences of the town's texts that answer a question, and says how sure that is: an answer, some texts
/// that may be meant, or that it is not known.
@Component
class Answers {

    /// Texts looked at, and those named.
    private static final int LOOKED_AT = 6;

    private static final int NAMED = 3;
    /// Letters of all quotes of an answer, and of a text that may be meant.
    private static final int ROOM = 700;

    private static final int ROOM_OF_ONE = 320;

    private final Knowledge knowledge;
    private final Texts texts;

    Answers(Knowledge knowledge, Texts texts) {
        this.knowledge = knowledge;
        this.texts = texts;
    }

    Reply find(Asked asked) {
        String question = asked.subject().isEmpty() ? asked.text() : asked.text() + " " + asked.subject();
        Answerable found = knowledge.answerable(question, asked.language(), LOOKED_AT);
        Confidence confidence = Confidence.of(found);
        Quotes quotes = new Quotes(found.telling(), asked.text());
        return switch (confidence.verdict()) {
            case SURE -> answer(found.texts(), quotes, confidence.share());
            case UNSURE -> clarify(asked, found.texts(), quotes, confidence.share());
            case NOT_KNOWN -> nearest(asked, found.texts(), quotes, confidence.share());
            case NOTHING_NEAR -> unknown(asked, confidence.share());
        };
    }

    /// The quotes of the best text; others that may be meant are named beside it.
    private static Reply answer(List<Candidate> found, Quotes quotes, double confidence) {
        List<Reply.Source> sources = new ArrayList<>();
        Candidate best = found.getFirst();
        List<String> said = new ArrayList<>();
        for (Quote quote : quotes.of(best, ROOM)) {
            said.add(quote.text());
            sources.add(source(best, quote));
        }
        List<Candidate> others = found.subList(1, Math.min(NAMED, found.size()));
        others.forEach(other ->
                quotes.of(other, ROOM_OF_ONE).stream().limit(1).forEach(quote -> sources.add(source(other, quote))));
        return new Reply(
                Reply.Kind.ANSWER,
                Reply.Label.QUOTE,
                String.join("\n…\n", said),
                confidence,
                sources,
                List.of(),
                others.stream().map(Candidate::title).toList(),
                "");
    }

    private Reply clarify(Asked asked, List<Candidate> found, Quotes quotes, double confidence) {
        List<Reply.Source> sources = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        lines.add(texts.say(asked.language(), "chat.clarify"));
        List<Candidate> meant = found.subList(0, Math.min(NAMED, found.size()));
        for (Candidate one : meant) {
            lines.add("• " + one.title());
            quotes.of(one, ROOM_OF_ONE).forEach(quote -> {
                lines.add(quote.text());
                sources.add(source(one, quote));
            });
        }
        return new Reply(
                Reply.Kind.CLARIFY,
                Reply.Label.QUOTE,
                String.join("\n", lines),
                confidence,
                sources,
                List.of(),
                meant.stream().map(Candidate::title).toList(),
                "");
    }

    /// Not known, with the pages that come nearest to it.
    private Reply nearest(Asked asked, List<Candidate> found, Quotes quotes, double confidence) {
        List<Reply.Source> sources = new ArrayList<>();
        found.stream()
                .limit(NAMED)
                .forEach(one -> quotes.of(one, ROOM_OF_ONE).stream()
                        .limit(1)
                        .forEach(quote -> sources.add(source(one, quote))));
        return new Reply(
                Reply.Kind.UNKNOWN,
                Reply.Label.AUTOMATIC,
                texts.say(asked.language(), "chat.unknown") + "\n" + texts.say(asked.language(), "chat.nearest"),
                confidence,
                sources,
                List.of(),
                sources.stream().map(Reply.Source::title).toList(),
                "");
    }

    String say(Asked asked, String key) {
        return texts.say(asked.language(), key);
    }

    /// An honest "not known".
    Reply unknown(Asked asked, double confidence) {
        return new Reply(
                Reply.Kind.UNKNOWN,
                Reply.Label.AUTOMATIC,
                texts.say(asked.language(), "chat.unknown"),
                confidence,
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    private static Reply.Source source(Candidate text, Quote quote) {
        String title = quote.heading().isEmpty() ? text.title() : text.title() + ": " + quote.heading();
        return new Reply.Source(text.id(), title, quote.address(), quote.text(), text.updated());
    }
}
