package de.stadtkern.demo;

import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The test areas of Jena's pilot for pedestrian counting. The places are real, the values are made up here and say
/// so wherever they appear.
///
/// @param busiest how many people in the busiest quarter of an hour of a working day, before chance
record PilotPoint(String key, String name, int busiest) {

    static final List<PilotPoint> ALL = List.of(
            new PilotPoint("demo-marktplatz", "Marktplatz", 210),
            new PilotPoint("demo-johannisstrasse", "Johannisstraße", 280),
            new PilotPoint("demo-kirchplatz", "Kirchplatz", 120));

    static final String SERIES = "fussgaenger";
    private static final String SIMULATED = " (simuliert)";
    private static final String SOURCE = "https://smartcity.jena.de/index.php/smart-city-projekt/"
            + "kick-zur-pilotphase-passantenfrequenzmessung-der-jenaer-innenstadt";

    NewMeasuringPoint description() {
        return new NewMeasuringPoint(
                key,
                name + SIMULATED,
                "Testbereich des Jenaer Pilots zur Passantenfrequenzmessung. Die Werte sind simuliert: Stadtkern"
                        + " erzeugt sie für die Vorführung, gezählt wird hier nicht.",
                null,
                Map.of("simulated", true, "source", SOURCE),
                List.of(new NewMeasuringPoint.Series(
                        SERIES,
                        "Fußgängerinnen und Fußgänger je Viertelstunde" + SIMULATED,
                        "Simulierte Werte mit einem üblichen Tagesgang, keine Messung.",
                        false,
                        List.of(new NewMeasuringPoint.Observed(
                                "Personen",
                                "{Personen}",
                                "",
                                NewMeasuringPoint.Observed.NUMBER,
                                "Fußgängerinnen und Fußgänger",
                                "",
                                Aggregation.SUM)),
                        "Simulator",
                        "In Stadtkern eingebaut; steht für ein Zählgerät, das es nicht gibt.",
                        Map.of("simulated", true))));
    }

    /// The made-up count of the quarter of an hour that begins then: the same each time it is asked for.
    long count(ZonedDateTime quarter) {
        double day = switch (quarter.getDayOfWeek()) {
            case SUNDAY -> 0.35;
            case SATURDAY -> 1.15;
            case FRIDAY -> 1.05;
            default -> 0.9;
        };
        double hour = quarter.getHour() + quarter.getMinute() / 60.0;
        double curve = 0.02 + 0.75 * bell(hour, 12.5, 2.2) + 0.8 * bell(hour, 16.5, 2.4) + 0.15 * bell(hour, 20.5, 1.6);
        var chance = new SplittableRandom(31L * key.hashCode() + quarter.toEpochSecond());
        return Math.round(busiest * day * curve * (0.8 + 0.4 * chance.nextDouble()));
    }

    private static double bell(double hour, double middle, double width) {
        double distance = (hour - middle) / width;
        return Math.exp(-distance * distance / 2);
    }
}
