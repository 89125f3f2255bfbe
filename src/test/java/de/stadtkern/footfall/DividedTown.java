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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/// A town whose counter counts both directions apart, and everybody, three parts of the street and two kinds of
/// passers-by too where somebody wants that.
final class DividedTown {

    static final long IN = 2;
    static final long OUT = 3;
    static final long TOTAL = 4;
    static final List<Long> ZONES = List.of(5L, 6L, 7L);
    static final List<Long> CLASSES = List.of(8L, 9L);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int AT_ONCE = 5_000;

    final CountingTown street;
    private final List<NewObservation> rows = new ArrayList<>();

    DividedTown(ApplicationContext context, TestTown town) {
        street = new CountingTown(context, town);
        new MeasuredTown(context, town)
                .point("Kirchplatz")
                .counts("hinein", "Personen")
                .counts("hinaus", "Personen")
                .counts("alle", "Personen")
                .counts("Zone 1", "Personen")
                .counts("Zone 2", "Personen")
                .counts("Zone 99", "Personen")
                .counts("Erwachsene", "Personen")
                .counts("Kinder", "Personen");
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

    DividedTown all(Instant start, double total) {
        return count(TOTAL, start, total);
    }

    DividedTown zones(Instant start, double... counts) {
        return parts(ZONES, start, counts);
    }

    DividedTown zones(String start, double... counts) {
        return zones(Instant.parse(start), counts);
    }

    /// Grown-ups and children.
    DividedTown classes(Instant start, double... counts) {
        return parts(CLASSES, start, counts);
    }

    DividedTown classes(String start, double... counts) {
        return classes(Instant.parse(start), counts);
    }

    private DividedTown parts(List<Long> datastreams, Instant start, double... counts) {
        for (int part = 0; part < counts.length; part++) {
            count(datastreams.get(part), start, counts[part]);
        }
        return this;
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

    /// The same with everybody, all parts of the street and all kinds of passers-by.
    DividedTown registerParts(String... namesAndValues) {
        List<String> values = new ArrayList<>(List.of(
                "role-4",
                "total",
                "role-5",
                "zone",
                "role-6",
                "zone",
                "role-7",
                "zone",
                "role-8",
                "class",
                "role-9",
                "class",
                "name-5",
                "Nordseite",
                "name-6",
                "Südseite",
                "name-8",
                "Erwachsene",
                "name-9",
                "Kinder"));
        values.addAll(List.of(namesAndValues));
        return register(values.toArray(String[]::new));
    }

    DividedTown keep() {
        send();
        street.keep();
        return this;
    }

    private void send() {
        for (int at = 0; at < rows.size(); at += AT_ONCE) {
            street.store.writeAll(
                    Duplicates.REPLACE, List.copyOf(rows.subList(at, Math.min(rows.size(), at + AT_ONCE))));
        }
        rows.clear();
    }

    /// Only people of the town read the Datastreams of the directions and of other parts from now on.
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
                                Stream.of(List.of(IN, OUT), ZONES, CLASSES)
                                        .flatMap(List::stream)
                                        .collect(Collectors.toSet())))));
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
                .collect(Collectors.joining(", "));
    }

    /// `08 12/20/– shown, …` of each counted hour of one day.
    String parts(String of, String query) {
        String file = get("/footfall/kirchplatz/parts.csv%s&of=%s&by=single".formatted(query, of));
        java.util.Map<String, List<String[]>> hours = file.lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.groupingBy(
                        cells -> cells[0].substring(11, 13), java.util.TreeMap::new, Collectors.toList()));
        return hours.entrySet().stream()
                .map(hour -> "%s %s %s"
                        .formatted(
                                hour.getKey(),
                                hour.getValue().stream()
                                        .map(cells -> cells[3].isEmpty() ? "–" : cells[3])
                                        .collect(Collectors.joining("/")),
                                hour.getValue().getFirst()[6]))
                .collect(Collectors.joining(", "));
    }

    String get(String path) {
        return street.town.get(path).body();
    }
}
