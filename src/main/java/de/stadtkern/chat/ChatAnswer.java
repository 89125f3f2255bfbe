package de.stadtkern.chat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A reply as programs read it (`docs/api.md`).
///
/// @param conversation to go on with
record ChatAnswer(
        String kind,
        String label,
        String text,
        double confidence,
        List<Source> sources,
        List<Fact> facts,
        List<String> suggestions,
        String conversation) {

    record Source(
            String id,
            String title,
            String url,
            String quote,
            @Nullable Instant updated) {}

    /// @param chart a page to be shown inside of another, empty for none
    record Fact(String subject, String sentence, String source, Instant known, String url, String chart) {}

    /// One question of a conversation with its answer.
    ///
    /// @param helpful null where nobody has said
    record Said(
            Instant at,
            String question,
            ChatAnswer answer,
            @Nullable Boolean helpful) {}

    /// @param absolute makes an address of this town one for pages of others
    static ChatAnswer of(Reply reply, TalkKey key, UnaryOperator<String> absolute) {
        return new ChatAnswer(
                reply.kind().name().toLowerCase(Locale.ROOT),
                reply.label().name().toLowerCase(Locale.ROOT),
                reply.text(),
                reply.confidence(),
                reply.sources().stream()
                        .map(source -> new Source(
                                source.id(),
                                source.title(),
                                absolute.apply(source.url()),
                                source.quote(),
                                source.updated()))
                        .toList(),
                reply.facts().stream()
                        .map(fact -> new Fact(
                                fact.subject(),
                                fact.sentence(),
                                fact.source(),
                                fact.known(),
                                absolute.apply(fact.address()),
                                absolute.apply(fact.chart())))
                        .toList(),
                reply.suggestions(),
                key.text());
    }
}
