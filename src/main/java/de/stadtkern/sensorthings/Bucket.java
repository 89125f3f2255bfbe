package de.stadtkern.sensorthings;

import java.time.Instant;

/// The numeric Observations of one Datastream in one hour or one day of the town, none missing and none counted
/// twice.
///
/// @param start beginning of the bucket; a day begins at midnight of the town's time zone
/// @param n     how many; a bucket without any is absent, not zero
public record Bucket(Instant start, long n, double sum, double min, double max, double first, double last) {

    public double mean() {
        return sum / n;
    }

    /// The bucket's one value: sum or mean, as the ObservedProperty wants it.
    public double value(Aggregation aggregation) {
        return aggregation == Aggregation.SUM ? sum : mean();
    }

    /// This one and the next as one.
    Bucket with(Bucket next) {
        return new Bucket(
                start, n + next.n, sum + next.sum, Math.min(min, next.min), Math.max(max, next.max), first, next.last);
    }

    Bucket beginning(Instant earlier) {
        return new Bucket(earlier, n, sum, min, max, first, last);
    }
}
