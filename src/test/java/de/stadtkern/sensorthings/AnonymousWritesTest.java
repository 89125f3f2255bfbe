package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ClosedStadtkernTest
class AnonymousWritesTest {

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void withoutTheSettingNobodyWritesWithoutALoginOrAKey() {
        TestTown town = TestTown.create(cities, port);
        for (var answer : new java.net.http.HttpResponse<?>[] {
            town.post("/sta/v1.1/Things", "{}"),
            town.post("/sta/v1.1/Datastreams(1)/Observations", "{\"result\":1}"),
            town.post("/sta/v1.1/CreateObservations", "[]"),
            town.patch("/sta/v1.1/Things(1)", "{}"),
            town.delete("/sta/v1.1/Things(1)")
        }) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body().toString()).contains("login-needed", "API key");
        }
    }
}
