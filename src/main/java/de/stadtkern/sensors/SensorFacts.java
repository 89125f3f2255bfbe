package de.stadtkern.sensors;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.Texts;
import de.stadtkern.page.Wording;
import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What sensors say at this moment and what is usual at this hour, for questions that ask for nothing but that: "Wie
/// warm ist es gerade am Holzmarkt?". What else a word of a question may mean is for others to answer.
@Component
class SensorFacts implements Facts {

    private static final int MOST = 3;
    private static final int MOST_WORDS = 4;
    private static final int DAYS_BEFORE = 28;
    private static final int FEWEST_HOURS = 7;
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    private final MeasuringPoints points;
    private final Texts texts;

    SensorFacts(MeasuringPoints points, Texts texts) {
        this.points = points;
        this.texts = texts;
    }

    private record Found(MeasuringPoint point, MeasuringPoint.Series series, MeasuringPoint.Latest latest) {}

    @Override
    public List<Fact> facts(String question, Locale language) {
        City city = CityContext.current();
        Measured asked = Measured.of(question, city.name());
        // Who says so much else asks for something else; nobody's names need be read for that.
        if (asked.words().isEmpty()
                || asked.quantities().isEmpty() && asked.words().size() > MOST_WORDS) {
            return List.of();
        }
        List<Found> found = find(asked);
        if (found.isEmpty()) {
            return List.of();
        }
        Wording wording = new Wording(texts, language, city.zone(), Instant.now());
        Map<Long, Duration> usual = points.usualIntervals(
                found.stream().map(one -> one.series().datastreamId()).toList());
        return found.stream()
                .map(one -> fact(one, usual.get(one.series().datastreamId()), wording))
                .toList();
    }

    /// Those that what is asked for is the name of, at the places that are named; the newest values first.
    private List<Found> find(Measured asked) {
        List<Found> found = new ArrayList<>();
        for (MeasuringPoint point : points.list()) {
            for (MeasuringPoint.Series series : point.series()) {
                Set<String> what = Measured.words(series.name() + " " + series.property());
                Set<String> all = new HashSet<>(what);
                all.addAll(Measured.words(point.name() + " " + point.description()));
                MeasuringPoint.Latest latest = series.latest();
                boolean isMeant = asked.isAskedFor(what) && asked.besides(all).isEmpty();
                if (isMeant && latest != null && latest.number() != null) {
                    found.add(new Found(point, series, latest));
                }
            }
        }
        found.sort(Comparator.comparing((Found one) -> one.latest().start()).reversed());
        return found.stream().limit(MOST).toList();
    }

    private Fact fact(Found one, @Nullable Duration usual, Wording wording) {
        MeasuringPoint.Series series = one.series();
        String value = wording.number(Objects.requireNonNull(one.latest().number())) + "\u00a0" + series.unit();
        Instant moment = SeriesText.moment(wording, one.latest());
        String key = SeriesText.silent(wording, one.latest(), usual) ? "sensors.fact.silent" : "sensors.fact";
        List<String> sentences = new ArrayList<>();
        sentences.add(wording.say(
                key, one.point().name(), series.name(), value.strip(), SeriesText.time(wording, one.latest())));
        if (key.equals("sensors.fact")) {
            usually(series, one.latest(), wording).ifPresent(sentences::add);
        }
        if (SeriesText.simulated(series)) {
            sentences.add(wording.say("sensors.fact.simulated"));
        }
        return new Fact(
                one.point().name() + ": " + series.name(),
                String.join(" ", sentences),
                wording.say("sensors.fact.source"),
                moment,
                SeriesText.address(series),
                "/embed/datastreams/" + series.datastreamId());
    }

    /// Between which values eight of ten of the last weeks' same hours were; of sums only where the value is one of an
    /// hour too.
    private Optional<String> usually(MeasuringPoint.Series series, MeasuringPoint.Latest latest, Wording wording) {
        boolean isSum = series.aggregation() == Aggregation.SUM;
        Instant end = latest.end();
        boolean isOfAnHour =
                end != null && Duration.between(latest.start(), end).equals(Duration.ofHours(1));
        if (isSum && !isOfAnHour) {
            return Optional.empty();
        }
        ZonedDateTime from = latest.start().atZone(wording.zone()).truncatedTo(ChronoUnit.HOURS);
        Aggregation aggregation = isSum ? Aggregation.SUM : Aggregation.MEAN;
        List<Double> same =
                points.hours(series.datastreamId(), from.minusDays(DAYS_BEFORE).toInstant(), from.toInstant()).stream()
                        .filter(bucket -> bucket.start().atZone(wording.zone()).getHour() == from.getHour())
                        .map(bucket -> bucket.value(aggregation))
                        .sorted()
                        .toList();
        if (same.size() < FEWEST_HOURS) {
            return Optional.empty();
        }
        return Optional.of(wording.say(
                "sensors.fact.usual",
                wording.number(same.get((int) (LOW * (same.size() - 1)))),
                wording.number(same.get((int) Math.ceil(HIGH * (same.size() - 1)))) + "\u00a0" + series.unit()));
    }
}
