package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// An operator has chosen maps whose picture comes from another server.
@ClosedStadtkernTest
class MapStyleTest {

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void thePrivacyStatementNamesTheServerThatMapsAsk() {
        TestTown town = TestTown.create(cities, port);
        assertThat(town.get("/privacy").body())
                .contains("ihr Bild kommt von kacheln.example.org")
                .doesNotContain("Sie lädt nichts von anderen Servern");
        assertThat(town.get("/privacy").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("connect-src 'self' https://kacheln.example.org/"));
    }
}
