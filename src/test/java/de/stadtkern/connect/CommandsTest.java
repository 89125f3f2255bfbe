package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.installation.Command;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class CommandsTest {

    @Autowired
    Cities cities;

    @Autowired
    ImportCommand importCommand;

    @Autowired
    ExportCommand exportCommand;

    @Autowired
    MeasuringPoints points;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private TestTown town;
    private final FakeTerminal terminal = new FakeTerminal();

    @BeforeEach
    void aTownAndFiles() throws IOException {
        town = TestTown.create(cities, port);
        Files.writeString(folder.resolve("werte.csv"), "Ort;Zeit;Anzahl\nA;2024-05-01T10:00;1\nA;x;2\n");
        Files.writeString(folder.resolve("werte.yaml"), ImportScenario.MAPPING);
    }

    @Test
    void anImportSaysWhatItDidAndWritesTheRefusalsBesideTheFile() throws IOException {
        assertThat(run(importCommand, "werte.csv", "--mapping", "werte.yaml")).isEqualTo("""
              refused: line 3, column Zeit: 'x' is no time as in iso
            werte.csv: 2 lines, 1 values imported, 0 were there already, 0 missing, 1 refused
            All refusals with their lines: werte.csv.rejected.csv
            code 1\
            """);
        assertThat(folder.resolve("werte.csv.rejected.csv")).hasContent("""
            \ufeffline;column;value;reason
            3;Zeit;x;is no time as in iso
            """);
    }

    @Test
    void aListOfRefusalsSpeaksOfOneRunAndOneFile() throws IOException {
        run(importCommand, "werte.csv", "--mapping", "werte.yaml");
        Files.writeString(folder.resolve("werte.csv"), "Ort;Zeit;Anzahl\nA;2024-05-01T10:00;1\n");
        run(importCommand, "werte.csv", "--mapping", "werte.yaml");
        assertThat(folder.resolve("werte.csv.rejected.csv")).doesNotExist();
        assertThatThrownBy(() ->
                        run(importCommand, "werte.csv", "werte.csv", "--mapping", "werte.yaml", "--rejected", "r.csv"))
                .hasMessageContaining("each file gets its own");
    }

    @Test
    void aDryRunShowsTheValuesAsUnderstoodAndStoresNothing() throws IOException {
        assertThat(run(importCommand, "werte.csv", "--mapping", "werte.yaml", "--dry-run", "--rejected", "r.csv"))
                .isEqualTo("""
                      Zählstelle A, Anzahl: 2024-05-01T10:00:00Z  1 Personen
                      refused: line 3, column Zeit: 'x' is no time as in iso
                    werte.csv: 2 lines, 1 values understood, nothing stored, 0 missing, 1 refused
                    All refusals with their lines: r.csv
                    code 1\
                    """);
        assertThat(town.in(points::list)).isEmpty();
    }

    @Test
    void aLongImportShowsHowFarItIsAndGoesOnWhereItWasStopped() throws IOException {
        StringBuilder lines = new StringBuilder("Ort;Zeit;Anzahl\n");
        for (int second = 0; second < 300_000; second++) {
            lines.append("A;").append(Instant.ofEpochSecond(second)).append(";1\n");
        }
        Files.writeString(folder.resolve("lang.csv"), lines);
        terminal.stopsAtProgress = 1;
        String stopped = run(importCommand, "lang.csv", "--mapping", "werte.yaml");
        assertThat(stopped)
                .contains("lang.csv: stopped; run it again to go on.")
                .endsWith("code 1");
        assertThat(terminal.progress)
                .isNotEmpty()
                .allMatch(text ->
                        text.matches("lang\\.csv \\[#*\\.*] \\d+ %  [0-9,]+ values, [0-9,]+ rows/s, 0 refused"));
        long there = number(stopped, " values imported");

        terminal.stopsAtProgress = Integer.MAX_VALUE;
        assertThat(run(importCommand, "lang.csv", "--mapping", "werte.yaml"))
                .contains("%,d values imported, %,d were there already".formatted(300_000 - there, there))
                .endsWith("code 0");
        assertThat(there).isBetween(1L, 299_999L);
    }

    private static long number(String said, String before) {
        String[] words = said.substring(0, said.indexOf(before)).split(" ");
        return Long.parseLong(words[words.length - 1].replace(",", ""));
    }

    @Test
    void anExportedFileIsImportedWithTheMappingBesideIt() throws IOException {
        run(importCommand, "werte.csv", "--mapping", "werte.yaml");
        String thing = String.valueOf(town.in(points::list).getFirst().thingId());
        assertThat(run(exportCommand, "--thing", thing, "--out", "aus.csv")).isEqualTo("""
            1 values written to aus.csv
            To import them again: import aus.csv --mapping aus.csv.mapping.yaml
            code 0\
            """);
        assertThat(run(importCommand, "aus.csv", "--mapping", "aus.csv.mapping.yaml"))
                .isEqualTo("""
                    aus.csv: 1 lines, 0 values imported, 1 were there already, 0 missing, 0 refused
                    code 0\
                    """);
        assertThat(run(exportCommand, "--thing", thing)).isEqualTo("""
            datastream,phenomenonTime,phenomenonTimeEnd,resultTime,result,resultQuality,validTime,validTimeEnd,parameters,featureOfInterest
            Anzahl,2024-05-01T10:00:00Z,,,1,,,,,
            code 0\
            """);
    }

    @Test
    void whoeverExportsTwoValuesOfTheSameTimeIsToldToImportThemOnce() throws IOException {
        run(importCommand, "werte.csv", "--mapping", "werte.yaml");
        var point = town.in(points::list).getFirst();
        String value = "{\"phenomenonTime\": \"2024-05-01T10:00:00Z\", \"result\": 3}";
        long datastream = point.series().getFirst().datastreamId();
        assertThat(town.post("/sta/v1.1/Datastreams(%d)/Observations".formatted(datastream), value)
                        .statusCode())
                .isEqualTo(201);
        assertThat(run(exportCommand, "--thing", String.valueOf(point.thingId()), "--out", "zwei.csv"))
                .isEqualTo("""
                    2 values written to zwei.csv
                    To import them again: import zwei.csv --mapping zwei.csv.mapping.yaml
                    Some values of a Datastream begin at the same time. So that they stay two, the mapping says 'duplicates: insert': import it only once.
                    code 0\
                    """);
        assertThat(folder.resolve("zwei.csv.mapping.yaml")).content().endsWith("duplicates: \"insert\"\n");
    }

    @Test
    void aCommandCalledWronglySaysHowItIsCalled() {
        assertThatThrownBy(() -> run(importCommand, "werte.csv"))
                .hasMessage("It is called so: " + importCommand.usage());
        assertThatThrownBy(() -> run(exportCommand, "--thing", "1", "--datastream", "2"))
                .hasMessage("It is called so: " + exportCommand.usage());
        assertThatThrownBy(() -> run(importCommand, "fehlt.csv", "--mapping", "werte.yaml"))
                .hasMessage("There is no file '" + folder.resolve("fehlt.csv") + "' that Stadtkern may read.");
    }

    private String run(Command command, String... words) throws IOException {
        terminal.lines.clear();
        int code = command.run(
                Stream.concat(Stream.of(words), Stream.of("--town", town.city().slug()))
                        .toList(),
                terminal);
        return String.join("\n", terminal.lines).replace(folder + "/", "").replaceAll(", [0-9.]+ s, [0-9,]+ rows/s", "")
                + "\ncode " + code;
    }

    private final class FakeTerminal implements Command.Terminal {
        private final List<String> lines = new ArrayList<>();
        private final List<String> progress = new ArrayList<>();
        private int stopsAtProgress = Integer.MAX_VALUE;

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void progress(String text) {
            progress.add(text);
        }

        @Override
        public void error(String text) {
            lines.add(text);
        }

        @Override
        public boolean isGone() {
            return progress.size() >= stopsAtProgress;
        }
    }
}
