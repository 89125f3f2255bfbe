package de.stadtkern.sensorthings;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows on their way into one statement, in columns, with what follows from them: the totals per Datastream in
/// ascending order (the order in which every transaction locks them) and the marks of the hours they touch.
///
/// Times are microseconds since 1970; [#NONE] stands for null.
final class Batch {

    static final long NONE = Long.MIN_VALUE;

    private static final long HOUR = 3_600_000_000L;
    /// Hours this close are marked as one stretch: recomputing a few more is cheaper than a mark for each.
    private static final long MERGE_WITHIN = 24 * HOUR;
    /// Beyond this many microseconds an interval made by multiplication is no longer exact.
    private static final long EXACT = 1L << 52;

    final int size;
    final long[] ids;
    final long[] datastreams;
    final long[] starts;
    final long[] ends;
    final long[] resultTimes;
    final double[] numbers;
    final long[] features;
    final NewObservation[] rows;
    final boolean isPlain;
    final long numberFrom;

    final Totals totals;
    final Marks marks;

    Batch(List<NewObservation> observations, Map<Long, Long> derivedFeature, long numberFrom) {
        size = observations.size();
        rows = observations.toArray(NewObservation[]::new);
        ids = new long[size];
        datastreams = new long[size];
        starts = new long[size];
        ends = new long[size];
        resultTimes = new long[size];
        numbers = new double[size];
        features = new long[size];
        this.numberFrom = numberFrom;
        boolean plain = true;
        for (int i = 0; i < size; i++) {
            NewObservation row = rows[i];
            ids[i] = ObservationId.of(row.start(), numberFrom + i);
            datastreams[i] = row.datastreamId();
            starts[i] = micros(row.start());
            ends[i] = micros(row.end());
            resultTimes[i] = micros(row.resultTime());
            numbers[i] = row.number();
            features[i] = feature(row, derivedFeature);
            plain &= row.json() == null
                    && !hasRareColumns(row)
                    && Math.abs(starts[i]) < EXACT
                    && isExactOrNone(ends[i])
                    && isExactOrNone(resultTimes[i]);
        }
        isPlain = plain;
        Integer[] order = sortedByDatastreamAndTime();
        totals = new Totals(this, order);
        marks = new Marks(this, order);
    }

    private static boolean hasRareColumns(NewObservation row) {
        NewObservation.Details details = row.details();
        return details != null
                && (details.validStart() != null || details.resultQuality() != null || details.parameters() != null);
    }

    private static boolean isExactOrNone(long micros) {
        return micros == NONE || Math.abs(micros) < EXACT;
    }

    private static long feature(NewObservation row, Map<Long, Long> derivedFeature) {
        NewObservation.Details details = row.details();
        long feature = details != null && details.featureId() instanceof Long explicit
                ? explicit
                : derivedFeature.getOrDefault(row.datastreamId(), NewObservation.Details.NO_FEATURE);
        return feature == NewObservation.Details.NO_FEATURE ? NONE : feature;
    }

    private Integer[] sortedByDatastreamAndTime() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            int byDatastream = Long.compare(datastreams[a], datastreams[b]);
            return byDatastream != 0 ? byDatastream : Long.compare(starts[a], starts[b]);
        });
        return order;
    }

    static long micros(@Nullable Instant time) {
        return time == null
                ? NONE
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }

    /// Per Datastream what this batch adds to its row of `datastream_state`.
    static final class Totals {

        final long[] datastreams;
        final long[] counts;
        final long[] phenomenonMin;
        final long[] phenomenonMax;
        final long[] resultMin;
        final long[] resultMax;
        final int[] last;
        /// How long the longest phenomenonTime is.
        final long[] longest;
        /// Whether a result is no number.
        final boolean[] hasOther;

        Totals(Batch batch, Integer[] order) {
            int groups = 0;
            for (int k = 0; k < order.length; k++) {
                groups += k == 0 || batch.datastreams[order[k]] != batch.datastreams[order[k - 1]] ? 1 : 0;
            }
            datastreams = new long[groups];
            counts = new long[groups];
            phenomenonMin = new long[groups];
            phenomenonMax = new long[groups];
            resultMin = new long[groups];
            resultMax = new long[groups];
            last = new int[groups];
            longest = new long[groups];
            hasOther = new boolean[groups];
            int group = -1;
            for (int k = 0; k < order.length; k++) {
                int i = order[k];
                if (k == 0 || batch.datastreams[i] != datastreams[group]) {
                    open(++group, batch, i);
                }
                add(group, batch, i);
            }
        }

        private void open(int group, Batch batch, int row) {
            datastreams[group] = batch.datastreams[row];
            phenomenonMin[group] = batch.starts[row];
            phenomenonMax[group] = batch.starts[row];
            resultMin[group] = NONE;
            resultMax[group] = NONE;
            last[group] = row;
        }

        private void add(int group, Batch batch, int row) {
            counts[group]++;
            phenomenonMax[group] = Math.max(phenomenonMax[group], Math.max(batch.starts[row], batch.ends[row]));
            long resultTime = batch.resultTimes[row];
            if (resultTime != NONE) {
                resultMin[group] = resultMin[group] == NONE ? resultTime : Math.min(resultMin[group], resultTime);
                resultMax[group] = Math.max(resultMax[group], resultTime);
            }
            longest[group] = Math.max(longest[group], Math.max(batch.starts[row], batch.ends[row]) - batch.starts[row]);
            hasOther[group] |= !batch.rows[row].hasNumber();
            int before = last[group];
            if (batch.starts[row] > batch.starts[before]
                    || (batch.starts[row] == batch.starts[before] && batch.ids[row] > batch.ids[before])) {
                last[group] = row;
            }
        }
    }

    /// Stretches of hours whose roll-ups this batch makes old, the end not included.
    static final class Marks {

        long[] datastreams = new long[8];
        long[] from = new long[8];
        long[] to = new long[8];
        int size;

        Marks(Batch batch, Integer[] order) {
            for (int i : order) {
                long hour = Math.floorDiv(batch.starts[i], HOUR) * HOUR;
                boolean joins = size > 0
                        && datastreams[size - 1] == batch.datastreams[i]
                        && hour <= to[size - 1] + MERGE_WITHIN;
                if (joins) {
                    to[size - 1] = Math.max(to[size - 1], hour + HOUR);
                } else {
                    add(batch.datastreams[i], hour);
                }
            }
            datastreams = Arrays.copyOf(datastreams, size);
            from = Arrays.copyOf(from, size);
            to = Arrays.copyOf(to, size);
        }

        private void add(long datastream, long hour) {
            if (size == datastreams.length) {
                datastreams = Arrays.copyOf(datastreams, size * 2);
                from = Arrays.copyOf(from, size * 2);
                to = Arrays.copyOf(to, size * 2);
            }
            datastreams[size] = datastream;
            from[size] = hour;
            to[size] = hour + HOUR;
            size++;
        }
    }
}
