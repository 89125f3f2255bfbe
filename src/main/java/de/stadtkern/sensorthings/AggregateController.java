package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the standard has no word for and every client asks for: the latest values of all Datastreams in one answer,
/// and a Datastream by hour or day. Times in UTC; days are those of the town's time zone.
@RestController
@RequestMapping("/api/v1")
class AggregateController {

    private static final Duration MOST_HOURS = Duration.ofDays(3 * 366);
    private static final long MOST_DAYS = 200 * 366;

    private final MeasuringPoints points;

    AggregateController(MeasuringPoints points) {
        this.points = points;
    }

    /// @param result null while there is none, or if it is no number
    record LatestValue(
            long datastream,
            String name,
            @Nullable Instant phenomenonTime,
            @Nullable Double result,
            String unit,
            long count) {}

    /// @param value the bucket's one value: sum or mean, as the ObservedProperty says
    record Value(
            Instant start,
            long count,
            double value,
            double sum,
            double mean,
            double min,
            double max,
            double first,
            double last) {}

    @GetMapping("/latest")
    List<LatestValue> latest() {
        return points.list().stream()
                .flatMap(point -> point.series().stream())
                .map(series -> new LatestValue(
                        series.datastreamId(),
                        series.name(),
                        series.latest() == null ? null : series.latest().start(),
                        series.latest() == null ? null : series.latest().number(),
                        series.unitSymbol(),
                        series.count()))
                .toList();
    }

    @GetMapping("/datastreams/{id}/hours")
    List<Value> hours(@PathVariable long id, @RequestParam String from, @RequestParam String to) {
        Instant start = moment("from", from).truncatedTo(ChronoUnit.HOURS);
        Instant end = moment("to", to);
        if (!start.isBefore(end) || Duration.between(start, end).compareTo(MOST_HOURS) > 0) {
            throw Problem.field("to", "period-invalid", "'to' lies after 'from' and at most three years later.");
        }
        Aggregation aggregation = points.aggregation(id);
        return points.hours(id, start, end).stream()
                .map(bucket -> value(bucket, aggregation))
                .toList();
    }

    @GetMapping("/datastreams/{id}/days")
    List<Value> days(@PathVariable long id, @RequestParam String from, @RequestParam String to) {
        LocalDate start = date("from", from);
        LocalDate end = date("to", to);
        if (!start.isBefore(end) || ChronoUnit.DAYS.between(start, end) > MOST_DAYS) {
            throw Problem.field("to", "period-invalid", "'to' lies after 'from' and at most 200 years later.");
        }
        Aggregation aggregation = points.aggregation(id);
        return points.days(id, start, end).stream()
                .map(bucket -> value(bucket, aggregation))
                .toList();
    }

    private static Value value(Bucket bucket, Aggregation aggregation) {
        return new Value(
                bucket.start(),
                bucket.n(),
                bucket.value(aggregation),
                bucket.sum(),
                bucket.mean(),
                bucket.min(),
                bucket.max(),
                bucket.first(),
                bucket.last());
    }

    private static Instant moment(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException wrong) {
            throw Problem.field(
                    field, "time-invalid", "'%s' is no moment; write it like 2026-03-01T00:00:00Z.".formatted(text));
        }
    }

    private static LocalDate date(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw Problem.field(field, "date-invalid", "'%s' is no day; write it like 2026-03-01.".formatted(text));
        }
    }
}
