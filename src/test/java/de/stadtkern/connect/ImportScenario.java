package de.stadtkern.connect;

import de.stadtkern.TestTown;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Imports into a town of its own, and the town's rows as lines.
public final class ImportScenario {

    public static final String MAPPING = """
        time: {column: Zeit, format: iso, zone: UTC}
        points: {column: Ort, others: create, name: 'Zählstelle {key}'}
        values:
          - column: Anzahl
            name: Anzahl
            unit: {name: Personen}
            property: {name: Personen, aggregation: sum}
        """;

    private final TestTown town;
    private final Imports imports;
    private final MeasuringPoints points;
    private final ObservationReader reader;
    private int cancelAfter = Integer.MAX_VALUE;

    ImportScenario(TestTown town, Imports imports, MeasuringPoints points, ObservationReader reader) {
        this.town = town;
        this.imports = imports;
        this.points = points;
        this.reader = reader;
    }

    /// Somebody stops the import when it is asked for the n-th time.
    ImportScenario cancelAfter(int questions) {
        cancelAfter = questions;
        return this;
    }

    String importLines(String... lines) {
        return importFile(MAPPING, "Ort;Zeit;Anzahl\n" + String.join("\n", lines));
    }

    String importFile(String mapping, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return importFile(mapping, new SourceFile("werte.csv", bytes.length, () -> new ByteArrayInputStream(bytes)));
    }

    String importFile(String mapping, SourceFile file) {
        return print(town.in(() -> {
            try {
                return imports.run(file, Mapping.read(mapping), new Cancelling());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }));
    }

    private static String print(ImportReport report) {
        return "%s%d written, %d there, %d missing, %d refused"
                .formatted(
                        report.cancelled() ? "stopped: " : "",
                        report.written(),
                        report.existing(),
                        report.missing(),
                        report.refused());
    }

    /// Each Datastream with its number of values.
    String datastreams() {
        return town.in(points::list).stream()
                .flatMap(point -> point.series().stream()
                        .map(series -> "%s, %s: %d".formatted(point.name(), series.name(), series.count())))
                .collect(Collectors.joining("\n"));
    }

    List<MeasuringPoint> points() {
        return town.in(points::list);
    }

    /// All rows of the town, without ids.
    String rows() {
        List<String> rows = new ArrayList<>();
        for (MeasuringPoint point : points()) {
            for (MeasuringPoint.Series series : point.series()) {
                town.in(() -> {
                    reader.read(
                            series.datastreamId(),
                            null,
                            null,
                            row -> rows.add(point.name() + " " + print(row.observation())));
                    return 0;
                });
            }
        }
        return String.join("\n", rows);
    }

    private static String print(NewObservation value) {
        return "%s/%s %s %s%s"
                .formatted(
                        value.start(),
                        value.end(),
                        value.resultTime(),
                        value.json() == null ? Samples.number(value.number()) : value.json(),
                        value.details() == null
                                ? ""
                                : " %s %s %s %s"
                                        .formatted(
                                                value.details().resultQuality(),
                                                value.details().validStart(),
                                                value.details().validEnd(),
                                                value.details().parameters()));
    }

    private final class Cancelling implements ImportListener {
        private int asked;

        @Override
        public boolean isCancelled() {
            return ++asked >= cancelAfter;
        }
    }
}
