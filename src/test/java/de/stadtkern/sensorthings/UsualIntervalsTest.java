package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// How far apart values usually are is looked up at most once a minute.
@StadtkernTest
class UsualIntervalsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;
    private StoreScenario store;
    private long datastream;

    @BeforeEach
    void aDatastream() {
        town = TestTown.create(cities, port);
        store = new StoreScenario(context, town);
        datastream = store.datastream("mean");
    }

    @Test
    void withFewerThanFourValuesThereIsNoneAndWithTheFourthAtOnce() {
        every(10, 3);
        assertThat(usual(town)).isEqualTo("{}");
        store.write(datastream, "2026-05-01T12:00:00Z", 1);
        assertThat(usual(town)).isEqualTo("{%d=PT10M}".formatted(datastream));
    }

    @Test
    void whatWasLookedUpIsGoodForAMinute() {
        every(10, 6);
        assertThat(usual(town)).isEqualTo("{%d=PT10M}".formatted(datastream));
        for (int minute = 0; minute < 20; minute++) {
            store.write(datastream, "2026-05-02T10:%02d:00Z".formatted(minute), 1);
        }
        assertThat(usual(town)).as("not asked again").isEqualTo("{%d=PT10M}".formatted(datastream));
        assertThat(town.in(() -> context.getBean(MeasuringPointStore.class).usualIntervals(List.of(datastream)))
                        .toString())
                .isEqualTo("{%d=PT1M}".formatted(datastream));
    }

    @Test
    void theSameNumberInAnotherTownIsAnotherDatastream() {
        every(10, 6);
        usual(town);
        TestTown other = TestTown.create(cities, port);
        StoreScenario elsewhere = new StoreScenario(context, other);
        assertThat(elsewhere.datastream("mean")).isEqualTo(datastream);
        assertThat(usual(other)).isEqualTo("{}");
    }

    private void every(int minutes, int values) {
        for (int value = 0; value < values; value++) {
            store.write(datastream, "2026-05-01T11:%02d:00Z".formatted(60 - minutes * (values - value)), 1);
        }
    }

    private String usual(TestTown where) {
        return where.in(() -> context.getBean(MeasuringPoints.class).usualIntervals(List.of(datastream)))
                .toString();
    }
}
