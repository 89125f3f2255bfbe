package de.stadtkern.operation;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@StadtkernTest
class HealthTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private WatchedTown watched;

    @BeforeEach
    void aTown() {
        watched = new WatchedTown(context, TestTown.create(cities, port));
    }

    @Test
    void everybodyLearnsThatItIsUpAndNothingMore() {
        HttpResponse<String> answer = watched.town.get("/actuator/health");
        assertThat(answer.statusCode() + " " + answer.body())
                .isEqualTo("200 {\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void livenessAndReadinessAreAskedEachForItself() {
        assertThat(watched.town.get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(watched.town.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(watched.town.get("/actuator/health/other").statusCode()).isEqualTo(404);
    }

    @Test
    void whereTheDiskIsFullPeopleAreStillSentToRead() {
        var report = new Health.Report(Map.of("disk", new Health.Part(false, Health.Weight.WRITING, Map.of())));
        assertThat(report.up()).isFalse();
        assertThat(report.ready()).isTrue();
    }

    @Test
    void operatorsSeeEachPart() {
        String body = watched.with(watched.operatorsKey(), "/actuator/health/readiness")
                .body();
        assertThat(body)
                .contains("\"database\":{")
                .contains("\"version\":\"")
                .contains("\"bytesFree\":")
                .contains("\"waiting\":0");
    }
}
