package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.CrossOriginTest.allowed;
import static de.stadtkern.sensorthings.CrossOriginTest.ask;
import static de.stadtkern.sensorthings.CrossOriginTest.askBefore;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The closed Stadtkern allows one origin.
@ClosedStadtkernTest
class CrossOriginListTest {

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void onlyPagesOfTheNamedOriginMayReadAndCachesKeepAnswersApart() {
        TestTown town = TestTown.create(cities, port);
        var listed = ask(town, "GET", "/sta/v1.1/Things", "https://karte.example.org");
        assertThat(allowed(listed)).isEqualTo("https://karte.example.org | GET, HEAD");
        assertThat(listed.headers().allValues("Vary")).contains("Origin");
        for (String other : new String[] {"https://example.org", "http://karte.example.org", "null"}) {
            var answer = ask(town, "GET", "/sta/v1.1/Things", other);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(allowed(answer)).as(other).isEmpty();
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
            assertThat(allowed(askBefore(town, "GET", "/sta/v1.1/Things", other)))
                    .as(other)
                    .isEmpty();
        }
        assertThat(allowed(askBefore(town, "GET", "/api/v1/latest", "https://karte.example.org")))
                .isEqualTo("https://karte.example.org | GET, HEAD");
    }
}
