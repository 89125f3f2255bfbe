package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.problem.Problem;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@StadtkernTest
class CitiesTest {

    @Autowired
    CityStore store;

    @Autowired
    Cities cities;

    @Autowired
    InstallationDataSource installation;

    @Test
    void aTownAnswersAtOnceToItsNameAndItsHostsAndUnknownHostsGetTheDefaultTown() {
        City city = cities.create(NewCity.named("hausen", "Hausen").withHosts(List.of("Daten.Hausen.example")));
        assertThat(cities.byHost("hausen.localhost")).isEqualTo(city);
        assertThat(cities.byHost("daten.hausen.EXAMPLE")).isEqualTo(city);
        assertThat(cities.byHost("unknown.example").isDefault()).isTrue();
    }

    @Test
    void twoTownsCannotShareANameOrAHost() {
        cities.create(NewCity.named("dorf", "Dorf").withHosts(List.of("dorf.example")));
        assertThatThrownBy(() -> cities.create(NewCity.named("dorf", "Dorf 2"))).hasMessageContaining("'dorf' already");
        assertThatThrownBy(() -> cities.create(NewCity.named("dorf2", "Dorf 2").withHosts(List.of("dorf.example"))))
                .hasMessageContaining("dorf.example");
        assertThat(cities.findBySlug("dorf2")).isEmpty();
    }

