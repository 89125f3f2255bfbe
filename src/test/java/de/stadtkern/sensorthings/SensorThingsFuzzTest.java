package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Questions nobody should ask: thousands, made of the right words in wrong places.
@StadtkernTest
class SensorThingsFuzzTest {

    private static final int CASES = 1_500;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private FuzzScenario town;
    private FuzzFilters filters;

    @BeforeEach
    void aTownWithSomethingInIt() {
        town = new FuzzScenario(context, port, Long.getLong("fuzz.seed", 18_088));
        filters = new FuzzFilters(town);
    }

    @Test
    void noAddressOrOptionIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            town.get(town.path() + town.options());
        }
        assertThat(town.statuses.keySet()).contains(200, 400, 404);
    }

    @Test
    void noFilterIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            town.get("/" + town.any(FuzzWords.SETS.subList(0, 9)) + "?$filter=" + FuzzScenario.encoded(filters.filter())
                    + town.any("", "&$count=true", "&$orderby=name", "&$orderby=result desc", "&$resultFormat=CSV"));
        }
        assertThat(town.statuses.get(200)).as("filters that were understood").isGreaterThan(CASES / 20);
    }

    @Test
    void noSummaryIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            String set = town.any(
                    "Observations",
                    "Observations",
                    "Datastreams(1)/Observations",
                    "Datastreams",
                    "Things(1)/Datastreams",
                    "MultiDatastreams(2)/Observations",
                    "Things");
            town.get("/" + set + "?$apply=" + FuzzScenario.encoded(filters.summary())
                    + (town.oneIn(8) ? "&" + town.options().replace("?", "") : ""));
        }
        assertThat(town.statuses.get(200)).as("summaries that were understood").isGreaterThan(CASES / 10);
    }

    @Test
    void noChartOfAFewPointsIsOurFault() {
        for (int i = 0; i < CASES / 5; i++) {
            town.get("/" + town.any("Datastreams(1)", "Datastreams(1)", "MultiDatastreams(2)", "Things(1)")
                    + "/Observations?downsample=" + town.any("1", "2", "3", "500", "0", "-1", "x", "1e9", "2147483648")
                    + (town.oneIn(2) ? "&$filter=" + FuzzScenario.encoded(filters.filter()) : ""));
        }
        assertThat(town.statuses.keySet()).contains(200, 400);
    }

    @Test
    void noAddressOfAFileIsOurFault() {
        List<String> times = List.of(
                "2025-01-01",
                "2025-01-01T00:00:00Z",
                "2025-13-01",
                "",
                "x",
                "-9999-01-01",
                "%2B200001-01-01T00:00:00Z");
        for (int i = 0; i < CASES / 3; i++) {
            String path = "/api/v1/%s/%s/%s?%s=%s&%s=%s"
                    .formatted(
                            town.any("datastreams", "things", "imports", "sensors"),
                            town.any("1", "1", "2", "0", "-1", "x", "99999999999999999999", "%00", "1%2F2"),
                            town.any(
                                    "observations.csv",
                                    "observations.json",
                                    "observations.xml",
                                    "mapping.yaml",
                                    "refused"),
                            town.any("from", "to", "by", ""),
                            town.any(times),
                            town.any("from", "to", "fron"),
                            town.any(times));
            town.check("GET " + path, town.sta.town.get(path));
        }
    }
}
