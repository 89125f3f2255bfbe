package de.stadtkern.demo;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.footfall.Counters;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Makes counters of what the demo town counts, as soon as it is there: the open counts of Zürich and Münster and the
/// simulated pilot points, each marked as what it is.
@Component
class DemoCounters implements TownJob {

    private final DemoWork work;
    private final MeasuringPoints points;
    private final Counters counters;

    DemoCounters(DemoWork work, MeasuringPoints points, Counters counters) {
        this.work = work;
        this.points = points;
        this.counters = counters;
    }

    @Override
    public String name() {
        return "demo-counters";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        work.in(
                CityContext.current(),
                () -> points.list()
                        .forEach(point -> origin(point)
                                .ifPresent(origin -> counters.ensure(
                                        point.thingId(), origin.technique(), origin.responsible(), origin.texts()))));
    }

    /// What is known of a counter of the demo, and no more.
    private record Origin(String technique, String responsible, Map<String, String> texts) {}

    private static Optional<Origin> origin(MeasuringPoint point) {
        String attribution = String.valueOf(point.properties().getOrDefault("attribution", ""));
        if (Boolean.TRUE.equals(point.properties().get("simulated"))) {
            return Optional.of(new Origin(
                    "Simulator",
                    "",
                    Map.of(
                            "sees.de",
                                    "Nichts: Hier steht kein Gerät. Die Zahlen erzeugt Stadtkern für die Vorführung.",
                            "sees.en", "Nothing: no device stands here. Stadtkern makes up the figures to be shown.",
                            "sees.easy", "Hier steht kein Gerät. Die Zahlen sind ausgedacht.")));
        }
        if (attribution.startsWith("Stadt Zürich")) {
            return Optional.of(example("Stadt Zürich", "in Zürich"));
        }
        if (attribution.startsWith("Stadt Münster")) {
            return Optional.of(example("Stadt Münster", "in Münster"));
        }
        return Optional.empty();
    }

    private static Origin example(String responsible, String where) {
        return new Origin(
                "Zählanlage der Quelle",
                responsible,
                Map.of(
                        "sees.de",
                                "Diese Zählanlage steht %s. Ihre offenen Daten sind hier als Beispiel zu sehen."
                                        .formatted(where),
                        "sees.en",
                                "This counter stands %s. Its open data are shown here as an example.".formatted(where),
                        "sees.easy", "Das Gerät steht %s. Die Zahlen sind hier nur ein Beispiel.".formatted(where)));
    }
}
