package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@StadtkernTest
class TownBoundaryTest {

    @Autowired
    Cities cities;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private TestTown a;
    private TestTown b;

    @BeforeEach
    void twoTowns() {
        a = TestTown.create(cities, port);
        b = TestTown.create(cities, port);
    }

    @Test
    void aConnectionWithoutATownIsRefused() {
        assertThatThrownBy(() -> dataSource.getConnection()).isInstanceOf(CityContext.NoCity.class);
    }

    @Test
    void anotherTownCannotBeBoundInsideATransaction() {
        assertThatThrownBy(() -> a.in(() -> transaction.execute(status -> b.in(this::schema))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(a.city().slug());
    }

    @Test
    void aRollbackDoesNotUndoThePath() {
        for (int round = 0; round < 30; round++) {
            TestTown town = round % 2 == 0 ? a : b;
            town.in(() -> transaction.execute(status -> {
                status.setRollbackOnly();
                return schema();
            }));
            assertThat(town.in(this::schema)).isEqualTo(town.city().schema());
        }
    }

    @Test
    void theDatabaseIsTheOneThatWasGivenAndTheEmbedded18Otherwise() {
        assertThat(a.in(() -> JdbcClient.create(dataSource)
                        .sql("select current_setting('server_version_num')::int / 10000")
                        .query(Integer.class)
                        .single()))
                .isEqualTo(Integer.getInteger("test.database.major", 18));
    }

    private String schema() {
        return JdbcClient.create(dataSource)
                .sql("select current_schema()")
                .query(String.class)
                .single();
    }
}
