package de.stadtkern.connect;

import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Understands the lines of one file as its mapping says: makes Observations of what is good and refusals of what is
/// not.
final class LineReader {

    private static final int MAX_POINTS = 10_000;
    private static final int MAX_KEY = 200;

    interface Targets {
        /// Where the values of a point go: an id for each of the mapping's values.
        long[] datastreams(Mapping.Point point);

        /// The id of what was observed.
        long feature(NewFeature feature);
    }

    interface Sink {
        void value(NewObservation observation);

        void refused(Refusal refusal);
    }

    /// One Datastream of one point, and what its clock has shown in each time column.
    private static final class Stream {
        private final long id;
        private final LocalClock.Memory start = new LocalClock.Memory();
        private final LocalClock.Memory end = new LocalClock.Memory();
        private final LocalClock.Memory result = new LocalClock.Memory();
        private final LocalClock.Memory validStart = new LocalClock.Memory();
        private final LocalClock.Memory validEnd = new LocalClock.Memory();

        Stream(long id) {
            this.id = id;
        }
    }

    /// Carries a refusal out of the reading of one line or one value; without a stack trace it costs next to nothing.
    private static final class Refused extends Exception {
        private final Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.toString(), null, false, false);
            this.refusal = refusal;
        }
    }

    private final Mapping mapping;
    private final Columns columns;
    private final Targets targets;
    private final Sink sink;
    private final TimeReader times;
    private final ResultReader results;
    private final Texts missing;
    private final int keyPlace;
    private final List<Condition> skips = new ArrayList<>();
    private final List<@Nullable Condition> whens = new ArrayList<>();
    private final int[] valuePlaces;
    private final Map<String, Mapping.Point> known = new HashMap<>();
    private final Map<String, Stream[]> streams = new HashMap<>();
    private String lastKey = "";
    private Stream @Nullable [] lastStreams;

    private long missingValues;
    private long skippedLines;

    private record Condition(int place, Texts texts) {

        static Condition of(Columns columns, Mapping.Condition condition) {
            return new Condition(columns.place(condition.column()), new Texts(condition.is()));
        }

        boolean holds(CsvLine line) {
            return texts.has(line, place);
        }
    }

    LineReader(Mapping mapping, Columns columns, Targets targets, Sink sink) {
        this.mapping = mapping;
        this.columns = columns;
        this.targets = targets;
        this.sink = sink;
        this.missing = new Texts(mapping.format().missing());
        this.times = new TimeReader(mapping.time(), columns, missing);
        this.results = new ResultReader(mapping, columns, missing, targets);
        this.keyPlace = columns.placeOrNone(mapping.points().column());
        mapping.skip().forEach(skip -> skips.add(Condition.of(columns, skip)));
        mapping.values().forEach(value -> whens.add(value.when() == null ? null : Condition.of(columns, value.when())));
        this.valuePlaces = mapping.values().stream()
                .mapToInt(value -> columns.place(value.column()))
                .toArray();
        mapping.points().known().forEach(point -> known.put(point.key(), point));
    }

    /// Values that the file says are not there.
    long missingValues() {
        return missingValues;
    }

    long skippedLines() {
        return skippedLines;
    }

    void read(CsvLine line) {
        try {
            fitToHeader(line);
            if (skips.stream().anyMatch(skip -> skip.holds(line))) {
                skippedLines++;
                goOn(line);
                return;
            }
            times.read(line);
            Stream[] here = streams(line);
            for (int value = 0; value < here.length; value++) {
                read(line, value, here[value]);
            }
        } catch (Refused refused) {
            sink.refused(refused.refusal);
        } catch (Unreadable unreadable) {
            sink.refused(refusal(line, unreadable));
        }
    }

    /// The clocks go on over lines that are left out too: the second of two equal hours may be the one that is wanted.
    /// A
    /// time there that cannot be read is nobody's concern.
    private void goOn(CsvLine line) {
        Stream[] here = streams.get(key(line));
        if (here == null) {
            return;
        }
        try {
            times.read(line);
            for (Stream stream : here) {
                times.start(stream.start);
            }
        } catch (Unreadable notWanted) {
            return;
        }
    }

    private void read(CsvLine line, int value, Stream stream) {
        Condition when = whens.get(value);
        if (when != null && !when.holds(line)) {
            return;
        }
        try {
            boolean there = !missing.has(line, valuePlaces[value]);
            // The clock goes on even where the value is missing: the second of two equal hours may be the one without.
            Instant start = times.start(stream.start);
            if (!there) {
                missingValues++;
                return;
            }
            results.read(line, value);
            sink.value(new NewObservation(
                    stream.id,
                    start,
                    times.end(line, start, stream.end),
                    times.resultTime(line, stream.result),
                    results.number(),
                    results.json(),
                    results.details(
                            line,
                            value,
                            times.validStart(line, stream.validStart),
                            times.validEnd(line, stream.validEnd))));
        } catch (Unreadable unreadable) {
            sink.refused(refusal(line, unreadable));
        }
    }

    private Refusal refusal(CsvLine line, Unreadable unreadable) {
        int place = unreadable.place();
        return new Refusal(line.number, columns.names().get(place), line.field(place), unreadable.reason());
    }

    private void fitToHeader(CsvLine line) throws Refused {
        if (line.problem != null) {
            throw new Refused(new Refusal(line.number, "", line.excerpt, line.problem));
        }
        int expected = columns.names().size();
        while (line.count > expected && line.isEmpty(line.count - 1)) {
            line.count--;
        }
        if (line.count != expected) {
            String start = new String(
                    line.letters, line.from[0], Math.max(0, Math.min(200, line.to[line.count - 1] - line.from[0])));
            throw new Refused(new Refusal(line.number, "", start, Reason.of(Reason.Kind.FIELDS, line.count, expected)));
        }
        for (int field = 0; field < expected; field++) {
            line.trim(field);
        }
    }

    private Stream[] streams(CsvLine line) throws Refused {
        if (lastStreams != null && (keyPlace < 0 || isLastKey(line))) {
            return lastStreams;
        }
        String key = key(line);
        Stream[] here = streams.get(key);
        if (here == null) {
            here = open(point(line, key));
            streams.put(key, here);
        }
        lastKey = key;
        lastStreams = here;
        return here;
    }

    private String key(CsvLine line) {
        return keyPlace < 0 ? mapping.points().known().getFirst().key() : line.field(keyPlace);
    }

    private boolean isLastKey(CsvLine line) {
        int length = line.to[keyPlace] - line.from[keyPlace];
        if (length != lastKey.length()) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (line.letters[line.from[keyPlace] + at] != lastKey.charAt(at)) {
                return false;
            }
        }
        return true;
    }

    private Mapping.Point point(CsvLine line, String key) throws Refused {
        Mapping.Point point = known.get(key);
        if (point != null) {
            return point;
        }
        Mapping.Points points = mapping.points();
        Reason reason = null;
        if (key.isEmpty() || missing.has(line, keyPlace)) {
            reason = Reason.of(Reason.Kind.NO_POINT);
        } else if (!points.others()) {
            reason = Reason.of(Reason.Kind.UNKNOWN_POINT);
        } else if (key.length() > MAX_KEY) {
            reason = Reason.of(Reason.Kind.TOO_LONG, MAX_KEY);
        } else if (streams.size() >= MAX_POINTS) {
            reason = Reason.of(Reason.Kind.TOO_MANY_POINTS, MAX_POINTS);
        } else {
            reason = JsonText.refusalOfText(key);
        }
        if (reason != null) {
            throw new Refused(new Refusal(line.number, columns.names().get(keyPlace), key, reason));
        }
        return new Mapping.Point(
                null,
                key,
                points.name().replace("{key}", key),
                points.description().replace("{key}", key),
                null,
                Map.of());
    }

    private Stream[] open(Mapping.Point point) {
        long[] ids = targets.datastreams(point);
        Stream[] opened = new Stream[ids.length];
        for (int value = 0; value < ids.length; value++) {
            opened[value] = new Stream(ids[value]);
        }
        return opened;
    }
}
