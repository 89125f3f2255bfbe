package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.observation;
import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Many clients change the same Datastream at once.
@StadtkernTest
class ConcurrentChangesTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;

    @BeforeEach
    void aDatastream() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
    }

    private static void together(int clients, java.util.function.IntConsumer work) throws InterruptedException {
        Set<Throwable> failures = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int number = client;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    work.accept(number);
                } catch (RuntimeException | AssertionError failed) {
                    failures.add(failed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void changesDeletionsAndInsertsLeaveTrueTotalsHoursAndDays() throws InterruptedException {
        together(6, client -> {
            for (int i = 10; i < 25; i++) {
                long id = sta.observe(
                        datastream, "2025-01-0%dT10:%d:00Z".formatted(client + 1, i), String.valueOf(client));
                switch (i % 3) {
                    case 0 -> sta.delete("/Observations(" + id + ")");
                    case 1 ->
                        sta.patch("/Observations(" + id + ")", observation("2025-02-01T10:%d:00Z".formatted(i), "7"));
                    default ->
                        sta.post(
                                "/Datastreams(" + datastream + ")/Observations?duplicates=replace",
                                observation("2025-01-01T10:%d:00Z".formatted(i), "9"));
                }
            }
        });
        assertThat(sta.totals(datastream)).endsWith(" 01-01 10:11..02-01 10:22 last 7");
        assertThat(sta.allTotals(datastream)).isEqualTo(sta.recount(datastream));
        assertThat(sta.rolledUp(datastream))
                .isEqualTo(sta.rolledUpAnew(datastream))
                .contains("2025-01-06 ", "2025-02-01 ");
        assertThat(sta.json("/Observations?$count=true&$top=0").get("@iot.count"))
                .isEqualTo(sta.json("/Observations?$count=true&$top=0&$filter=result ge 0")
                        .get("@iot.count"));
    }

    @Test
    void aDatastreamDeletedWhileOthersWriteLeavesNothingAndTheyAreToldSo() throws InterruptedException {
        long other = sta.datastream("Kirche");
        AtomicInteger written = new AtomicInteger();
        Set<String> refusals = ConcurrentHashMap.newKeySet();
        together(7, client -> {
            if (client == 6) {
                while (written.get() < 50) {
                    Thread.onSpinWait();
                }
                assertThat(sta.delete("/Datastreams(" + datastream + ")").statusCode())
                        .isEqualTo(200);
                purge();
                return;
            }
            for (int i = 0; i < 2_000; i++) {
                String answer = outcome(sta.post(
                        "/Datastreams(" + datastream + ")/Observations",
                        observation("2025-01-01T10:%02d:%02dZ".formatted(i / 60 % 60, i % 60), "1")));
                sta.observe(other, "2025-01-01T10:00:00Z", "2");
                if (!answer.equals("201")) {
                    refusals.add(answer);
                    return;
                }
                written.incrementAndGet();
            }
            refusals.add("none");
        });
        assertThat(refusals).containsExactly("404 datastream-unknown");
        purge();
        for (String table : List.of(
                "observation", "datastream_state", "datastream_feature", "dirty_log", "rollup_hour", "rollup_day")) {
            assertThat(rows(table)).as(table).isZero();
        }
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Kirche");
        assertThat(sta.allTotals(other)).isEqualTo(sta.recount(other));
        assertThat(sta.rolledUp(other)).isEqualTo(sta.rolledUpAnew(other));
    }

    private void purge() {
        sta.town.in(() -> {
            context.getBean(DatastreamPurge.class).run();
            return true;
        });
    }

    private long rows(String table) {
        return sta.town.in(() -> sta.jdbc()
                .sql("select count(*) from " + table + " where datastream_id = ?")
                .param(datastream)
                .query(Long.class)
                .single());
    }

    /// As if it had been under way in another process, which looked before the Datastream was deleted.
    @Test
    void aWriteThatEndsAfterTheLastWasTakenAwayIsFoundByTheNextRun() {
        sta.observe(datastream, "2025-01-01T10:00:00Z", "1");
        sta.delete("/Datastreams(" + datastream + ")");
        purge();
        sta.town.in(() -> sta.jdbc().sql("""
            with o as (
              insert into observation (id, datastream_id, phenomenon_start, result)
              values (1, %1$d, '2025-01-01T10:00:00Z', 1))
            insert into datastream_state (datastream_id, n) values (%1$d, 1)
            """.formatted(datastream)).update());
        assertThat(rows("observation")).isEqualTo(1);
        purge();
        assertThat(rows("observation") + rows("datastream_state")).isZero();
    }
}
