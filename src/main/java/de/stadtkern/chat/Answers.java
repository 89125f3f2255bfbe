package de.stadtkern.chat;

import de.stadtkern.chat.Quotes.Quote;
import de.stadtkern.knowledge.Candidate;
import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.knowledge.Knowledge.Answerable;
import de.stadtkern.knowledge.Wordings;
import de.stadtkern.page.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /// Where a second question begins.
    private static final Pattern HALVES = Pattern.compile(
            "(?<=\\?)\\s+|,?\\s+und\\s+(?=(?:was|wie|wo|wann|welche[rsn]?|kann|muss|brauche?|darf)\\b)|,?\\s+and\\s+(?=(?:what|how|where|when|can|do)\\b)",
            Pattern.CASE_INSENSITIVE);

    private final Knowledge knowledge;
    private final Wordings wordings;
    private final Texts texts;

    Answers(Knowledge knowledge, Wordings wordings, Texts texts) {
        this.knowledge = knowledge;
        this.wordings = wordings;
        this.texts = texts;
    }

    /// One that asks for two things gets two answers.
    Reply find(Asked asked) {
        return both(asked)
                .orElseGet(() ->
                        reply(asked, asked.text(), knowledge.answerable(asked.alone(), asked.language(), LOOKED_AT)));
    }

    /// Where the halves of a question are surely about different texts, both answers.
    private Optional<Reply> both(Asked asked) {
        List<String> halves = Arrays.stream(HALVES.split(asked.text()))
                .map(String::strip)
                .filter(half -> !half.isEmpty())
                .toList();
        if (halves.size() != 2 || !halves.stream().allMatch(wordings::hasSubject)) {
            return Optional.empty();
        }
        List<Reply> replies = new ArrayList<>();
        for (String half : halves) {
            Answerable found = knowledge.answerable(half, asked.language(), LOOKED_AT);
            if (Confidence.of(found).verdict() != Confidence.Verdict.SURE) {
                return Optional.empty();
            }
            replies.add(answer(
                    found.texts().subList(0, 1),
                    new Quotes(found.telling(), half),
                    Confidence.of(found).share()));
        }
        Reply first = replies.getFirst();
        Reply second = replies.getLast();
        boolean isSame = first.sources()
                .getFirst()
                .id()
                .equals(second.sources().getFirst().id());
        return isSame
                ? Optional.empty()
                : Optional.of(new Reply(
                        Reply.Kind.ANSWER,
                        Reply.Label.QUOTE,
                        first.text() + "\n\n" + second.text(),
                        Math.min(first.confidence(), second.confidence()),
                        Stream.concat(first.sources().stream(), second.sources().stream())
                                .toList(),
                        List.of(),
                        List.of(),
                        ""));
    }

    private Reply reply(Asked asked, String question, Answerable found) {
        Confidence confidence = Confidence.of(found);
        Quotes quotes = new Quotes(found.telling(), question);
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
