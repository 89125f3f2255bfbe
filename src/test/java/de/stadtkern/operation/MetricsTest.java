package de.stadtkern.operation;

import static de.stadtkern.operation.WatchedTown.lines;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensors.MeasuredTown;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@StadtkernTest
class MetricsTest {

    private static final String ADDRESS = "/actuator/prometheus";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;
    private WatchedTown watched;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
        watched = new WatchedTown(context, town);
    }

    @Test
    void comingFromTheSameMachineOpensNothing() {
        assertThat(town.get(ADDRESS).statusCode()).isEqualTo(401);
        assertThat(watched.with("a-token-for-tests-only-012345678X", ADDRESS).statusCode())
                .isEqualTo(401);
        assertThat(watched.with(watched.operatorsKey(), ADDRESS).statusCode()).isEqualTo(200);
    }

    @Test
    void theTokenOpensFiguresAndNothingElse() {
        assertThat(watched.with(WatchedTown.TOKEN, ADDRESS).statusCode()).isEqualTo(200);
        assertThat(watched.with(WatchedTown.TOKEN, "/api/v1/latest").statusCode())
                .isEqualTo(401);
        assertThat(watched.with(WatchedTown.TOKEN, "/sta/v1.1/Things").statusCode())
                .isEqualTo(401);
    }

    @Test
    void writesAreCountedByTownAndByTheWayTheyCame() {
        new MeasuredTown(context, town).point("Brücke").counts("Menschen", "Menschen");
        long datastream = town.in(() -> context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class)
                .sql("select id from datastream")
                .query(Long.class)
                .single());
        String observations = "/sta/v1.1/Datastreams(%d)/Observations".formatted(datastream);
        assertThat(town.post(observations, "{\"result\": 4}").statusCode()).isEqualTo(201);
        assertThat(town.post(observations, "{\"result\": 5}").statusCode()).isEqualTo(201);
        assertThat(town.post(observations, "{\"result\": 6, \"FeatureOfInterest\": {\"@iot.id\": 4711}}")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> figures = watched.with(watched.operatorsKey(), ADDRESS);
        String slug = town.city().slug();
        assertThat(lines(figures, "stadtkern_observations_stored_total"))
                .contains("{entry=\"api\",town=\"%s\"} 2.0".formatted(slug));
        assertThat(lines(figures, "stadtkern_observations_refused_total"))
                .contains("{entry=\"api\",town=\"%s\"} 1.0".formatted(slug));
        assertThat(lines(figures, "stadtkern_writer_waiting"))
                .isEqualTo("stadtkern_writer_waiting{town=\"%s\"} 0.0".formatted(slug));
        assertThat(lines(figures, "stadtkern_batch_duration_seconds_count")).isNotEmpty();
        assertThat(lines(figures, "http_server_requests_seconds_count"))
                .contains("kind=\"Observations\",method=\"POST\",status=\"201\",uri=\"/sta/v1.1/**\"");
    }

    @Test
    void anOperatorSeesTheMachineAndTheOwnTownOnly() {
        TestTown other = TestTown.create(cities, port);
        new WatchedTown(context, other).with(WatchedTown.TOKEN, ADDRESS);
        String all = watched.with(WatchedTown.TOKEN, ADDRESS).body();
        String own = watched.with(watched.operatorsKey(), ADDRESS).body();
        assertThat(all).contains("town=\"" + town.city().slug() + "\"");
        assertThat(own)
                .contains("stadtkern_disk_free_bytes", "jvm_memory_used_bytes", "stadtkern_pool_active")
                .contains("stadtkern_mails_waiting{town=\"" + town.city().slug() + "\"}")
                .doesNotContain("town=\"" + other.city().slug() + "\"");
    }
}
