package de.stadtkern.connect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the first lines of a file are understood.
///
/// @param report of these lines alone
public record Preview(List<Value> values, ImportReport report) {

    static final int VALUES = 12;

    /// @param result as JSON has it: a number, or a text in quotes
    /// @param end    null if the value is of a moment
    public record Value(
            String point,
            String series,
            Instant start,
            @Nullable Instant end,
            String result,
            String unit) {}

    public Preview {
        values = List.copyOf(values);
    }
}
