package de.stadtkern.connect;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// When the records of one message were, also in the two nights of the clock change.
///
/// The hour that comes twice in autumn is told apart, in a message with many records, by their order, as in a file
/// ([LocalClock]); in a message about one moment by when it came in: it is the later of the two if that was not still
/// to come.
final class MessageTime {

    /// So far a device's clock may be ahead of ours.
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);

    private final SourceMapping.Time time;
    private final Instant received;
    private final boolean single;
    private final LocalClock clock;
    private final Map<String, LocalClock.Memory> memories = new HashMap<>();
    private final TimePattern.Written written = new TimePattern.Written();

    /// @param single whether the message holds one record only
    MessageTime(SourceMapping.Time time, Instant received, boolean single) {
        this.time = time;
        this.received = received;
        this.single = single;
        this.clock = new LocalClock(time.zone());
    }

    /// A moment, or why there is none; one of the two is null.
    record Read(@Nullable Instant moment, @Nullable MessageRefusal refusal) {}

    Read read(JsonPath.Record record, String device) {
        JsonPath path = time.path();
        if (path == null) {
            return new Read(received, null);
        }
        var node = path.find(record);
        char[] letters = node == null || node.isContainer()
                ? new char[0]
                : node.asString().toCharArray();
        boolean understood = false;
        for (TimePattern pattern : time.patterns()) {
            understood = understood || pattern.read(letters, 0, letters.length, written);
        }
        if (!understood) {
            String patterns =
                    time.patterns().stream().map(TimePattern::toString).collect(Collectors.joining(" or "));
            return refused(path, MessageRefusal.Kind.NO_TIME, patterns);
        }
        long second = single && isTwice()
                ? laterThatHasCome()
                : clock.epochSecond(written, memories.computeIfAbsent(device, _ -> new LocalClock.Memory()));
        if (second == LocalClock.SKIPPED) {
            return refused(path, MessageRefusal.Kind.SKIPPED_HOUR, String.valueOf(time.zone()));
        }
        if (second == LocalClock.NO_ZONE) {
            return refused(path, MessageRefusal.Kind.NO_OFFSET);
        }
        Instant moment = Instant.ofEpochSecond(second, written.nanos / 1_000 * 1_000L);
        return moment.isAfter(received.plus(time.ahead()))
                ? refused(path, MessageRefusal.Kind.FUTURE)
                : new Read(moment, null);
    }

    private static Read refused(JsonPath path, MessageRefusal.Kind kind, Object... arguments) {
        return new Read(null, MessageRefusal.of(path.text(), kind, arguments));
    }

    private boolean isTwice() {
        return change() != null;
    }

    private @Nullable ZoneOffsetTransition change() {
        ZoneId zone = time.zone();
        if (zone == null || written.hasOffset) {
            return null;
        }
        ZoneOffsetTransition change =
                zone.getRules().getTransition(LocalDateTime.ofEpochSecond(written.localSeconds, 0, ZoneOffset.UTC));
        return change == null || change.isGap() ? null : change;
    }

    private long laterThatHasCome() {
        ZoneOffsetTransition change = java.util.Objects.requireNonNull(change());
        long later = written.localSeconds - change.getOffsetAfter().getTotalSeconds();
        return Instant.ofEpochSecond(later).isAfter(received.plus(AHEAD))
                ? written.localSeconds - change.getOffsetBefore().getTotalSeconds()
                : later;
    }

    /// The other end of a count's interval. Whole days are days of the calendar.
    Instant other(Instant moment, Duration interval) {
        Duration away = time.end() ? interval.negated() : interval;
        ZoneId zone = time.zone();
        if (zone != null && interval.toMillis() % DAY.toMillis() == 0) {
            return moment.atZone(zone).plusDays(away.toDays()).toInstant();
        }
        return moment.plus(away);
    }
}
