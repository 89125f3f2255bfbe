package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Acknowledged means durable: writers over HTTP while the JVM and the PostgreSQL are killed with -9. Two kills of
/// each by default, `-Dkills=20` for the long run.
class KillTest {

    private static final int KILLS = Integer.getInteger("kills", 2);
    /// As long as a restart of another machine's server takes in the long run, a moment by default.
    private static final int AWAY_SECONDS = KILLS > 2 ? 30 : 2;

    private static final int WRITERS = 8;
    private static final int ARRAY = 5;
    private static final long FIRST_OF_ARRAYS = 1_000_000;
    private static final String THING = """
        {"name": "Zähler", "description": "zum Töten", "Datastreams": [{"name": "D", "description": "d", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
         "unitOfMeasurement": {"name": "Personen", "symbol": "1", "definition": "1"},
         "Sensor": {"name": "S", "description": "s", "encodingType": "text/plain", "metadata": "m"},
         "ObservedProperty": {"name": "P", "definition": "p", "description": "p", "properties": {"aggregation": "sum"}}}]}
        """;

    @TempDir
    Path folder;

    private ProcessScenario stadtkern;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong next = new AtomicLong(1);
    private final AtomicLong arrays = new AtomicLong(FIRST_OF_ARRAYS);
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final List<Thread> writers = new ArrayList<>();

    @BeforeEach
    void aTownWithADatastream() throws Exception {
        stadtkern = new ProcessScenario(folder.resolve("data"), "--stadtkern.demo=false", "--logging.level.root=warn");
        stadtkern.start();
        assertThat(stadtkern.post("/sta/v1.1/Things", THING).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void end() throws InterruptedException {
        writing.set(false);
        stadtkern.close();
    }

    @Test
    void everyAcknowledgedObservationIsThereOnceHoweverTheProcessesDie() throws Exception {
        startWriters();
        for (int kill = 0; kill < KILLS; kill++) {
            TimeUnit.MILLISECONDS.sleep(700);
            stadtkern.killTheJvm();
            stadtkern.start();
            TimeUnit.MILLISECONDS.sleep(700);
            stadtkern.killPostgres();
            awaitWrites();
        }
        stopWriters();
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 50);
        try (Connection database = stadtkern.database()) {
            assertEachAcknowledgedIsThereOnce(database);
            assertThat(text(
                            database,
                            "select n || ' ' || phenomenon_min || ' ' || phenomenon_max from datastream_state"))
                    .isEqualTo(text(
                            database,
                            "select count(*) || ' ' || min(phenomenon_start) || ' ' || max(phenomenon_start)"
                                    + " from observation"));
            awaitCleanRollups(database);
            assertThat(text(database, "select sum(n) || ' ' || sum(sum) from rollup_hour"))
                    .isEqualTo(text(database, "select count(*) || ' ' || sum(result) from observation"));
            assertThat(text(database, "select sum(n) || ' ' || sum(sum) from rollup_day"))
                    .isEqualTo(text(database, "select count(*) || ' ' || sum(result) from observation"));
        }
    }

    @Test
    void theTerminateSignalStopsEverythingWithinTenSecondsAndTheNextStartFindsItAll() throws Exception {
        long id = next.get();
        assertThat(write(id)).isTrue();
        long postgres = stadtkern.postgresPid();
        assertThat(stadtkern.stop()).isLessThan(10);
        assertThat(stadtkern.postgresIsAlive(postgres)).isFalse();
        stadtkern.start();
        assertThat(stadtkern.get("/sta/v1.1/Observations?$select=result").body())
                .contains("\"result\":" + id);
    }

    @Test
    void theTerminateSignalWhileManyWriteLosesNothingAcknowledged() throws Exception {
        startWriters();
        TimeUnit.MILLISECONDS.sleep(700);
        assertThat(stadtkern.stop()).isLessThan(10);
        stopWriters();
        stadtkern.start();
        assertThat(acknowledged).hasSizeGreaterThan(50);
        try (Connection database = stadtkern.database()) {
            assertEachAcknowledgedIsThereOnce(database);
        }
    }

    @Test
    void whileTheDatabaseIsAwayWritesGet503AndItRecoversByItself() throws Exception {
        awaitWrites();
        stadtkern.keepPostgresDown(true);
        stadtkern.killPostgres();
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        var answer = stadtkern.post("/sta/v1.1/Datastreams(1)/Observations", "{\"result\": 1}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("database-away").doesNotContain("\tat ");
        assertThat(stadtkern.get("/sta/v1.1/Things").statusCode()).isEqualTo(503);
        stadtkern.keepPostgresDown(false);
        awaitWrites();
        try (Connection database = stadtkern.database()) {
            assertEachAcknowledgedIsThereOnce(database);
        }
    }

    /// One in four sends arrays.
    private void startWriters() {
        for (int i = 0; i < WRITERS; i++) {
            int size = i % 4 == 0 ? ARRAY : 1;
            writers.add(Thread.ofVirtual().start(() -> {
                while (writing.get()) {
                    long first = size == ARRAY ? arrays.getAndAdd(ARRAY) : next.getAndIncrement();
                    if (size == ARRAY ? writeArray(first) : write(first)) {
                        LongStream.range(first, first + size).forEach(acknowledged::add);
                    } else {
                        LockSupport.parkNanos(20_000_000); // refused at once while nothing listens
                    }
                }
            }));
        }
    }

    private boolean write(long id) {
        try {
            return stadtkern
                            .post("/sta/v1.1/Datastreams(1)/Observations", "{\"result\": %d}".formatted(id))
                            .statusCode()
                    == 201;
        } catch (IOException dead) {
            return false;
        }
    }

    private boolean writeArray(long first) {
        String rows = LongStream.range(first, first + ARRAY)
                .mapToObj(id -> "[" + id + "]")
                .collect(Collectors.joining(","));
        try {
            var answer = stadtkern.post("/sta/v1.1/CreateObservations", """
                [{"Datastream": {"@iot.id": 1}, "components": ["result"], "dataArray@iot.count": %d, "dataArray": [%s]}]
                """.formatted(ARRAY, rows));
            return answer.statusCode() == 201 && !answer.body().contains("error");
        } catch (IOException dead) {
            return false;
        }
    }

    private void awaitWrites() throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            long id = next.getAndIncrement();
            if (write(id)) {
                acknowledged.add(id);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("It did not recover within 30 s; see " + stadtkern.log());
    }

    private void stopWriters() throws InterruptedException {
        writing.set(false);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void assertEachAcknowledgedIsThereOnce(Connection database) throws SQLException {
        Set<Long> there = ConcurrentHashMap.newKeySet();
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery("select result::bigint, count(*) from observation group by 1")) {
            while (rows.next()) {
                there.add(rows.getLong(1));
                assertThat(rows.getLong(2))
                        .as("times that %d is there", rows.getLong(1))
                        .isEqualTo(1);
            }
        }
        assertThat(there).containsAll(acknowledged);
        assertThat(text(
                        database,
                        "select count(*) from (select 1 from observation where result >= %1$d group by floor((result - %1$d) / %2$d) having count(*) <> %2$d) x"
                                .formatted(FIRST_OF_ARRAYS, ARRAY)))
                .as("arrays of which some rows are there and some not")
                .isEqualTo("0");
    }

    private static void awaitCleanRollups(Connection database) throws SQLException, InterruptedException {
        for (int i = 0;
                i < 300 && !text(database, "select count(*) from dirty_log").equals("0");
                i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String text(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
