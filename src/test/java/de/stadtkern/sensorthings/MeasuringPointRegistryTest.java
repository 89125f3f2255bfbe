package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.CityContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@StadtkernTest
class MeasuringPointRegistryTest {

    @Autowired
    Cities cities;

    @Autowired
    MeasuringPoints points;

    @Autowired
    DataSource dataSource;

    @LocalServerPort
    int port;

    private TestTown town;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
    }

    @Test
    void callersAtTheSameTimeGetTheSameDatastream() throws Exception {
        Set<Map<String, Long>> answers = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, Long>>> calls = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                Callable<Map<String, Long>> call = () -> points.ensure(point("Markt", "a", "b"));
                calls.add(threads.submit(town.in(() -> CityContext.wrap(call))));
            }
            for (Future<Map<String, Long>> call : calls) {
                answers.add(call.get());
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(rows())
                .isEqualTo("thing 1, location 1, historical_location 1, sensor 1, observed_property 1, datastream 2,"
                        + " datastream_state 2");
    }

    @Test
    void whatExistsIsLeftAsItIsAndWhatIsMissingIsAdded() {
        Map<String, Long> first = town.in(() -> points.ensure(point("Markt", "a")));
        Map<String, Long> second = town.in(() -> points.ensure(point("Anderer Name", "b", "a")));
        assertThat(second.get("a")).isEqualTo(first.get("a"));
        assertThat(town.in(points::list).getFirst().name()).isEqualTo("Markt");
        assertThat(rows())
                .isEqualTo("thing 1, location 1, historical_location 1, sensor 1, observed_property 1, datastream 2,"
                        + " datastream_state 2");
    }

    @Test
    void aThingIsDescribedInTheWordsThatMadeIt() {
        NewMeasuringPoint wish = point("Markt", "a", "b");
        Map<String, Long> ids = town.in(() -> points.ensure(wish));
        long thing = town.in(points::list).getFirst().thingId();
        DescribedPoint described = town.in(() -> points.describeThing(thing));
        assertThat(described.description())
                .usingRecursiveComparison()
                .ignoringFields("location.json")
                .isEqualTo(wish);
        assertThat(described.description().location())
                .extracting(NewLocation::entity)
                .isEqualTo(NewLocation.point("Markt", 11.5, 50.9).entity());
        assertThat(described.datastreamIds()).containsExactlyElementsOf(ids.values());
    }

    private static NewMeasuringPoint point(String name, String... series) {
        return new NewMeasuringPoint(
                "m1",
                name,
                "am Rathaus",
                NewLocation.point(name, 11.5, 50.9),
                Map.of("licence", "CC BY"),
                Stream.of(series).map(MeasuringPointRegistryTest::series).toList());
    }

    private static NewMeasuringPoint.Series series(String key) {
        return new NewMeasuringPoint.Series(
                key,
                "Reihe " + key,
                "",
                false,
                List.of(new NewMeasuringPoint.Observed(
                        "Personen",
                        "{P}",
                        "",
                        NewMeasuringPoint.Observed.NUMBER,
                        "Fußgänger",
                        "https://example.org/fussgaenger",
                        Aggregation.SUM)),
                "Zähler",
                "an der Laterne",
                Map.of("richtung", key));
    }

    private String rows() {
        return town.in(() -> Stream.of(
                        "thing",
                        "location",
                        "historical_location",
                        "sensor",
                        "observed_property",
                        "datastream",
                        "datastream_state")
                .map(table -> table + " "
                        + JdbcClient.create(dataSource)
                                .sql("select count(*) from " + table)
                                .query(Long.class)
                                .single())
                .collect(Collectors.joining(", ")));
    }
}
