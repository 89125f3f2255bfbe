package de.stadtkern.knowledge;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text a question may be about, with what speaks for it.
///
/// @param id      the key it was brought in with; of what a module offers its address
/// @param address without an anchor
/// @param updated null where nobody knows
/// @param covered share of what is asked that the text has, from 0 to 1 and a little more
/// @param titled  share of its title that the question says, from 0 to 1
/// @param alike   likeness by groups of four letters, 1 for the most alike text
/// @param score   by which candidates are in order
/// @param details what it says in a form that can be worked with
public record Candidate(
        String id,
        String title,
        String address,
        String language,
        @Nullable Instant updated,
        List<Part> parts,
        double covered,
        double titled,
        double alike,
        double score,
        Details details) {

    public Candidate {
        parts = List.copyOf(parts);
    }

    /// A section of it.
    ///
    /// @param heading may be empty
    /// @param address with the section's anchor
    public record Part(String heading, String address, String text) {}
}
