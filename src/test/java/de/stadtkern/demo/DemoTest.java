package de.stadtkern.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import de.stadtkern.connect.ImportListener;
import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Imports;
import de.stadtkern.connect.Mapping;
import de.stadtkern.connect.SourceFile;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@StadtkernTest
class DemoTest {

    @Autowired
    Cities cities;

    @Autowired
    Imports imports;

    @Autowired
    MeasuringPoints points;

    @Autowired
    Simulator simulator;

    @Autowired
    ApplicationContext context;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping handlers;

    @LocalServerPort
    int port;

    @Test
    void theBeginningOfEachDemoFileIsImportedWithoutARefusal() throws IOException {
        City town = cities.create(NewCity.named("demo-slice", "Ausschnitt"));
        for (String file : DemoCounts.FILES) {
            ImportReport report = CityContext.call(town, () -> importBeginning(file));
            assertThat(report.refusals()).isEmpty();
        }
        assertThat(series(town)).isEqualTo("""
            Münster, Zählstelle 100031297, Radfahrende je Stunde: 6000
            Zürich, Bahnhofstrasse Süd, Fußgängerinnen und Fußgänger je Stunde, Bahnhofstrasse Süd: 6000\
            """);
    }

    private ImportReport importBeginning(String name) throws IOException {
        String mapping = new ClassPathResource("demo/" + name + ".yaml").getContentAsString(StandardCharsets.UTF_8);
        try (InputStream packed = new ClassPathResource("demo/" + name + ".csv.gz").getInputStream();
                InputStream plain = new GZIPInputStream(packed)) {
            byte[] beginning = new String(plain.readNBytes(600_000), StandardCharsets.UTF_8)
                    .lines()
                    .limit(6_001)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            return imports.run(
                    new SourceFile(name, beginning.length, () -> new ByteArrayInputStream(beginning)),
                    Mapping.read(mapping),
                    new ImportListener() {});
        }
    }

    @Test
    void thePilotPointsGetAWeekOfValuesThatSayTheyAreSimulated() {
        City town = cities.create(NewCity.named("demo-simulated", "Simuliert"));
        Instant now = Instant.parse("2026-11-20T12:07:00Z");
        CityContext.run(town, () -> simulator.runUntil(now));
        CityContext.run(town, () -> simulator.runUntil(now.plusSeconds(900)));
        assertThat(series(town).lines().filter(line -> line.contains("Viertelstunde")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains(" (simuliert)"));
        assertThat(CityContext.call(town, points::list).stream()
                        .flatMap(point -> point.series().stream())
                        .map(series -> series.properties().get("simulated")))
                .containsOnly(true);
    }

    @Test
    void thePilotPointsBecomeCountersOnceAndSayWhatTheyAre() throws IOException {
        TestTown town = TestTown.of(
                cities.create(NewCity.named("demo-counters", "Zählt (Demo)").asDemo()), port);
        CityContext.run(town.city(), () -> simulator.runUntil(Instant.parse("2026-11-20T12:07:00Z")));
        CityContext.run(town.city(), context.getBean(DemoCounters.class)::run);
        CityContext.run(town.city(), context.getBean(DemoCounters.class)::run);
        String page = town.get("/footfall").body();
        assertThat(page.split("href=\"/footfall/marktplatz-simuliert\"", -1)).hasSize(3);
        assertThat(town.get("/footfall/marktplatz-simuliert/sign").body())
                .contains("Nichts: Hier steht kein Gerät.")
                .contains("Diese Zahlen sind erfunden.");
        cities.remove(town.city(), "Zählt (Demo)");
    }

    @Test
    void everyPageOfTheDemoTownSaysThatItIsOne() throws IOException {
        TestTown town = TestTown.of(
                cities.create(NewCity.named("demo-pages", "Jena (Demo)").asDemo()), port);
        CityContext.run(town.city(), () -> simulator.runUntil(Instant.parse("2026-11-20T12:07:00Z")));
        var people = new PeopleScenario(context, town);
        var admin = people.loggedIn("ada@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        List<String> paths = new ArrayList<>(List.of("/sensors/1", "/datastreams/1", "/nowhere"));
        handlers.getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> !path.contains("{") && !path.contains("*") && !path.startsWith("/test/"))
                .forEach(paths::add);
        int pages = 0;
        for (String path : paths) {
            var answer = admin.open(path);
            var elsewhere = answer.headers().firstValue("Location");
            if (elsewhere.isPresent()) {
                answer = admin.open(elsewhere.get().replaceFirst("^https?://[^/]*", ""));
            }
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (type.startsWith("text/html")) {
                pages++;
                assertThat(answer.body()).as(path).contains("<strong>Demonstration.</strong>");
            }
        }
        assertThat(pages).as("pages among " + paths).isGreaterThan(25);
        // The command that removes the demo takes the first one it finds.
        cities.remove(town.city(), town.city().name());
    }

    @Test
    void aSimulatedValueIsTheSameEachTimeAndFollowsTheDay() {
        var noon = Instant.parse("2026-11-20T12:00:00Z").atZone(ZoneId.of("Europe/Berlin"));
        PilotPoint point = PilotPoint.ALL.getFirst();
        assertThat(point.count(noon)).isEqualTo(point.count(noon)).isGreaterThan(50);
        assertThat(point.count(noon.minusHours(9))).isLessThan(20);
    }

    private String series(City town) {
        return CityContext.call(town, points::list).stream()
                .flatMap(point -> point.series().stream()
                        .map(series -> "%s, %s: %d".formatted(point.name(), series.name(), series.count())))
                .collect(Collectors.joining("\n"));
    }
}
