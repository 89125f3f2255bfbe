package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Rights;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestParser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.unit.DataSize;

@StadtkernTest
class QueryGuardTest {

    private static final Request LIGHT = RequestParser.parse("Things", null);
    private static final Request HEAVY = RequestParser.parse("Things", "$filter=id gt 1");

    @Autowired
    Cities cities;

    @Autowired
    DataSource dataSource;

    @LocalServerPort
    int port;

    private QueryGuard guard(int heavyAtOnce) {
        var limits = new SensorThingsProperties(
                false,
                false,
                100,
                1_000,
                DataSize.ofGigabytes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                heavyAtOnce,
                0,
                List.of());
        return new QueryGuard(limits, new Rights(), dataSource);
    }

    @ParameterizedTest
    @CsvSource({
        "Things, '', false",
        "Things(1), '', false",
        "Observations, $top=1000, false",
        "Datastreams(1)/Observations, $resultFormat=dataArray, false",
        "Things(1)/name, '', false",
        "Things/$count, '', false",
        "Things/$count, $filter=id gt 1, true",
        "Things, $filter=id gt 1, true",
        "Things(1), $expand=Datastreams, true",
        "Observations, $orderby=result, true",
        "Observations, $resultFormat=CSV, true",
        "Observations, $apply=aggregate($count as n), true",
        "Datastreams(1)/Observations, downsample=5, true"
    })
    void whatMayLookAtManyRowsIsHeavy(String path, String query, boolean heavy) {
        assertThat(QueryGuard.isHeavy(RequestParser.parse(path, query))).isEqualTo(heavy);
    }

    @Test
    void aStatementThatTakesTooLongIsEndedAndSaysSo() {
        TestTown town = TestTown.create(cities, port);
        QueryGuard guard = guard(1);
        guard.start();
        assertThatThrownBy(() -> town.in(() -> guard.read(LIGHT, () -> sleep(town))))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.name() + " " + problem.kind())
                                .isEqualTo("query-too-long UNAVAILABLE"));
        guard.stop();
    }

    private boolean sleep(TestTown town) {
        return town.in(() -> {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select pg_sleep(20)")) {
                QueryGuard.limit(statement, null);
                return statement.execute();
            } catch (SQLException failed) {
                throw EntityReader.unanswerable(failed);
            }
        });
    }

    @Test
    void onlySoManyHeavyRequestsAreAnsweredAtOnceAndOneAskerLeavesSomeToOthers() {
        TestTown town = TestTown.create(cities, port);
        TestTown other = TestTown.create(cities, port);
        QueryGuard guard = guard(4);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch ended = new CountDownLatch(1);
            begin(guard, town, 3, threads, ended);
            assertThat(refusal(guard, town)).isEqualTo("queries-of-one TOO_MANY");
            assertThat(town.in(() -> guard.read(LIGHT, () -> "light"))).isEqualTo("light");
            assertThat(other.in(() -> guard.read(HEAVY, () -> "of others"))).isEqualTo("of others");
            begin(guard, other, 1, threads, ended);
            assertThat(refusal(guard, other)).isEqualTo("queries-waiting UNAVAILABLE");
            ended.countDown();
        }
        assertThat(town.in(() -> guard.read(HEAVY, () -> "again"))).isEqualTo("again");
    }

    /// So many requests that last until the end.
    private static void begin(
            QueryGuard guard, TestTown town, int requests, ExecutorService threads, CountDownLatch ended) {
        CountDownLatch begun = new CountDownLatch(requests);
        for (int request = 0; request < requests; request++) {
            var _ = threads.submit(() -> town.in(() -> guard.read(HEAVY, () -> {
                begun.countDown();
                return await(ended);
            })));
        }
        assertThat(await(begun)).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String refusal(QueryGuard guard, TestTown town) {
        try {
            return town.in(() -> guard.read(HEAVY, () -> "answered"));
        } catch (Problem refused) {
            return refused.name() + " " + refused.kind();
        }
    }
}
