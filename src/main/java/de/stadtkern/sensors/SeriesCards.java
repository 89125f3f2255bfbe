package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says in words and charts what Datastreams last reported. Never makes a value up: what is missing, old, simulated or
/// only assumed is called so.
@Component
public class SeriesCards {

    private final MeasuringPoints points;

    SeriesCards(MeasuringPoints points) {
        this.points = points;
    }

    /// A card for each, by Datastream id; asks the database as often for a hundred as for one.
    public Map<Long, SeriesCard> of(Wording wording, List<MeasuringPoint.Series> all) {
        Map<Long, MeasuringPoints.Window> windows = new HashMap<>();
        for (MeasuringPoint.Series series : all) {
            if (series.latest() != null) {
                Days days = SeriesText.lastDays(wording, series.latest());
                windows.put(
                        series.datastreamId(),
                        new MeasuringPoints.Window(days.from(wording.zone()), days.to(wording.zone())));
            }
        }
        Map<Long, List<Bucket>> hours = windows.isEmpty() ? Map.of() : points.hours(windows);
        Map<Long, Duration> usual = windows.isEmpty() ? Map.of() : points.usualIntervals(windows.keySet());
        Map<Long, SeriesCard> cards = new HashMap<>();
        for (MeasuringPoint.Series series : all) {
            long id = series.datastreamId();
            cards.put(id, card(wording, series, hours.getOrDefault(id, List.of()), usual.get(id)));
        }
        return cards;
    }

    /// @param since when its last value is from
    public record Silent(String point, String name, String address, Instant since) {}

    /// Datastreams that had values and have fallen silent, the last to do so first.
    public List<Silent> silent(Wording wording) {
        List<MeasuringPoint> all = points.list();
        Map<Long, Duration> usual = points.usualIntervals(all.stream()
                .flatMap(point -> point.series().stream())
                .map(MeasuringPoint.Series::datastreamId)
                .toList());
        List<Silent> silent = new ArrayList<>();
        for (MeasuringPoint point : all) {
            for (MeasuringPoint.Series series : point.series()) {
                MeasuringPoint.Latest latest = series.latest();
                if (latest != null && SeriesText.silent(wording, latest, usual.get(series.datastreamId()))) {
                    silent.add(new Silent(
                            point.name(),
                            series.name(),
                            SeriesText.address(series),
                            SeriesText.moment(wording, latest)));
                }
            }
        }
        silent.sort(Comparator.comparing(Silent::since).reversed());
        return silent;
    }

    /// The address of a Thing's page.
    public static String address(MeasuringPoint point) {
        return SeriesText.address(point);
    }

    /// The address of a Datastream's page.
    public static String address(MeasuringPoint.Series series) {
        return SeriesText.address(series);
    }

    /// How long ago that was, counted from the end of what was measured over a time.
    public static String age(Wording wording, MeasuringPoint.Latest latest) {
        return wording.age(SeriesText.moment(wording, latest));
    }

    public static Origin origin(MeasuringPoint point) {
        return Origin.of(point);
    }

    private static SeriesCard card(
            Wording wording, MeasuringPoint.Series series, List<Bucket> hours, @Nullable Duration usual) {
        MeasuringPoint.Latest latest = series.latest();
        Double number = latest == null ? null : latest.number();
        Days days = SeriesText.lastDays(wording, latest);
        return new SeriesCard(
                series.name(),
                SeriesText.address(series),
                number == null ? "" : wording.number(number),
                series.unit(),
                latest == null ? "" : SeriesText.during(wording, latest),
                latest == null ? "" : wording.age(SeriesText.moment(wording, latest)),
                latest == null ? "" : SeriesText.time(wording, latest),
                latest != null && SeriesText.silent(wording, latest, usual),
                latest == null
                        ? wording.say("sensors.no-value")
                        : number == null ? wording.say("sensors.no-number") : "",
                SeriesText.simulated(series),
                series.aggregation() == null,
                title(wording, days),
                hours.isEmpty() ? null : chart(wording, series, days, hours),
                Table.files(
                        wording,
                        kind -> "/datastreams/%d/values.%s%s"
                                .formatted(
                                        series.datastreamId(),
                                        kind.ending(),
                                        Question.query(days, Step.HOUR.key(), List.of()))));
    }

    private static String title(Wording wording, Days days) {
        return days.last().equals(wording.day(wording.now()))
                ? wording.say("sensors.days.now", days.count())
                : wording.say("sensors.days.then", days.count());
    }

    private static Chart chart(Wording wording, MeasuringPoint.Series series, Days days, List<Bucket> hours) {
        return Chart.of(wording, days, Step.HOUR, List.of(line(series, hours)));
    }

    static Chart.Line line(MeasuringPoint.Series series, List<Bucket> buckets) {
        Aggregation aggregation = series.aggregation() == Aggregation.SUM ? Aggregation.SUM : Aggregation.MEAN;
        return new Chart.Line(
                series.name(),
                series.unit(),
                SeriesText.kind(series),
                buckets.stream()
                        .map(bucket -> new Chart.Value(bucket.start(), bucket.value(aggregation)))
                        .toList());
    }
}
