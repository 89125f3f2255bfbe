package de.stadtkern.operation;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
@ExtendWith(OutputCaptureExtension.class)
class RequestIdTest {

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
    }

    @Test
    void anAnswerCarriesIt() {
        assertThat(id(town.get("/"))).matches("[0-9a-f]{16}").isNotEqualTo(id(town.get("/")));
    }

    @Test
    void aStrangersIsNotTakenOver() {
        HttpResponse<String> answer = town.send(
                town.request("/").header("X-Request-Id", "somebody-else-1").GET());
        assertThat(id(answer)).matches("[0-9a-f]{16}");
    }

    @Test
    void aProblemNamesIt() {
        HttpResponse<String> answer = town.get("/sta/v1.1/Things(4711)");
        assertThat(answer.body()).contains("\"request\":\"" + id(answer) + "\"");
    }

    @Test
    void whatGoesWrongIsFoundInTheLogByIt(CapturedOutput output) {
        HttpResponse<String> answer = town.get("/test/fails");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"request\":\"" + id(answer) + "\"");
        assertThat(output.toString().lines().filter(line -> line.contains("A request failed")))
                .singleElement()
                .asString()
                .contains("[%s %s]".formatted(town.city().slug(), id(answer)));
    }

    @Test
    void ofTheSendersAddressOnlyTheNetworkIsLogged() {
        assertThat(AccessLog.network("192.0.2.17")).isEqualTo("192.0.2.0");
        assertThat(AccessLog.network("2001:db8:1:2:3::4")).isEqualTo("2001:db8:1::");
        assertThat(AccessLog.network("0:0:0:0:0:0:0:1")).isEqualTo("0:0:0::");
        assertThat(AccessLog.network("::1")).isEqualTo("::");
    }

    private static String id(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
