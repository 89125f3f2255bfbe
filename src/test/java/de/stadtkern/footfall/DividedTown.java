package de.stadtkern.footfall;

import de.stadtkern.TestTown;
import de.stadtkern.identity.Rights;
import de.stadtkern.sensors.MeasuredTown;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContext;

/// A town whose counter counts both directions apart, and everybody too where somebody wants that.
final class DividedTown {

    static final long IN = 2;
    static final long OUT = 3;
    static final long TOTAL = 4;

    private static final Duration HOUR = Duration.ofHours(1);

    final CountingTown street;
    private final List<NewObservation> rows = new ArrayList<>();

    DividedTown(ApplicationContext context, TestTown town) {
        street = new CountingTown(context, town);
        new MeasuredTown(context, town)
                .point("Kirchplatz")
                .counts("hinein", "Personen")
                .counts("hinaus", "Personen")
                .counts("alle", "Personen");
    }

    /// So many went in and so many out in the hour that begins then.
    DividedTown hour(String start, double in, double out) {
        return hour(Instant.parse(start), in, out);
    }

    DividedTown hour(Instant start, double in, double out) {
        count(IN, start, in);
        return count(OUT, start, out);
    }

    DividedTown all(String start, double total) {
        return count(TOTAL, Instant.parse(start), total);
    }

    private DividedTown count(long datastream, Instant start, double count) {
        rows.add(NewObservation.of(datastream, start, start.plus(HOUR), count));
        return this;
    }

    /// Makes it a counter that everybody sees.
    DividedTown register(String... namesAndValues) {
        send();
        List<String> values = new ArrayList<>(List.of(
                "name",
                "Kirchplatz",
                "slug",
                "kirchplatz",
                "role-2",
                "in",
                "role-3",
                "out",
                "role-4",
                "",
                "name-2",
                "zum Markt",
                "name-3",
                "zum Bahnhof",
                "shown",
                "on"));
        values.addAll(List.of(namesAndValues));
        String page = "/counters/new?thing=2";
        street.editor.fill(page, page, values.toArray(String[]::new));
        street.counter = 1;
        return this;
    }

    DividedTown keep() {
        send();
        street.keep();
        return this;
    }

    private void send() {
        street.store.writeAll(Duplicates.REPLACE, List.copyOf(rows));
        rows.clear();
    }

    /// Only people of the town read the Datastreams of the directions from now on.
    DividedTown closeDirections() {
        street.town.in(() -> street.context
                .getBean(Rights.class)
                .asOperator(() -> street.context
                        .getBean(DataSets.class)
                        .create(new DataSet.Wish(
                                "Richtungen",
                                "",
                                DataSet.Openness.PROTECTED,
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(IN, OUT)))));
        return this;
    }

    /// Factors that differ by direction.
    DividedTown calibrate(String in, String out, String from) {
        for (List<String> one : List.of(List.of("in", in), List.of("out", out))) {
            street.editor.fill(
                    "/counters/1",
                    "/counters/1/calibrations",
                    "role",
                    one.getFirst(),
                    "factor",
                    one.getLast(),
                    "uncertainty",
                    "1",
                    "valid-from",
                    from,
                    "why",
                    "Abnahme");
        }
        return this;
    }

    DividedTown smallest(int number) {
        street.editor.fill("/counters/privacy", "/counters/privacy", "smallest", String.valueOf(number));
        return this;
    }

    /// `08 27 12/15 shown, 09 9 –/– suppressed_below_5` of each hour that has a figure.
    String hours(String query) {
        return street.csv("kirchplatz", query)
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> !cells[1].isEmpty())
                .map(cells -> "%s %s %s/%s %s"
                        .formatted(
                                cells[0].substring(11, 13),
                                cells[1],
                                cells[12].isEmpty() ? "–" : cells[12],
                                cells[13].isEmpty() ? "–" : cells[13],
                                cells[14]))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    String get(String path) {
        return street.town.get(path).body();
    }
}
