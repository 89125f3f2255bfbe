package de.stadtkern.site;

import de.stadtkern.page.HourChart;
import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says in words and charts what the measuring points last reported. Never makes a value up: what is missing, old,
/// simulated or only assumed is called so.
@Component
class StartPage {

    static final int POINTS_PER_PAGE = 20;
    private static final int DAYS = 7;
    private static final Duration CURRENT = Duration.ofDays(1);

    private final MeasuringPoints points;

    StartPage(MeasuringPoints points) {
        this.points = points;
    }

    StartView view(Wording wording, int page) {
        List<MeasuringPoint> all = points.list();
        int pages = Math.max(1, Math.ceilDiv(all.size(), POINTS_PER_PAGE));
        if (page < 1 || page > pages) {
            throw new Problem(
                    Problem.Kind.MISSING, "page-unknown", "There is no page %d, only 1 to %d.".formatted(page, pages));
        }
        return new StartView(
                all.stream()
                        .skip((page - 1L) * POINTS_PER_PAGE)
                        .limit(POINTS_PER_PAGE)
                        .map(point -> point(wording, point))
                        .toList(),
                all.size(),
                page,
                pages,
                page - 1,
                page < pages ? page + 1 : 0);
    }

    private StartView.Point point(Wording wording, MeasuringPoint point) {
        return new StartView.Point(
                point.thingId(),
                point.name(),
                point.description(),
                point.series().stream().map(series -> series(wording, series)).toList(),
                text(point.properties(), "attribution"),
                text(point.properties(), "licence"),
                text(point.properties(), "source"),
                "/sta/v1.1/Things(%d)".formatted(point.thingId()));
    }

    private StartView.Series series(Wording wording, MeasuringPoint.Series series) {
        MeasuringPoint.Latest latest = series.latest();
        Double number = latest == null ? null : latest.number();
        HourChart.Days days = latest == null ? null : days(wording, latest);
        return new StartView.Series(
                series.name(),
                number == null ? "" : wording.number(number),
                unit(series),
                latest == null ? "" : wording.age(moment(wording, latest)),
                latest == null ? "" : time(wording, latest),
                latest != null && moment(wording, latest).plus(CURRENT).isBefore(wording.now()),
                latest == null ? wording.say("site.no-value") : number == null ? wording.say("site.no-number") : "",
                Boolean.TRUE.equals(series.properties().get("simulated")),
                series.aggregation() == null,
                days == null ? "" : title(wording, days),
                days == null ? null : chart(wording, series, days),
                "/sta/v1.1/Datastreams(%d)".formatted(series.datastreamId()));
    }

    /// The last days up to today; for a series that ended before them, the last days it has.
    private static HourChart.Days days(Wording wording, MeasuringPoint.Latest latest) {
        LocalDate today = wording.day(wording.now());
        LocalDate last = wording.day(latest.start());
        boolean ended = last.isBefore(today.minusDays(DAYS - 1L));
        return HourChart.Days.endingOn(ended ? last : today, DAYS);
    }

    private static String title(Wording wording, HourChart.Days days) {
        return days.last().equals(wording.day(wording.now()))
                ? wording.say("site.days.now", DAYS)
                : wording.say("site.days.then", DAYS);
    }

    private @Nullable HourChart chart(Wording wording, MeasuringPoint.Series series, HourChart.Days days) {
        boolean sum = series.aggregation() == Aggregation.SUM;
        List<HourChart.Hour> hours = points.hours(series.datastreamId(), days.from(wording), days.to(wording)).stream()
                .map(bucket -> new HourChart.Hour(bucket.start(), value(bucket, sum)))
                .toList();
        if (hours.isEmpty()) {
            return null;
        }
        return HourChart.of(wording, days, hours, sum ? HourChart.Kind.SUM : HourChart.Kind.MEAN, unit(series));
    }

    private static double value(Bucket bucket, boolean sum) {
        return bucket.value(sum ? Aggregation.SUM : Aggregation.MEAN);
    }

    /// A count of an hour is as old as the end of its hour; while the hour is running it is of now.
    private static Instant moment(Wording wording, MeasuringPoint.Latest latest) {
        Instant end = latest.end();
        if (end == null || latest.start().isAfter(wording.now())) {
            return latest.start();
        }
        return end.isAfter(wording.now()) ? wording.now() : end;
    }

    private static String time(Wording wording, MeasuringPoint.Latest latest) {
        Instant end = latest.end();
        return end == null || end.equals(latest.start())
                ? wording.dateTime(latest.start())
                : wording.say(
                        "site.interval",
                        wording.date(wording.day(latest.start())),
                        wording.time(latest.start()),
                        wording.endTime(end));
    }

    private static String unit(MeasuringPoint.Series series) {
        return series.unitSymbol().isEmpty() || series.aggregation() == Aggregation.SUM
                ? series.unitName()
                : series.unitSymbol();
    }

    private static String text(Map<String, Object> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString();
    }
}
