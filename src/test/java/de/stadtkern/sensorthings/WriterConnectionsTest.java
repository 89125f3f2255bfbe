package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.installation.Database;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    @BeforeEach
    void threeTownsAndTwoConnections() {
        two = new WriterConnections(database, 2);
        one = TestTown.create(cities, port).city();
        other = TestTown.create(cities, port).city();
        third = TestTown.create(cities, port).city();
    }

    @AfterEach
    void close() {
        two.stop();
    }

    @Test
    void theNextWriteToATownFindsItsConnectionAgain() throws SQLException {
        WriterConnection first = two.borrow(one);
        two.giveBack(one, first);
        assertThat(two.borrow(one)).isSameAs(first);
        assertThat(two.open()).isEqualTo(1);
    }

    @Test
    void aThirdTownTakesThePlaceOfTheOneWrittenToLongestAgo() throws SQLException {
        WriterConnection first = two.borrow(one);
        two.giveBack(one, first);
        two.giveBack(other, two.borrow(other));
        two.giveBack(third, two.borrow(third));
        assertThat(two.open()).isEqualTo(2);
        assertThat(first.isUsable()).isFalse();
    }

    @Test
    void whoFindsAllAtWorkWaitsForOne() throws Exception {
        WriterConnection first = two.borrow(one);
        two.borrow(other);
        CompletableFuture<WriterConnection> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return two.borrow(third);
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        });
        two.giveBack(one, first);
        assertThat(waiting.get(3, TimeUnit.SECONDS).isUsable()).isTrue();
        assertThatThrownBy(() -> two.borrow(one))
                .isInstanceOf(SQLException.class)
                .hasMessage("Too many towns are being written to at once");
    }

    @Test
    void aBrokenOneIsNotUsedAgainAndTheirPlacesAreFree() throws SQLException {
        WriterConnection broken = two.borrow(one);
        broken.close();
        two.giveBack(one, broken);
        assertThat(two.borrow(one)).isNotSameAs(broken);
        two.discard(two.borrow(other));
        assertThat(two.open()).isEqualTo(1);
    }

    @Test
    void aTownThatIsRemovedLeavesNone() throws SQLException {
        two.giveBack(one, two.borrow(one));
        two.giveBack(other, two.borrow(other));
        two.forget(one);
        assertThat(two.open()).isEqualTo(1);
    }
}