    @Test
    void ofTwoWhoWantTheSameTownAtOnceOneGetsItAndTheOtherIsTold() throws Exception {
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> wishes = List.of(
                    () -> wish(NewCity.named("eile", "Eile")),
                    () -> wish(NewCity.named("eile", "Eile")),
                    () -> wish(NewCity.named("eile-2", "Eile 2").withHosts(List.of("eile.example"))),
                    () -> wish(NewCity.named("eile-3", "Eile 3").withHosts(List.of("eile.example"))));
            assertThat(both.invokeAll(wishes).stream().map(Future::resultNow).sorted())
                    .containsExactly("host-taken", "made", "made", "town-exists");
        }
    }

    private String wish(NewCity wish) {
        try {
            cities.create(wish);
            return "made";
        } catch (Problem refused) {
            return refused.name();
        }
    }

    @Test
    void aTownNeedsASlugAndAnArsAndAZoneThatCanBe() {
        for (String slug : List.of("", "Dorf", "1dorf", "dorf_1", "a; drop schema", "x".repeat(41))) {
            assertThatThrownBy(() -> NewCity.named(slug, "Dorf")).isInstanceOf(Problem.class);
        }
        assertThatThrownBy(() -> NewCity.named("dorf", "Dorf").withArs("123")).hasMessageContaining("12 digits");
        assertThatThrownBy(() -> NewCity.named("dorf", "Dorf").withZone("Mars/Olympus"))
                .hasMessageContaining("Mars/Olympus");
    }

    @Test
    void whatChangedStaysChangedThoughOthersLookThroughTheTownsMeanwhile() throws Exception {
        City city = cities.create(NewCity.named("wandel", "Wandel 0"));
        var ended = new AtomicBoolean();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int other = 0; other < 4; other++) {
                others.execute(() -> {
                    while (!ended.get()) {
                        cities.refresh();
                    }
                });
            }
            try {
                for (int change = 1; change <= 10; change++) {
                    String name = "Wandel " + change;
                    cities.change(city, NewCity.named("wandel", name));
                    for (int look = 0; look < 20; look++) {
                        assertThat(cities.getBySlug("wandel").name()).isEqualTo(name);
                        Thread.sleep(1);
                    }
                }
            } finally {
                ended.set(true);
            }
        }
    }

    @Test
    void aNewTownBeginsWithNothingEvenWhereAnOldOneLeftItsSchema() {
        City old = cities.create(NewCity.named("rest", "Rest"));
        store.delete(old);
        cities.refresh();
        assertThat(cities.create(NewCity.named("rest", "Rest")).schema()).isEqualTo("town_rest_2");
    }

    @Test
    void removingATownNeedsItsNameTypedAndLeavesAnArchiveOfEveryTable() throws Exception {
        City city = cities.create(NewCity.named("weiler", "Weiler am Bach"));
        assertThatThrownBy(() -> cities.remove(city, "weiler")).hasMessageContaining("Weiler am Bach");
        assertThat(cities.findBySlug("weiler")).isPresent();

        Path archive = cities.remove(city, "Weiler am Bach");
        assertThat(cities.findBySlug("weiler")).isEmpty();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .contains("contents.json", "weiler/observation.copy", "weiler/datastream.copy", "checksums.json");
        }
    }

    @Test
    void whatAnotherProcessWritesIsInTheArchiveOfARemovedTownOrWasNotAcknowledged() throws Exception {
        City city = cities.create(NewCity.named("ende", "Ende"));
        String write = "insert into \"%s\".thing (name, description) values (?, '')".formatted(city.schema());
        try (var others = Executors.newVirtualThreadPerTaskExecutor();
                Connection early = installation.pool().getConnection()) {
            early.setAutoCommit(false);
            insert(early, write, "rechtzeitig");
            Future<Path> removal = others.submit(() -> cities.remove(city, "Ende"));
            awaitWaiting(city, 1, removal);
            Future<?> late = others.submit(() -> {
                try (Connection connection = installation.pool().getConnection()) {
                    connection.setAutoCommit(false);
                    // Who has read waits for the end with the lock of a reader, and must not be waited for.
                    connection
                            .createStatement()
                            .execute("select count(*) from \"%s\".datastream_state".formatted(city.schema()));
                    insert(connection, write, "zu-spaet");
                    connection.commit();
                }
                return null;
            });
            awaitWaiting(city, 2, removal);
            early.commit();
            early.setAutoCommit(true);
            try (ZipFile zip = new ZipFile(removal.get().toFile());
                    InputStream things = zip.getInputStream(zip.getEntry("ende/thing.copy"))) {
                assertThat(new String(things.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("rechtzeitig")
                        .doesNotContain("zu-spaet");
            }
            assertThatThrownBy(late::get).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void aTownIsRemovedAlsoWhileSomebodyTakesItsTablesInAnotherOrder() throws Exception {
        City city = cities.create(NewCity.named("gegenlauf", "Gegenlauf"));
        try (var others = Executors.newVirtualThreadPerTaskExecutor();
                Connection writer = installation.pool().getConnection();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("set local deadlock_timeout = '30s'");
            statement.execute("lock table \"%s\".thing in row exclusive mode".formatted(city.schema()));
            Future<Path> removal = others.submit(() -> cities.remove(city, "Gegenlauf"));
            awaitWaiting(city, 1, removal);
            statement.execute("lock table \"%s\".datastream in row exclusive mode".formatted(city.schema()));
            writer.commit();
            writer.setAutoCommit(true);
            assertThat(removal.get()).exists();
        }
    }

    private static void insert(Connection connection, String write, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(write)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    private void awaitWaiting(City city, int writers, Future<?> removal) throws Exception {
        for (int look = 0; look < 600; look++) {
            if (removal.isDone()) {
                removal.get();
                throw new AssertionError("The removal waited for nobody");
            }
            int waiting = installation
                    .jdbc()
                    .sql("""
                        select count(distinct pid) from pg_locks where not granted
                          and relation in (select oid from pg_class where relname = 'thing' and relnamespace = ?::regnamespace)
                        """)
                    .param(city.schema())
                    .query(Integer.class)
                    .single();
            if (waiting >= writers) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Nobody waits, but: "
                + installation
                        .jdbc()
                        .sql("select state, wait_event, query from pg_stat_activity where datname = current_database()")
                        .query()
                        .listOfRows());
    }
}
