package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.installation.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class WriterConnectionsTest {

    @Autowired
    Database database;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private WriterConnections two;
    private City one;
    private City other;
    private City third;
    /// Those at work, so that every test gives all of them back.
    private final Map<WriterConnection, City> atWork = new ConcurrentHashMap<>();

    @BeforeEach
    void threeTownsAndTwoConnections() {
        two = new WriterConnections(database, 2, Duration.ofMillis(300));
        one = TestTown.create(cities, port).city();
        other = TestTown.create(cities, port).city();
        third = TestTown.create(cities, port).city();
    }

    @AfterEach
    void everyConnectionIsClosedAtTheEnd() {
        List.copyOf(atWork.keySet()).forEach(this::giveBack);
        two.stop();
        assertThat(two.open()).isZero();
    }

    private WriterConnection borrow(City city) throws SQLException {
        WriterConnection connection = two.borrow(city);
        atWork.put(connection, city);
        return connection;
    }

    private void giveBack(WriterConnection connection) {
        two.giveBack(Objects.requireNonNull(atWork.remove(connection)), connection);
    }

    private void discard(WriterConnection connection) {
        two.discard(Objects.requireNonNull(atWork.remove(connection)), connection);
    }

    @Test
    void theNextWriteToATownFindsItsConnectionAgain() throws SQLException {
        WriterConnection first = borrow(one);
        giveBack(first);
        assertThat(borrow(one)).isSameAs(first);
        assertThat(two.open()).isEqualTo(1);
    }

    @Test
    void aThirdTownTakesThePlaceOfTheOneWrittenToLongestAgo() throws SQLException {
        WriterConnection first = borrow(one);
        giveBack(first);
        giveBack(borrow(other));
        giveBack(borrow(third));
        assertThat(two.open()).isEqualTo(2);
        assertThat(first.isUsable()).isFalse();
    }

    @Test
    void whoFindsAllAtWorkWaitsForOne() throws Exception {
        WriterConnection first = borrow(one);
        borrow(other);
        var waiting = borrowing(third);
        await(() -> two.waiting() == 1);
        giveBack(first);
        assertThat(waiting.get(3, TimeUnit.SECONDS).isUsable()).isTrue();
        assertThatThrownBy(() -> borrow(one))
                .isInstanceOf(SQLException.class)
                .hasMessage("Too many towns are being written to at once");
    }

    @Test
    void whoWaitsIsNotOvertakenByTheTownThatGaveBack() throws Exception {
        WriterConnection first = borrow(one);
        borrow(other);
        var waiting = borrowing(third);
        await(() -> two.waiting() == 1);
        giveBack(first);
        var again = borrowing(one);
        giveBack(waiting.get(3, TimeUnit.SECONDS));
        assertThat(again.get(3, TimeUnit.SECONDS).isUsable()).isTrue();
    }

    @Test
    void oneThatNobodyNeedsForAWhileIsClosedThoughNobodyWrites() throws Exception {
        WriterConnection unused = borrow(one);
        giveBack(unused);
        await(() -> two.open() == 0);
        assertThat(unused.isUsable()).isFalse();
        giveBack(borrow(one));
        await(() -> two.open() == 0);
    }

    @Test
    void aBrokenOneIsNotUsedAgainAndTheirPlacesAreFree() throws SQLException {
        WriterConnection broken = borrow(one);
        broken.close();
        giveBack(broken);
        assertThat(borrow(one)).isNotSameAs(broken);
        discard(borrow(other));
        assertThat(two.open()).isEqualTo(1);
    }

    @Test
    void oneThatLostTheServerTakesTheIdleOnesWithIt() throws SQLException {
        WriterConnection idle = borrow(one);
        WriterConnection broken = borrow(other);
        giveBack(idle);
        broken.close();
        discard(broken);
        assertThat(two.open()).isZero();
        assertThat(idle.isUsable()).isFalse();
    }

    @Test
    void whereNoneCanBeMadeThePlaceIsFreeAgain() throws SQLException {
        City unreachable = withSchema(one, "no\"where");
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> borrow(unreachable)).isInstanceOf(SQLException.class);
        }
        assertThat(two.open()).isZero();
        borrow(one);
        borrow(other);
    }

    @Test
    void numbersThatWereNotHandedOutAreHandedOutByTheNextConnection() throws Exception {
        WriterConnection first = borrow(one);
        long number = first.numbers(10);
        giveBack(first);
        await(() -> two.open() == 0);
        assertThat(borrow(one).numbers(1)).isEqualTo(number + 10);
    }

    @Test
    void aTownThatIsRemovedLeavesNone() throws SQLException {
        giveBack(borrow(one));
        giveBack(borrow(other));
        two.forget(one);
        assertThat(two.open()).isEqualTo(1);
    }

    private static City withSchema(City city, String schema) {
        return new City(
                city.id(),
                city.slug(),
                schema,
                city.name(),
                city.ars(),
                city.hosts(),
                city.zone(),
                city.languages(),
                city.colour(),
                city.logo(),
                city.legal(),
                city.isDefault(),
                city.demo(),
                city.createdAt());
    }

    private CompletableFuture<WriterConnection> borrowing(City city) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return borrow(city);
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int look = 0; look < 300 && !condition.getAsBoolean(); look++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
