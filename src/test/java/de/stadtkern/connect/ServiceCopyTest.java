package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityCopies;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// One town copies the SensorThings service of another, which stands at an address of its own for that.
@StadtkernTest
class ServiceCopyTest {

    private static final String MULTI = """
        {"name": "Wind", "description": "", "multiObservationDataTypes": ["a", "b"],
         "unitOfMeasurements": [{"name": "", "symbol": "m/s", "definition": ""}, {"name": "", "symbol": "deg", "definition": ""}],
         "Sensor": {"name": "Mast", "description": "", "encodingType": "", "metadata": ""},
         "ObservedProperties": [{"name": "speed", "definition": "", "description": ""}, {"name": "direction", "definition": "", "description": ""}]}
        """;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario there;
    private SensorThingsScenario here;
    private HttpServer server;
    private String root;
    private final AtomicInteger failAfter = new AtomicInteger(Integer.MAX_VALUE);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void aServiceElsewhere() throws IOException {
        there = new SensorThingsScenario(context, port);
        here = new SensorThingsScenario(context, port);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        root = "http://localhost:%d/other/v1.1/".formatted(server.getAddress().getPort());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString().substring("/other/v1.1".length());
            boolean isOver = failAfter.getAndDecrement() <= 0;
            HttpResponse<String> answer = there.town.get("/sta/v1.1" + (path.equals("/") ? "" : path));
            String slug = there.town.city().slug();
            byte[] body = answer.body()
                    .replace("http://" + slug + ".localhost/sta/v1.1/", root)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isOver ? 404 : answer.statusCode(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        there.datastream("Markt");
        there.datastream("Kirche");
        there.minutes(1, 2_500);
        there.create(
                "/Things(1)/Locations",
                "{\"name\":\"dort\",\"description\":\"\",\"encodingType\":\"\",\"location\":{\"type\":\"Point\",\"coordinates\":[11.6,50.9]}}");
        there.create("/Datastreams(2)/Observations", """
            {"phenomenonTime": "2025-01-01T10:00:00Z/2025-01-01T11:00:00Z", "resultTime": "2025-01-01T11:00:01Z", "result": "zu",
             "validTime": "2025-01-01T10:00:00Z/2025-01-02T10:00:00Z", "parameters": {"lane": 2}, "resultQuality": {"q": "good"}}
            """);
        long wind = there.create("/Things(2)/MultiDatastreams", MULTI);
        there.create(
                "/MultiDatastreams(" + wind + ")/Observations",
                SensorThingsScenario.observation("2025-01-01T10:00:00Z", "[3.5,270]"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ServiceCopy.Report copy() {
        return here.town.in(() ->
                new ServiceCopy(context.getBean(EntityCopies.class), new RemoteService(root, ""), told::add).run());
    }

    /// Names and values without ids, which are others here.
    private static String content(SensorThingsScenario town) {
        return String.join(
                "\n",
                town.names("/Things?$orderby=name"),
                town.names("/Locations?$orderby=name"),
                town.list("/HistoricalLocations?$orderby=time", "time"),
                town.names("/Things?$filter=Locations/name eq 'dort'"),
                town.names("/Datastreams?$orderby=name"),
                town.list("/Datastreams?$orderby=name", "unitOfMeasurement"),
                town.names("/Datastreams?$filter=Thing/name eq 'Kirche' and ObservedProperty/name eq 'Anzahl'"),
                town.names("/MultiDatastreams"),
                town.list("/MultiDatastreams", "unitOfMeasurements"),
                town.names("/ObservedProperties?$filter=MultiDatastreams/any()&$orderby=name"),
                town.list("/Observations?$top=10000&$orderby=phenomenonTime,result", "result"),
                town.list("/Observations?$filter=parameters/lane eq 2", "validTime"),
                town.list("/Observations?$filter=parameters/lane eq 2", "resultQuality"),
                town.names("/FeaturesOfInterest?$orderby=name&$filter=Observations/any()"));
    }

    @Test
    void everythingIsHereAfterwards() {
        ServiceCopy.Report report = copy();
        assertThat(report.observations()).isEqualTo(2_502);
        assertThat(report.refused()).isZero();
        assertThat(report.entities()).containsEntry("Things", 2).containsEntry("MultiDatastreams", 1);
        assertThat(content(here)).isEqualTo(content(there));
        assertThat(told).contains("Things: 2", "Observations: 2,502");
    }

    @Test
    void aSecondCopyAddsNothing() {
        copy();
        ServiceCopy.Report again = copy();
        assertThat(again.entities()).isEmpty();
        assertThat(again.observations()).isZero();
        assertThat(content(here)).isEqualTo(content(there));
    }

    @Test
    void aCopyThatWasStoppedGoesOn() {
        for (int stop = 3; stop < 40 && !content(here).equals(content(there)); stop += 4) {
            failAfter.set(stop);
            try {
                copy();
            } catch (Problem stopped) {
                assertThat(stopped.name()).isEqualTo("service-unreadable");
            }
        }
        failAfter.set(Integer.MAX_VALUE);
        copy();
        assertThat(content(here)).isEqualTo(content(there));
    }

    @Test
    void whatIsNoServiceIsSaid() {
        assertThatThrownBy(() -> here.town.in(() -> new ServiceCopy(
                                context.getBean(EntityCopies.class), new RemoteService(root + "nowhere", ""), told::add)
                        .run()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("status 404");
    }
}
