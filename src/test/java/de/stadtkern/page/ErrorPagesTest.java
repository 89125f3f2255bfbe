package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class ErrorPagesTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;

    @BeforeEach
    void town() {
        town = TestTown.create(cities, port);
    }

    @Test
    void aBrowserGetsAPageInTheTownsFrame() {
        HttpResponse<String> answer = get("/nothing-here", BROWSER);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(answer.body())
                .contains("Diese Seite gibt es nicht")
                .contains(town.city().name());
    }

    @Test
    void aProgramGetsProblemDetails() {
        for (String accept : new String[] {"*/*", "application/json", "application/json, text/html;q=0.9"}) {
            assertThat(type(get("/nothing-here", accept))).as(accept).startsWith("application/problem+json");
        }
    }

    @Test
    void theInterfacesAnswerAlwaysWithProblemDetails() {
        for (String path : new String[] {"/sta/v1.1/Nothing", "/api/nothing"}) {
            assertThat(type(get(path, BROWSER))).as(path).startsWith("application/problem+json");
        }
    }

    @Test
    void whatIsOurFaultIsSaidWithoutItsCause() {
        HttpResponse<String> answer = get("/test/fails", BROWSER);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Der Fehler liegt bei uns")
                .contains("Nummer für Rückfragen: "
                        + answer.headers().firstValue("X-Request-Id").orElseThrow())
                .doesNotContain("secret of the house", "Exception", "at de.stadtkern");
    }

    @Test
    void whatIsUnavailableSaysWhenToTryAgain() {
        HttpResponse<String> answer = get("/test/problem/UNAVAILABLE", BROWSER);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body()).contains("Gerade nicht verfügbar");
    }

    @Test
    void theDetailOfAProblemIsShownAsText() {
        assertThat(get("/test/problem/INVALID", BROWSER).body()).contains("Thing 7 is &lt;not&gt; as it should be.");
    }

    @Test
    void aBadParameterIsTheReadersErrorAndNotOurs() {
        assertThat(get("/?page=none", BROWSER).statusCode()).isEqualTo(400);
        assertThat(get("/?page=99", BROWSER).statusCode()).isEqualTo(404);
        assertThat(get("/?page=-1", BROWSER).statusCode()).isEqualTo(404);
    }

    @Test
    void eachSecurityHeaderIsThereOnce() {
        for (String path : new String[] {"/", "/nothing-here", "/robots.txt"}) {
            for (String header :
                    new String[] {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"}) {
                assertThat(get(path, BROWSER).headers().allValues(header))
                        .as(path + " " + header)
                        .hasSize(1);
            }
        }
    }

    @Test
    void theErrorAddressItselfIsNoPage() {
        assertThat(get("/error", BROWSER).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path, String accept) {
        return town.send(town.request(path).header("Accept", accept).GET());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }
}
