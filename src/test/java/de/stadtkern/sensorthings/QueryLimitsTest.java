package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.detail;
import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.TightStadtkernTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What a client hears of the limits that keep one question from taking the store away from everybody: one heavy
/// request at once here, five seconds for it, one second for others, and plans up to a cost of 100.
@TightStadtkernTest
class QueryLimitsTest {

    private static final String HEAVY = "/Observations?$filter=result ge 0";

    @Autowired
    ApplicationContext context;

    @Autowired
    DataSource dataSource;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private HeldTable table;

    @BeforeEach
    void aTown() {
        sta = new SensorThingsScenario(context, port);
        table = new HeldTable(sta, dataSource);
        sta.minutes(sta.datastream("Markt"), 3);
    }

    private static void assertPassing(HttpResponse<String> answer, String outcome, String reason) {
        assertThat(outcome(answer)).isEqualTo(outcome);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(detail(answer)).contains(reason);
    }

    @Test
    void whatTakesTooLongIsAnsweredWith503AndSaysHowToAskForLess() {
        table.during(_ -> {
            assertPassing(
                    sta.get(HEAVY), "503 query-too-long", "longer than a request may (5 s); narrow it by $filter");
            assertPassing(sta.get("/Observations"), "503 query-too-long", "longer than a request may (1 s)");
        });
        assertThat(sta.list(HEAVY, "result")).isEqualTo("0, 1");
    }

    @Test
    void whoeverAsksMoreThanTheirShareIsAnsweredWith429AndWhoeverFindsAllTurnsTakenWith503() {
        SensorThingsScenario others = new SensorThingsScenario(context, port);
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            table.during(_ -> {
                var first = CompletableFuture.supplyAsync(() -> sta.get(HEAVY), askers);
                while (table.waiting() == 0) {
                    Thread.onSpinWait();
                }
                var second = CompletableFuture.supplyAsync(() -> sta.get(HEAVY), askers);
                var ofOthers = CompletableFuture.supplyAsync(() -> others.get("/Things?$filter=id gt 0"), askers);
                assertThat(others.outcome("/Things?$select=name")).isEqualTo("200");
                assertPassing(second.join(), "429 queries-of-one", "1 of your requests");
                assertPassing(ofOthers.join(), "503 queries-waiting", "are being answered already; please try again");
                assertThat(outcome(first.join())).isEqualTo("503 query-too-long");
            });
        }
    }

    /// Each of twenty thousand compared with all: nobody waits for that.
    @Test
    void whatWouldCostMoreThanAnyRequestMayIsNotWaitedFor() {
        sta.town.in(() -> sta.jdbc().sql("""
            insert into observation (id, datastream_id, phenomenon_start, result)
            select 1000000 + i, (select min(id) from datastream), timestamptz '2025-01-01 00:00:00Z' + i * interval '1 minute', i from generate_series(1, 20000) i
            """).update());
        sta.town.in(() -> sta.jdbc().sql("analyze observation").update());
        Instant began = Instant.now();
        HttpResponse<String> refused =
                sta.get("/Observations/$count?$filter=Datastream/Observations/any(o:o/result gt result add 1000000)");
        assertThat(outcome(refused)).isEqualTo("400 query-too-costly");
        assertThat(detail(refused)).contains("more than a request may; narrow it by phenomenonTime or Datastream");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
}
