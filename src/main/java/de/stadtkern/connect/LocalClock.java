package de.stadtkern.connect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/// Which moment a local time of a file means, in the two nights of the clock change too.
///
/// In spring an hour is skipped: a value that claims to be from it is refused. In autumn an hour comes twice and the
/// file writes both alike: what comes first in the file is the first, and as soon as the clock of a Datastream does
/// not go on, the second has begun. A file that runs backwards in time is recognised by the line before.
final class LocalClock {

    /// What one Datastream's lines have shown so far.
    static final class Memory {
        private long previous = Long.MIN_VALUE;
        private long overlap = Long.MIN_VALUE;
        private boolean backwards;
        private boolean switched;
    }

    /// Said instead of a moment.
    static final long SKIPPED = Long.MIN_VALUE;

    static final long NO_ZONE = Long.MIN_VALUE + 1;

    private static final int DAY = 86_400;

    private final @Nullable ZoneRules rules;
    private long plainDay = Long.MIN_VALUE;
    private int plainOffset;

    LocalClock(@Nullable ZoneId zone) {
        this.rules = zone == null ? null : zone.getRules();
    }

    /// Seconds since 1970, or one of the two constants.
    long epochSecond(TimePattern.Written written, Memory memory) {
        long local = written.localSeconds;
        if (written.hasOffset) {
            return local - written.offsetSeconds;
        }
        if (rules == null) {
            return NO_ZONE;
        }
        long day = Math.floorDiv(local, (long) DAY);
        long moment = day == plainDay || isPlain(rules, day) ? local - plainOffset : onChangeDay(rules, local, memory);
        memory.previous = local;
        return moment;
    }

    /// Nearly every day has one offset from beginning to end; it is looked up once for all lines of that day.
    private boolean isPlain(ZoneRules rules, long day) {
        int offset = rules.getOffset(localTime(day * DAY)).getTotalSeconds();
        Instant begin = Instant.ofEpochSecond(day * DAY - offset - DAY);
        ZoneOffsetTransition next = rules.nextTransition(begin);
        if (next != null && next.toEpochSecond() <= day * DAY - offset + 2 * DAY) {
            return false;
        }
        plainDay = day;
        plainOffset = offset;
        return true;
    }

    private static long onChangeDay(ZoneRules rules, long local, Memory memory) {
        ZoneOffsetTransition change = rules.getTransition(localTime(local));
        if (change == null) {
            return local - rules.getOffset(localTime(local)).getTotalSeconds();
        }
        if (change.isGap()) {
            return SKIPPED;
        }
        if (memory.overlap != change.toEpochSecond()) {
            memory.overlap = change.toEpochSecond();
            memory.backwards = memory.previous != Long.MIN_VALUE && memory.previous > local;
            memory.switched = false;
        } else if (memory.backwards ? local >= memory.previous : local <= memory.previous) {
            memory.switched = true;
        }
        boolean second = memory.switched != memory.backwards;
        ZoneOffset offset = second ? change.getOffsetAfter() : change.getOffsetBefore();
        return local - offset.getTotalSeconds();
    }

    private static LocalDateTime localTime(long local) {
        return LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    }
}
