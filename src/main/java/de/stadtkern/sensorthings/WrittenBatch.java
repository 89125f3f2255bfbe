package de.stadtkern.sensorthings;

import java.time.Instant;
import java.util.List;

/// Which Observations a batch created, in a few numbers instead of ten thousand ids.
///
/// @param datastreams they are of these
/// @param firstNumber the writer's number of the first one; the others follow without a gap
/// @param from        earliest beginning of a phenomenonTime
/// @param to          latest beginning
public record WrittenBatch(List<Long> datastreams, long firstNumber, int created, Instant from, Instant to) {

    public WrittenBatch {
        datastreams = List.copyOf(datastreams);
    }

    /// @param rows of the batch, also those that were there already
    public static WrittenBatch of(List<NewObservation> rows, long firstNumber, int created) {
        Instant from = rows.getFirst().start();
        Instant to = from;
        for (NewObservation row : rows) {
            from = row.start().isBefore(from) ? row.start() : from;
            to = row.start().isAfter(to) ? row.start() : to;
        }
        return new WrittenBatch(
                rows.stream()
                        .map(NewObservation::datastreamId)
                        .distinct()
                        .sorted()
                        .toList(),
                firstNumber,
                created,
                from,
                to);
    }
}
