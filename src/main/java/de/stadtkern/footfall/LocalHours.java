package de.stadtkern.footfall;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/// The hours of a stretch of time as the clock on the wall shows them: which local day and hour each one is.
///
/// A day has 23, 24 or 25 of them. In spring the hour from 2 o'clock is not there; in autumn it comes twice, and both
/// stay, because the hour did happen twice.
final class LocalHours {

    private static final long SECONDS = 3_600;
    private static final int HOURS_A_DAY = 24;

    private final ZoneId zone;
    private final long first;
    private final byte[] hour;
    private final int[] day;
    private final int[] dayStarts;
    private final long firstDay;

    private LocalHours(ZoneId zone, long first, int size) {
        this.zone = zone;
        this.first = first;
        this.hour = new byte[size];
        this.day = new int[size];
        fill(zone.getRules());
        this.firstDay = size == 0 ? 0 : Math.floorDiv(localSecond(zone.getRules(), 0), HOURS_A_DAY * SECONDS);
        int days = size == 0 ? 0 : day[size - 1] + 1;
        this.dayStarts = new int[days + 1];
        Arrays.fill(dayStarts, size);
        for (int at = size - 1; at >= 0; at--) {
            dayStarts[day[at]] = at;
        }
        for (int each = days - 1; each >= 0; each--) {
            dayStarts[each] = Math.min(dayStarts[each], dayStarts[each + 1]);
        }
    }

    /// All hours of the local days from `from` to `to`, the last one included.
    static LocalHours ofDays(ZoneId zone, LocalDate from, LocalDate to) {
        long start = epochHour(from.atStartOfDay(zone).toInstant());
        long end = epochHour(to.plusDays(1).atStartOfDay(zone).toInstant());
        return new LocalHours(zone, start, Math.toIntExact(end - start));
    }

    static long epochHour(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), SECONDS);
    }

    private void fill(ZoneRules rules) {
        long begin = -1;
        int at = 0;
        while (at < hour.length) {
            Instant now = start(at);
            int offset = rules.getOffset(now).getTotalSeconds();
            ZoneOffsetTransition change = rules.nextTransition(now);
            int until = change == null
                    ? hour.length
                    : (int) Math.min(hour.length, Math.ceilDiv(change.toEpochSecond(), SECONDS) - first);
            for (; at < until; at++) {
                long local = (first + at) * SECONDS + offset;
                long localDay = Math.floorDiv(local, HOURS_A_DAY * SECONDS);
                begin = begin < 0 ? localDay : begin;
                day[at] = (int) (localDay - begin);
                hour[at] = (byte) (Math.floorMod(local, HOURS_A_DAY * SECONDS) / SECONDS);
            }
        }
    }

    private long localSecond(ZoneRules rules, int at) {
        Instant moment = start(at);
        ZoneOffset offset = rules.getOffset(moment);
        return moment.getEpochSecond() + offset.getTotalSeconds();
    }

    ZoneId zone() {
        return zone;
    }

    int size() {
        return hour.length;
    }

    int days() {
        return dayStarts.length - 1;
    }

    Instant start(int at) {
        return Instant.ofEpochSecond((first + at) * SECONDS);
    }

    /// Where the hour is that holds this moment; outside of the stretch it is below 0 or not below [#size].
    int at(Instant moment) {
        long at = epochHour(moment) - first;
        return (int) Math.clamp(at, -1, size());
    }

    /// 0 to 23.
    int hour(int at) {
        return hour[at];
    }

    /// Counted from the first day of the stretch.
    int day(int at) {
        return day[at];
    }

    LocalDate date(int day) {
        return LocalDate.ofEpochDay(firstDay + day);
    }

    int dayOf(LocalDate date) {
        return Math.toIntExact(date.toEpochDay() - firstDay);
    }

    /// 0 is Monday.
    int weekday(int day) {
        return (int) Math.floorMod(firstDay + day + 3, 7L);
    }

    /// Where a day begins; the day behind the last one begins behind the last hour.
    int dayStart(int day) {
        return dayStarts[Math.clamp(day, 0, days())];
    }

    /// Where the clock shows this hour of this day, the first time if it comes twice; -1 where it never does.
    int at(int day, int wanted) {
        if (day < 0 || day >= days()) {
            return -1;
        }
        int end = dayStarts[day + 1];
        for (int at = Math.min(dayStarts[day] + wanted + 2, end - 1);
                at >= Math.max(dayStarts[day], dayStarts[day] + wanted - 2);
                at--) {
            if (hour[at] == wanted && (at == dayStarts[day] || hour[at - 1] != wanted)) {
                return at;
            }
        }
        return -1;
    }
}
