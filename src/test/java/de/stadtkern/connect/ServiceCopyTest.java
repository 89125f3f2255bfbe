package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityCopies;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private final AtomicBoolean isGone = new AtomicBoolean();
    private final AtomicInteger failAfter = new AtomicInteger(Integer.MAX_VALUE);
    private final List<String> told = new ArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    /// What the service elsewhere makes of its answers, and of the addresses it is asked for.
    private UnaryOperator<String> shown = UnaryOperator.identity();
    private UnaryOperator<String> numbers = UnaryOperator.identity();

    @BeforeEach
    void aServiceElsewhere() throws IOException {
        there = new SensorThingsScenario(context, port);
        here = new SensorThingsScenario(context, port);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        root = "http://localhost:%d/other/v1.1/".formatted(server.getAddress().getPort());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString().substring("/other/v1.1".length());
            boolean isOver = failAfter.getAndDecrement() <= 0;
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            HttpResponse<String> answer = there.town.get("/sta/v1.1" + (path.equals("/") ? "" : numbers.apply(path)));
            String slug = there.town.city().slug();
            byte[] body = shown.apply(answer.body().replace("http://" + slug + ".localhost/sta/v1.1/", root))
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
        return here.town.in(() -> new ServiceCopy(context.getBean(EntityCopies.class), service(root), told::add).run());
    }

    private RemoteService service(String address) {
        return new RemoteService(address, "", isGone::get);
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
    void idsThatAreTextsAndATokenAreUnderstoodByTheCommand() throws IOException {
        shown = body -> body.replaceAll("\"@iot.id\":(\\d+)", "\"@iot.id\":\"it's $1\"")
                .replaceAll("(Things|Datastreams)\\((\\d+)\\)", "$1('it''s%20$2')");
        numbers = path -> path.replaceAll("\\('it''s%20(\\d+)'\\)", "($1)");
        List<String> lines = new ArrayList<>();
        assertThat(command(lines)).isZero();
        assertThat(lines).contains("Things: 2 copied", "Observations: 2,502 copied, 0 refused");
        assertThat(tokens).containsExactly("Bearer secret");
        assertThat(content(here)).isEqualTo(content(there));
        there.observe(1, "2026-01-01T10:00:00Z", "77");
        lines.clear();
        assertThat(command(lines)).isZero();
        assertThat(lines)
                .as("the feature of the new place and the Observation")
                .containsExactly("FeaturesOfInterest: 1 copied", "Observations: 1 copied, 0 refused");
        assertThat(content(here)).isEqualTo(content(there));
    }

    private int command(List<String> lines) throws IOException {
        return context.getBean(ImportCommand.class)
                .run(
                        List.of(
                                "--from-sensorthings",
                                root,
                                "--token",
                                "secret",
                                "--town",
                                here.town.city().slug()),
                        new Command.Terminal() {
                            @Override
                            public Path folder() {
                                return Path.of("");
                            }

                            @Override
                            public void line(String text) {
                                lines.add(text);
                            }

                            @Override
                            public void progress(String text) {}

                            @Override
                            public void error(String text) {
                                lines.add("error: " + text);
                            }

                            @Override
                            public boolean isGone() {
                                return false;
                            }
                        });
    }

    @Test
    void whatCannotBeHereIsNamedAndAllElseIsCopied() throws IOException {
        UnaryOperator<String> withoutASensor =
                body -> body.replaceFirst("(\"Sensor\":\\{[^}]*\"@iot.id\":)1\\b", "$14711");
        shown = body -> withoutASensor
                .apply(body)
                .replace("\"name\":\"Kirche\",\"description\":\"Ein Zähler\"", "\"name\":5,\"description\":\"\"");
        List<String> lines = new ArrayList<>();
        assertThat(command(lines)).isEqualTo(1);
        assertThat(lines)
                .contains(
                        "Things(2) left out: 'name' is text.",
                        "Datastreams(1) left out: its Sensor, Sensors(4711), is not among what was copied.",
                        "Datastreams(2) left out: its Thing, Things(2), is not among what was copied.");
        assertThat(here.names("/Things")).isEqualTo("Markt");
        assertThat(here.names("/Sensors")).contains("Lichtschranke");
        shown = UnaryOperator.identity();
        assertThat(copy().leftOut()).isEmpty();
        assertThat(content(here)).as("once it is mended there").isEqualTo(content(there));
    }

    @Test
    void anotherCopyBringsWhatHasComeSince() {
        copy();
        String newest = "2025-01-02T17:39:00Z";
        assertThat(there.totals(1)).isEqualTo("2500 01-01 00:00..01-02 17:39 last 2499");
        there.observe(1, newest, "18");
        there.observe(1, newest, "19");
        there.observe(1, "2026-01-01T10:00:00Z", "20");
        long fresh = there.datastream("Neu");
        there.observe(fresh, "2026-01-01T10:00:00Z", "21");
        assertThat(copy().observations()).isEqualTo(4);
        assertThat(content(here)).isEqualTo(content(there));
        assertThat(copy().observations()).isZero();
        there.observe(1, "2024-12-31T10:00:00Z", "1");
        there.observe(1, "2025-01-01T00:00:30Z", "2");
        assertThat(copy().observations()).as("late ones").isEqualTo(2);
        assertThat(content(here)).isEqualTo(content(there));
        assertThat(here.totals(1)).isEqualTo("2505 12-31 10:00..01-01 10:00 last 20");
    }

    @Test
    void aDatastreamThatWasDeletedHereIsNamedAndAllElseIsCopied() {
        copy();
        here.delete("/Datastreams(1)");
        there.observe(1, "2026-01-01T10:00:00Z", "1");
        there.observe(2, "2026-01-01T10:00:00Z", "2");
        assertThat(copy().leftOut())
                .containsExactly("Datastreams(1)/Observations left out: Datastream 1 does not exist.");
        assertThat(here.totals(2)).endsWith("last 2");
    }

    @Test
    void catchingUpThatWasStoppedGoesOn() {
        copy();
        there.post("/CreateObservations", rows(2_500));
        for (int stop = 10; stop < 60 && !content(here).equals(content(there)); stop += 1) {
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
        assertThat(here.totals(1)).startsWith("5000 ");
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "[\"%s\",%d]"
                        .formatted(Instant.parse("2025-02-01T00:00:00Z").plusSeconds(i), i))
                .collect(Collectors.joining(
                        ",",
                        "[{\"Datastream\":{\"@iot.id\":1},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray\":[",
                        "]}]"));
    }

    @Test
    void whoeverGoesAwayStopsItAndGoesOnLater() {
        AtomicInteger asked = new AtomicInteger();
        numbers = path -> {
            isGone.set(path.startsWith("/Datastreams(1)") && asked.incrementAndGet() == 2);
            return path;
        };
        assertThatThrownBy(this::copy).isInstanceOf(Problem.class).hasMessageContaining("The copy was stopped");
        assertThat(content(here)).isNotEqualTo(content(there));
        isGone.set(false);
        copy();
        assertThat(content(here)).isEqualTo(content(there));
    }

    @Test
    void aSecondCopyIntoTheTownIsToldThatOneIsUnderWay() throws IOException {
        List<String> second = new ArrayList<>();
        numbers = path -> {
            if (path.startsWith("/Sensors") && second.isEmpty()) {
                try {
                    second.add("exit " + command(second));
                } catch (IOException | Problem refused) {
                    second.add(String.valueOf(refused.getMessage()));
                }
            }
            return path;
        };
        assertThat(command(new ArrayList<>())).isZero();
        assertThat(second)
                .containsExactly("A service is being copied into this town already; wait until that has ended, or stop"
                        + " it there with Ctrl-C.");
        assertThat(content(here)).isEqualTo(content(there));
    }

    @Test
    void whatIsNoServiceIsSaid() {
        assertThatThrownBy(() -> here.town.in(
                        () -> new ServiceCopy(context.getBean(EntityCopies.class), service(root + "nowhere"), told::add)
                                .run()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("status 404");
    }
}
