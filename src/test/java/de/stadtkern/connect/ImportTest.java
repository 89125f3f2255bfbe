package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.ObservationReader;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class ImportTest {

    @Autowired
    Cities cities;

    @Autowired
    Imports imports;

    @Autowired
    MeasuringPoints points;

    @Autowired
    ObservationReader reader;

    @LocalServerPort
    int port;

    private ImportScenario town;

    @BeforeEach
    void aTown() {
        town = new ImportScenario(TestTown.create(cities, port), imports, points, reader);
    }

    @Test
    void goodLinesAreStoredAndBadOnesCounted() {
        assertThat(town.importLines(
                        "A;2024-05-01T10:00;1", "A;gestern;2", "B;2024-05-01T10:00;", "B;2024-05-01T11:00;3"))
                .isEqualTo("2 written, 0 there, 1 missing, 1 refused");
        assertThat(town.datastreams()).isEqualTo("Zählstelle A, Anzahl: 1\nZählstelle B, Anzahl: 1");
        assertThat(town.rows()).isEqualTo("""
            Zählstelle A 2024-05-01T10:00:00Z/null null 1
            Zählstelle B 2024-05-01T11:00:00Z/null null 3\
            """);
    }

    @Test
    void aSecondRunImportsOnlyWhatIsMissing() {
        town.importLines("A;2024-05-01T10:00;1", "A;bad;2");
        assertThat(town.importLines("A;2024-05-01T10:00;1", "A;2024-05-01T11:00;2"))
                .isEqualTo("1 written, 1 there, 0 missing, 0 refused");
        assertThat(town.datastreams()).isEqualTo("Zählstelle A, Anzahl: 2");
    }

    @Test
    void whatWasWrittenBeforeAStopStaysAndTheNextRunGoesOn() {
        String content = "Ort;Zeit;Anzahl\n"
                + IntStream.range(0, 20_000)
                        .mapToObj(minute ->
                                "A;%s;%d\n".formatted(Instant.ofEpochSecond(1_700_000_000L + minute * 60L), minute))
                        .collect(Collectors.joining());
        assertThat(town.cancelAfter(8).importFile(ImportScenario.MAPPING, content))
                .isEqualTo("stopped: 8000 written, 0 there, 0 missing, 0 refused");
        assertThat(town.cancelAfter(Integer.MAX_VALUE).importFile(ImportScenario.MAPPING, content))
                .isEqualTo("12000 written, 8000 there, 0 missing, 0 refused");
        assertThat(town.datastreams()).isEqualTo("Zählstelle A, Anzahl: 20000");
    }
}
