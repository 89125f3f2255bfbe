package de.stadtkern.chat;

import de.stadtkern.seams.Fact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the chat says to one question.
///
/// @param text        plain text; lines are separated by line feeds
/// @param confidence  from 0 to 1
/// @param sources     the best one first; what is quoted stands in them word for word
/// @param facts       structured answers the text says
/// @param suggestions questions to go on with, offered as buttons
/// @param topic       of a rule: which one it was, such as the kind of a crisis; empty otherwise
record Reply(
        Kind kind,
        Label label,
        String text,
        double confidence,
        List<Source> sources,
        List<Fact> facts,
        List<String> suggestions,
        String topic) {

    Reply {
        sources = List.copyOf(sources);
        facts = List.copyOf(facts);
        suggestions = List.copyOf(suggestions);
    }

    /// What a rule says: no source, nothing to be unsure of.
    static Reply said(Kind kind, String text, String topic) {
        return new Reply(kind, Label.AUTOMATIC, text, 1, List.of(), List.of(), List.of(), topic);
    }

    enum Kind {
        ANSWER,
        CLARIFY,
        UNKNOWN,
        CRISIS,
        HANDOVER,
        SMALLTALK,
        REFUSED
    }

    /// Who made the words.
    enum Label {
        QUOTE,
        AUTOMATIC,
        MODEL,
        PERSON
    }

    /// Where an answer is from.
    ///
    /// @param id      the key the text was brought in with; of what a module offers its address
    /// @param url     absolute, or from the town's root on; with the section's anchor
    /// @param quote   word for word
    /// @param updated null where nobody knows
    record Source(
            String id,
            String title,
            String url,
            String quote,
            @Nullable Instant updated) {}
}
