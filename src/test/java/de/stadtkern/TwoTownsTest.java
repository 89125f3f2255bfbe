package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.city.Cities;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.sensorthings.StoreScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.transaction.support.TransactionTemplate;

/// Two towns in one process, hammered from sixteen threads over HTTP, events, jobs and streams: nothing crosses.
@StadtkernTest
class TwoTownsTest {

    private static final int THREADS = 16;
    private static final int ROUNDS = 60;
    private static final Pattern RESULT = Pattern.compile("\"result\":(\\d+)");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private Town a;
    private Town b;

    private record Town(TestTown web, StoreScenario store, long datastream, int value) {}

    record SaidIn(String town) {}

    @BeforeEach
    void twoTownsThatMeasureOnlyOnesAndOnlyTwos() {
        a = town(1);
        b = town(2);
    }

    private Town town(int value) {
        TestTown web = TestTown.create(cities, port);
        StoreScenario store = new StoreScenario(context, web);
        store.execute("create table probe (town text, way text)");
        return new Town(web, store, store.datastream("sum"), value);
    }

    @Test
    void nothingCrosses() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            work.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    act(random.nextBoolean() ? a : b, random.nextInt(4));
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        for (Town town : List.of(a, b)) {
            assertThat(town.store.text("select string_agg(distinct result::text, ' ') from observation"))
                    .isEqualTo(String.valueOf(town.value));
            awaitNoOpenEvents(town);
            assertThat(town.store.number("select count(*) from probe where way = 'event'"))
                    .isPositive();
            awaitJob(town);
            assertThat(town.store.text("select string_agg(distinct town, ' ') from probe"))
                    .isEqualTo(town.web.city().slug());
        }
    }

    /// A new town's jobs are taken up within the scheduler's five seconds, and the hammering may be over before.
    private static void awaitJob(Town town) throws InterruptedException {
        String jobs = "select count(*) from probe where way = 'job'";
        for (int i = 0; i < 300 && town.store.number(jobs) == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(town.store.number(jobs)).isPositive();
    }

    private void act(Town town, int what) {
        switch (what) {
            case 0 -> {
                var answer = town.web.post(
                        "/sta/v1.1/Datastreams(%d)/Observations".formatted(town.datastream),
                        "{\"result\":" + town.value + "}");
                assertThat(answer.statusCode()).isEqualTo(201);
            }
            case 1 -> {
                String body = town.web
                        .get("/sta/v1.1/Observations?$top=100000&$select=result")
                        .body();
                for (Matcher result = RESULT.matcher(body); result.find(); ) {
                    assertThat(result.group(1)).isEqualTo(String.valueOf(town.value));
                }
            }
            case 2 ->
                assertThat(town.web.get("/").body()).contains(town.web.city().name());
            default ->
                CityContext.run(
                        town.web.city(),
                        () -> transaction.executeWithoutResult(status ->
                                events.publishEvent(new SaidIn(town.web.city().slug()))));
        }
    }

    private static void awaitNoOpenEvents(Town town) throws InterruptedException {
        for (int i = 0; i < 100 && town.store.number("select count(*) from event_publication") > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(town.store.number("select count(*) from event_publication")).isZero();
    }

    @TestConfiguration
    static class Probes {

        @Bean
        Listener listener(DataSource dataSource) {
            return new Listener(JdbcClient.create(dataSource));
        }

        @Bean
        TownJob probeJob(DataSource dataSource) {
            return new ProbeJob(JdbcClient.create(dataSource));
        }
    }

    static class Listener {

        private final JdbcClient jdbc;

        Listener(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @ApplicationModuleListener
        void on(SaidIn event) {
            jdbc.sql("insert into probe values (?, 'event')")
                    .param(event.town())
                    .update();
        }
    }

    record ProbeJob(JdbcClient jdbc) implements TownJob {

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(100);
        }

        @Override
        public void run() {
            boolean here = jdbc.sql("select to_regclass('probe') is not null")
                    .query(Boolean.class)
                    .single();
            if (here) {
                jdbc.sql("insert into probe values (?, 'job')")
                        .param(CityContext.current().slug())
                        .update();
            }
        }
    }
}
