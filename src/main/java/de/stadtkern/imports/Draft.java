package de.stadtkern.imports;

import java.util.List;

/// A mapping as people click it together: one choice per field, nothing that a form cannot show. [DraftYaml] turns it
/// into the mapping the engine reads; whatever needs more is written as text.
///
/// @param duplicates `ignore`, `replace` or `insert`
record Draft(Written written, When when, Where where, List<What> what, String duplicates) {

    /// Most columns that can be chosen by clicking.
    static final int MOST_VALUES = 50;

    /// @param charset   `auto` or a name
    /// @param separator `tab` or a character
    /// @param thousands empty for none
    /// @param missing   texts that say that there is no value, separated by commas; empty cells always do
    record Written(
            String charset,
            String separator,
            boolean header,
            int skipLines,
            String decimal,
            String thousands,
            String missing) {}

    /// @param clock    column with the time of day, empty if the time stands in one column
    /// @param zone     empty if each value says its offset
    /// @param duration as ISO 8601 has it, empty for moments
    record When(String column, String clock, String pattern, String zone, String duration) {}

    /// Where it was measured: at a `new` Thing, at a `thing` that is there, or a `column` says it.
    ///
    /// @param longitude as it was typed, empty together with latitude if the place is not known
    /// @param column    whose texts tell the Things apart
    /// @param naming    name of each of those, with `{key}` for the text
    record Where(
            String kind,
            long thing,
            String name,
            String description,
            String longitude,
            String latitude,
            String column,
            String naming) {}

    /// A column whose values become a Datastream.
    ///
    /// @param kind        `number` or `text`
    /// @param aggregation `sum`, `mean` or empty
    /// @param datastream  one that is there already, 0 for a new one
    record What(
            String column,
            String kind,
            String name,
            String unit,
            String symbol,
            String property,
            String aggregation,
            long datastream) {}

    Draft {
        what = List.copyOf(what);
    }
}
