package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationReader;
import de.stadtkern.sensorthings.ObservationWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class ExportTest {

    private static final Instant TEN = Instant.parse("2024-05-01T10:00:00Z");

    @Autowired
    Cities cities;

    @Autowired
    Imports imports;

    @Autowired
    Exports exports;

    @Autowired
    MeasuringPoints points;

    @Autowired
    ObservationReader reader;

    @Autowired
    ObservationWriter writer;

    @LocalServerPort
    int port;

    private TestTown town;
    private ImportScenario scenario;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
        scenario = new ImportScenario(town, imports, points, reader);
    }

    @Test
    void whatIsExportedAndImportedElsewhereGivesTheSameRows() {
        scenario.importLines("A;2024-05-01T10:00;1");
        fillWithEverythingARowCanHold(
                scenario.points().getFirst().series().getFirst().datastreamId());
        String csv = export(Exports.Format.CSV, null, null);
        String mapping = town.in(() -> exports.mapping(thing()));

        var elsewhere = new ImportScenario(TestTown.create(cities, port), imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("8 written, 0 there, 0 missing, 0 refused");
        assertThat(elsewhere.rows()).isEqualTo(scenario.rows());
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("0 written, 8 there, 0 missing, 0 refused");
        assertThat(scenario.importFile(mapping, csv)).isEqualTo("0 written, 8 there, 0 missing, 0 refused");
    }

    private void fillWithEverythingARowCanHold(long datastream) {
        Instant end = TEN.plusSeconds(3_600);
        List<NewObservation> values = new ArrayList<>();
        var details = new NewObservation.Details(
                null, TEN, end, "{\"status\": \"; \\\"x\\\"\"}", "{\"a\": [1, null, \"ü\"]}");
        values.add(new NewObservation(datastream, TEN.plusNanos(123_456_000), end, end, 0.1, null, details));
        List<String> results =
                List.of("\"12\"", "null", "[1, 2.5]", "{\"b\": \"\"}", "90071992547409931", "\"a\\nb;c\"");
        for (String json : results) {
            values.add(new NewObservation(datastream, TEN.plusSeconds(values.size()), null, null, 0, json, null));
        }
        town.in(() -> writer.write(values, Duplicates.INSERT));
    }

    @Test
    void aBorderInTimeBelongsToTheExportIfItIsTheFirst() {
        scenario.importLines("A;2024-05-01T10:00;1", "A;2024-05-01T11:00;2", "A;2024-05-01T12:00;3");
        assertThat(export(Exports.Format.CSV, TEN, TEN.plusSeconds(7_200))).isEqualTo("""
            datastream,phenomenonTime,phenomenonTimeEnd,resultTime,result,resultQuality,validTime,validTimeEnd,parameters
            Anzahl,2024-05-01T10:00:00Z,,,1,,,,
            Anzahl,2024-05-01T11:00:00Z,,,2,,,,
            """);
    }

    @Test
    void jsonUsesTheWordsOfSensorThings() {
        scenario.importLines("A;2024-05-01T10:00;1.5");
        long thing = thing().thingId();
        long datastream = thing().datastreamIds().getFirst();
        assertThat(export(Exports.Format.JSON, null, null)).isEqualTo("""
            {"thing":%d,"name":"Zählstelle A","description":"","properties":{},"datastreams":[{"id":%d,"key":"Anzahl",\
            "name":"Anzahl","unit":"Personen","observedProperty":"Personen","properties":{},"observations":[\
            {"phenomenonTime":"2024-05-01T10:00:00Z","result":1.5}]}]}\
            """.formatted(thing, datastream));
    }

    @Test
    void manyRowsComeInPiecesWithoutGapOrRepetition() {
        List<NewObservation> values = new ArrayList<>();
        scenario.importLines("A;2023-05-01T10:00;1");
        long datastream = thing().datastreamIds().getFirst();
        for (int value = 0; value < 12_001; value++) {
            values.add(NewObservation.of(datastream, TEN.plusSeconds(value / 3), value));
        }
        town.in(() -> writer.write(values.subList(0, 7_000), Duplicates.INSERT));
        town.in(() -> writer.write(values.subList(7_000, 12_001), Duplicates.INSERT));
        List<Integer> read = new ArrayList<>();
        town.in(() -> {
            reader.read(
                    datastream,
                    TEN,
                    null,
                    row -> read.add((int) row.observation().number()));
            return 0;
        });
        assertThat(read).hasSize(12_001).doesNotHaveDuplicates();
    }

    private DescribedPoint thing() {
        long id = scenario.points().getFirst().thingId();
        return town.in(() -> exports.thing(id));
    }

    private String export(Exports.Format format, @Nullable Instant from, @Nullable Instant to) {
        var out = new ByteArrayOutputStream();
        town.in(() -> {
            try {
                return exports.write(thing(), new Exports.Period(from, to), format, out);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        return out.toString(StandardCharsets.UTF_8);
    }
}
