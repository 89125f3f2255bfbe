package de.stadtkern.connect;

import java.time.Duration;
import java.util.List;

/// What came of an import, or how far it is.
///
/// @param lines     lines read, the header not counted
/// @param skipped   lines that the mapping's conditions left out
/// @param values    Observations understood
/// @param written   Observations that are in the store because of this import
/// @param existing  Observations that were there already
/// @param missing   values that the file says are not there
/// @param refused   lines and values refused
/// @param percent   of the file, 0 to 100
/// @param cancelled whether somebody stopped it; what was written stays
/// @param samples   a dry run's first values as understood
/// @param refusals  the first refusals; all of them stand in the file of refusals
public record ImportReport(
        long lines,
        long skipped,
        long values,
        long written,
        long existing,
        long missing,
        long refused,
        int percent,
        boolean cancelled,
        Duration took,
        List<String> samples,
        List<Refusal> refusals) {

    public ImportReport {
        samples = List.copyOf(samples);
        refusals = List.copyOf(refusals);
    }

    /// The same with what several runs wrote and met together.
    public ImportReport withTotals(long written, long existing) {
        return new ImportReport(
                lines, skipped, values, written, existing, missing, refused, percent, cancelled, took, samples,
                refusals);
    }

    public ImportReport with(List<Refusal> refusals) {
        return new ImportReport(
                lines, skipped, values, written, existing, missing, refused, percent, cancelled, took, samples,
                refusals);
    }

    public ImportReport withoutRefusals() {
        return with(List.of());
    }

    public long valuesPerSecond() {
        return values * 1_000 / Math.max(1, took.toMillis());
    }
}
