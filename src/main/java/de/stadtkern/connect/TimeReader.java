package de.stadtkern.connect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The times of a line. [#read] reads the letters of the phenomenonTime once for all values of the line; which moment
/// they mean is asked for each Datastream, because in the autumn night it depends on the lines before.
final class TimeReader {

    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final Mapping.Time time;
    private final LocalClock clock;
    private final Texts missing;
    private final int[] places;
    private final TimePattern[] patterns;
    private final int endPlace;
    private final int resultPlace;
    private final int validStartPlace;
    private final int validEndPlace;
    private final char[] joined = new char[300];
    private final TimePattern.Written written = new TimePattern.Written();
    private final TimePattern.Written other = new TimePattern.Written();

    TimeReader(Mapping.Time time, Columns columns, Texts missing) {
        this.time = time;
        this.clock = new LocalClock(time.zone());
        this.missing = missing;
        this.places = time.columns().stream().mapToInt(columns::place).toArray();
        this.patterns = time.patterns().toArray(TimePattern[]::new);
        this.endPlace = columns.placeOrNone(time.end());
        this.resultPlace = columns.placeOrNone(time.result());
        this.validStartPlace = columns.placeOrNone(time.validStart());
        this.validEndPlace = columns.placeOrNone(time.validEnd());
    }

    void read(CsvLine line) throws Unreadable {
        if (places.length == 1) {
            read(line.letters, line.from[places[0]], line.to[places[0]], places[0], written);
            return;
        }
        int length = 0;
        for (int place : places) {
            int letters = line.to[place] - line.from[place];
            if (length + letters + 1 > joined.length) {
                throw unreadable(place);
            }
            if (length > 0) {
                joined[length++] = ' ';
            }
            System.arraycopy(line.letters, line.from[place], joined, length, letters);
            length += letters;
        }
        read(joined, 0, length, places[0], written);
    }

    private void read(char[] letters, int from, int to, int place, TimePattern.Written into) throws Unreadable {
        for (TimePattern pattern : patterns) {
            if (pattern.read(letters, from, to, into)) {
                return;
            }
        }
        throw unreadable(place);
    }

    private Unreadable unreadable(int place) {
        return new Unreadable(
                place,
                Reason.of(
                        Reason.Kind.NO_TIME,
                        time.patterns().stream().map(TimePattern::toString).collect(Collectors.joining(" or "))));
    }

    Instant start(LocalClock.Memory memory) throws Unreadable {
        return moment(written, memory, places[0]);
    }

    private Instant moment(TimePattern.Written read, LocalClock.Memory memory, int place) throws Unreadable {
        long second = clock.epochSecond(read, memory);
        if (second == LocalClock.SKIPPED) {
            throw new Unreadable(place, Reason.of(Reason.Kind.SKIPPED_HOUR, String.valueOf(time.zone())));
        }
        if (second == LocalClock.NO_ZONE) {
            throw new Unreadable(place, Reason.of(Reason.Kind.NO_OFFSET));
        }
        // The database keeps microseconds.
        return Instant.ofEpochSecond(second, read.nanos / 1_000 * 1_000L);
    }

    /// End of the phenomenonTime; null if it is a moment.
    @Nullable
    Instant end(CsvLine line, Instant start, LocalClock.Memory memory) throws Unreadable {
        Instant end = endPlace >= 0 ? optional(line, endPlace, memory) : endByDuration(start, memory);
        if (end != null && end.isBefore(start)) {
            throw new Unreadable(endPlace, Reason.of(Reason.Kind.REVERSED));
        }
        return end;
    }

    /// Whole days are days of the calendar: the day of a clock change has 23 or 25 hours.
    private @Nullable Instant endByDuration(Instant start, LocalClock.Memory memory) {
        if (time.duration() == null) {
            return null;
        }
        long seconds = time.duration().toSeconds();
        if (seconds == 0 || seconds % DAY != 0 || written.hasOffset) {
            return start.plus(time.duration());
        }
        other.localSeconds = written.localSeconds + seconds;
        other.hasOffset = false;
        long end = clock.epochSecond(other, memory);
        return end == LocalClock.SKIPPED
                ? start.plus(time.duration())
                : Instant.ofEpochSecond(end, start.get(ChronoField.NANO_OF_SECOND));
    }

    @Nullable
    Instant resultTime(CsvLine line, LocalClock.Memory memory) throws Unreadable {
        return optional(line, resultPlace, memory);
    }

    @Nullable
    Instant validStart(CsvLine line, LocalClock.Memory memory) throws Unreadable {
        return optional(line, validStartPlace, memory);
    }

    @Nullable
    Instant validEnd(CsvLine line, LocalClock.Memory memory) throws Unreadable {
        return optional(line, validEndPlace, memory);
    }

    private @Nullable Instant optional(CsvLine line, int place, LocalClock.Memory memory) throws Unreadable {
        if (place < 0 || missing.has(line, place)) {
            return null;
        }
        read(line.letters, line.from[place], line.to[place], place, other);
        return moment(other, memory, place);
    }
}
