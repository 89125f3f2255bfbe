package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Step;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The values of a Datastream as finely as asked for.
@Component
class SeriesValues {

    /// More than so many cannot be told apart in a drawing; files hold them all.
    private static final int MOST_SINGLE_VALUES = 5_000;

    private static final int MANY_SINGLE_VALUES = 1_500;

    private final MeasuringPoints points;

    SeriesValues(MeasuringPoints points) {
        this.points = points;
    }

    /// Where nobody has chosen how finely, a day or two are shown in single values, if these come more often than
    /// every hour and are not too many. Where single values were chosen and are too many, hours are shown and
    /// the page says so.
    Question.Answer fitting(Question question, Question.Answer answer, List<MeasuringPoint.Series> all, ZoneId zone) {
        boolean free = question.by().isEmpty() || question.by().equals("auto");
        if (free && answer.days().count() <= 2) {
            Map<Long, Duration> usual = points.usualIntervals(
                    all.stream().map(MeasuringPoint.Series::datastreamId).toList());
            Duration time =
                    Duration.between(answer.days().from(zone), answer.days().to(zone));
            boolean fine = usual.size() == all.size()
                    && usual.values().stream()
                            .allMatch(interval -> interval.compareTo(Duration.ofHours(1)) < 0
                                    && time.dividedBy(interval) <= MANY_SINGLE_VALUES);
            return fine ? new Question.Answer(answer.days(), Step.RAW, answer.problem(), answer.field()) : answer;
        }
        if (answer.step() == Step.RAW && all.stream().anyMatch(series -> tooMany(series, answer.days(), zone))) {
            return answer.instead(Step.HOUR, "sensors.period.too-many");
        }
        return answer;
    }

    private boolean tooMany(MeasuringPoint.Series series, Days days, ZoneId zone) {
        return points.values(series.datastreamId(), days.from(zone), days.to(zone), MOST_SINGLE_VALUES + 1)
                        .size()
                > MOST_SINGLE_VALUES;
    }

    Chart.Line line(String name, MeasuringPoint.Series series, Days days, Step step, ZoneId zone) {
        Chart.Line line = step == Step.RAW
                ? new Chart.Line(
                        name,
                        series.unit(),
                        SeriesText.kind(series),
                        points
                                .values(series.datastreamId(), days.from(zone), days.to(zone), MOST_SINGLE_VALUES)
                                .stream()
                                .map(value -> new Chart.Value(value.start(), value.number()))
                                .toList())
                : SeriesCards.line(series, buckets(series.datastreamId(), days, step, zone));
        return new Chart.Line(name, line.unit(), line.kind(), line.values());
    }

    /// Not for single values, which are no buckets.
    List<Bucket> buckets(long datastreamId, Days days, Step step, ZoneId zone) {
        Days whole = step.whole(days);
        return switch (step) {
            case RAW -> throw new IllegalArgumentException("Single values are no buckets");
            case HOUR -> points.hours(datastreamId, whole.from(zone), whole.to(zone));
            case DAY -> points.days(datastreamId, whole.first(), whole.last().plusDays(1));
            case WEEK -> points.weeks(datastreamId, whole.first(), whole.last().plusDays(1));
            case MONTH ->
                points.months(datastreamId, whole.first(), whole.last().plusDays(1));
        };
    }
}
