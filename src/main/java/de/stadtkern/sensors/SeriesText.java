package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Slug;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a Datastream and its latest value are said in words.
final class SeriesText {

    private static final int DAYS = 7;
    /// Where too few values tell how often they come.
    private static final Duration CURRENT = Duration.ofDays(1);

    private SeriesText() {}

    static String address(MeasuringPoint.Series series) {
        return "/datastreams/" + Slug.of(series.datastreamId(), series.name());
    }

    static String address(MeasuringPoint point) {
        return "/sensors/" + Slug.of(point.thingId(), point.name());
    }

    static Chart.Kind kind(MeasuringPoint.Series series) {
        return series.aggregation() == Aggregation.SUM ? Chart.Kind.SUM : Chart.Kind.MEAN;
    }

    static boolean simulated(MeasuringPoint.Series series) {
        return Boolean.TRUE.equals(series.properties().get("simulated"));
    }

    /// A count of an hour is as old as the end of its hour; while the hour is running it is of now.
    static Instant moment(Wording wording, MeasuringPoint.Latest latest) {
        Instant end = latest.end();
        if (end == null || latest.start().isAfter(wording.now())) {
            return latest.start();
        }
        return end.isAfter(wording.now()) ? wording.now() : end;
    }

    /// Older than three of its usual intervals: the sensor has fallen silent.
    static boolean silent(Wording wording, MeasuringPoint.Latest latest, @Nullable Duration usual) {
        return silent(wording, moment(wording, latest), usual);
    }

    static boolean silent(Wording wording, Instant moment, @Nullable Duration usual) {
        Duration patience = usual == null ? CURRENT : usual.multipliedBy(3);
        return moment.plus(patience).isBefore(wording.now());
    }

    static String time(Wording wording, MeasuringPoint.Latest latest) {
        Instant end = latest.end();
        return end == null || end.equals(latest.start())
                ? wording.dateTime(latest.start())
                : wording.say(
                        "sensors.interval",
                        wording.date(wording.day(latest.start())),
                        wording.time(latest.start()),
                        wording.endTime(end));
    }

    /// Such as `in der letzten Stunde`; empty where the value is of a moment or of a time that is over for long.
    static String during(Wording wording, MeasuringPoint.Latest latest) {
        Instant end = latest.end();
        if (end == null || !end.isAfter(latest.start()) || end.isAfter(wording.now())) {
            return "";
        }
        long minutes = Duration.between(latest.start(), end).toMinutes();
        boolean justOver = Duration.between(end, wording.now()).compareTo(Duration.between(latest.start(), end)) <= 0;
        return minutes > 0 && minutes <= 24 * 60 && justOver
                ? minutes % 60 == 0
                        ? wording.say("sensors.during.hours", minutes / 60)
                        : wording.say("sensors.during.minutes", minutes)
                : "";
    }

    /// The last days up to today; for a series that ended before them, the last days it has.
    static Days lastDays(Wording wording, MeasuringPoint.@Nullable Latest latest) {
        LocalDate today = wording.day(wording.now());
        if (latest == null) {
            return Days.endingOn(today, DAYS);
        }
        LocalDate last = wording.day(latest.start());
        return Days.endingOn(last.isBefore(today.minusDays(DAYS - 1L)) ? last : today, DAYS);
    }

    static String property(Map<String, Object> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString();
    }
}
