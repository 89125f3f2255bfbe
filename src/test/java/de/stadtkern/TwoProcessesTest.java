package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two Stadtkern processes with data folders of their own work on one database: one brings it, the other is told where
/// it is.
class TwoProcessesTest {

    private static final String THING = """
        {"name": "Zähler", "description": "", "Datastreams": [{"name": "D", "description": "d", "observationType": "o",
         "unitOfMeasurement": {"name": "Personen", "symbol": "1", "definition": "1"},
         "Sensor": {"name": "S", "description": "s", "encodingType": "text/plain", "metadata": "m"},
         "ObservedProperty": {"name": "P", "definition": "p", "description": "p"}}]}
        """;

    @TempDir
    Path folder;

    private ProcessScenario one;
    private ProcessScenario other;

    @BeforeEach
    void twoOnOneDatabase() throws Exception {
        one = new ProcessScenario(folder.resolve("one"), "--stadtkern.demo=false", "--logging.level.root=warn");
        one.start();
        String port = Files.readAllLines(folder.resolve("one/postgres/postmaster.pid"))
                .get(3)
                .strip();
        other = new ProcessScenario(
                folder.resolve("other"),
                "--stadtkern.demo=false",
                "--logging.level.root=warn",
                "--stadtkern.database.url=jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "--stadtkern.database.username=stadtkern",
                "--stadtkern.database.password="
                        + Files.readString(folder.resolve("one/postgres-password"))
                                .strip());
        other.start();
        assertThat(one.post("/sta/v1.1/Things", THING).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void end() throws InterruptedException {
        other.close();
        one.close();
    }

    @Test
    void neverLeaveADuplicateUnderIgnoreOrReplaceAndTheTotalsAreTrue() throws Exception {
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            ProcessScenario process = i % 2 == 0 ? one : other;
            String rule = i % 4 < 2 ? "ignore" : "replace";
            String body = "{\"phenomenonTime\":\"2026-03-01T00:%02d:00Z\",\"result\":%d}".formatted(i / 4 % 20, i);
            callers.add(() -> process.post("/sta/v1.1/Datastreams(1)/Observations?duplicates=" + rule, body)
                    .statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var answer : threads.invokeAll(callers)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).contains(201, 409).isSubsetOf(201, 409);
        try (Connection database = one.database()) {
            assertThat(text(database, "select count(*) || ' ' || count(distinct phenomenon_start) from observation"))
                    .isEqualTo("20 20");
            assertThat(text(
                            database,
                            "select n || ' ' || last_result || ' ' || phenomenon_min || ' ' || phenomenon_max from"
                                    + " datastream_state"))
                    .isEqualTo(text(
                            database,
                            "select count(*) || ' ' || (array_agg(result order by phenomenon_start desc))[1] || ' ' ||"
                                    + " min(phenomenon_start) || ' ' || max(phenomenon_start) from observation"));
        }
    }

    @Test
    void eachAnswersWithWhatTheOtherHasWritten() throws IOException {
        other.post("/sta/v1.1/Datastreams(1)/Observations", "{\"result\":17}");
        assertThat(one.get("/sta/v1.1/Datastreams(1)/Observations?$select=result")
                        .body())
                .contains("\"result\":17");
    }

    private static String text(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
