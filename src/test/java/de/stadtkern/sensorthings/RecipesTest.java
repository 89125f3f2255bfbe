package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What `docs/sensorthings.md` and `docs/api.md` show is what works: every address is asked, and the recipes are run
/// where
/// their programs are installed.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecipesTest {

    private static final Path GUIDE = Path.of("docs/sensorthings.md");
    private static final String HOST = "http://localhost:8080";
    private static final String SETS =
            "Things|Locations|HistoricalLocations|Datastreams|Sensors|ObservedProperties|Observations|FeaturesOfInterest";

    /// `Things?…`, `Datastreams(5)/Observations`, `Things/$count`; a set alone, or with a way behind it, is only spoken
    /// of.
    private static final Pattern ADDRESS = Pattern.compile("(?:%s)(?:\\?|\\(\\d+\\)|/\\$count)[^…]*".formatted(SETS));

    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?)```");
    private static final Pattern CODE = Pattern.compile("(?<![`\\w])`([^`\n]+)`");
    private static final Pattern WHOLE = Pattern.compile(HOST + "(/sta/v1\\.1/[^'\"`\\s]*)");
    private static final Pattern QUOTED = Pattern.compile("\"/((?:%s)[^\"]*)\"".formatted(SETS));

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private String key = "";

    /// Of the host name by which every program finds it.
    @BeforeAll
    void aTownWithFiveSensors() {
        NewCity plain = NewCity.named("recipes", "Rezepte");
        sta = new SensorThingsScenario(
                context,
                TestTown.of(
                        cities.create(new NewCity(
                                plain.slug(),
                                plain.name(),
                                plain.ars(),
                                List.of("127.0.0.1"),
                                plain.zone(),
                                plain.languages(),
                                plain.colour(),
                                plain.logo(),
                                plain.legal(),
                                plain.demo())),
                        port));
        for (String name : List.of("Markt", "Kirche", "Bahnhof", "Park", "Schule")) {
            long datastream = sta.datastream(name);
            for (int hour = 0; hour < 10; hour++) {
                sta.observe(datastream, "2025-06-01T0%d:00:00Z".formatted(hour), String.valueOf(18 + hour));
            }
        }
        var admin =
                new PeopleScenario(context, sta.town).loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        Matcher made = Pattern.compile("stadtkern_[A-Za-z0-9_-]{43}")
                .matcher(admin.fill("/keys", "/keys", "name", "r", "days", "30", "area", "platform", "role", "editor")
                        .body());
        assertThat(made.find()).isTrue();
        key = made.group();
    }

    @Test
    void everyAddressIsAnswered() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (Path file : List.of(GUIDE, Path.of("docs/api.md"))) {
            String text = Files.readString(file);
            CODE.matcher(text).results().forEach(found -> keep(found.group(1), addresses));
            for (MatchResult block : BLOCK.matcher(text).results().toList()) {
                String lines = block.group(2).replaceAll("\n\\s+", "");
                if (block.group(1).isEmpty() && !lines.startsWith("curl")) {
                    keep(lines.strip().replace(HOST, ""), addresses);
                } else {
                    QUOTED.matcher(lines).results().forEach(found -> keep(found.group(1), addresses));
                    WHOLE.matcher(lines).results().forEach(found -> keep(found.group(1), addresses));
                }
            }
        }
        assertThat(addresses)
                .hasSizeGreaterThan(25)
                .allSatisfy(address ->
                        assertThat(sta.outcome("/" + address)).as(address).isEqualTo("200"));
    }

    /// Without the root of the service, with a time for Grafana's words, and percent-encoded as far as a program does.
    private static void keep(String text, List<String> addresses) {
        String address = text.replace("/sta/v1.1/", "")
                .replace("${__timeFrom:date:iso}", "2025-05-01T00:00:00.000Z")
                .replace("${__timeTo:date:iso}", "2025-07-01T00:00:00.000Z")
                .replaceAll("\\$apply=$", "");
        boolean isWritten = address.matches("(CreateObservations|\\$batch).*");
        if (ADDRESS.matcher(address).matches() && !isWritten) {
            addresses.add(address.replace("^", "%5E"));
        }
    }

    /// What the provider of QGIS asks, as its source has it: the number and the geometries there are, what lies in the
    /// map's
    /// extent page by page, and expanded to the newest Observations.
    @Test
    void whatQgisAsksIsAnswered() {
        JsonAnswers answers = new JsonAnswers(sta);
        assertThat(answers.count("/Locations?$top=0&$count=true&$filter=location/type eq 'Point' or"
                        + " location/geometry/type eq 'Point'"))
                .isEqualTo(5);
        assertThat(answers.count("/Locations?$top=0&$count=true&$filter=location/type eq 'Polygon' or"
                        + " location/geometry/type eq 'Polygon'"))
                .isZero();
        assertThat(sta.pages(
                        "/Locations?$filter=(location/type eq 'Point' or location/geometry/type eq 'Point') and"
                                + " (geo.intersects(location, geography'POLYGON((11.5 50.8, 11.7 50.8, 11.7 51, 11.5"
                                + " 51, 11.5 50.8))'))&$top=2&$count=false",
                        "name"))
                .isEqualTo("Ort Markt, Ort Kirche | Ort Bahnhof, Ort Park | Ort Schule");
        assertThat(sta.json("/Locations(1)?$expand=Things($expand=Datastreams($top=10;$expand=Observations("
                                + "$orderby=phenomenonTime desc;$top=1)))")
                        .at("/Things/0/Datastreams/0/Observations/0/result")
                        .asInt())
                .isEqualTo(27);
    }

    private record JsonAnswers(SensorThingsScenario sta) {
        int count(String path) {
            return sta.json(path).get("@iot.count").asInt();
        }
    }

    @Test
    void whatStandsThereForCurlReadsAndWrites() throws Exception {
        assumeTrue(isThere("curl", "--version"));
        for (Path file : List.of(GUIDE, Path.of("docs/api.md"))) {
            for (String script : scripts(file, file.equals(GUIDE) ? "sh" : "")) {
                String out = run("bash", "-c", "set -e; curl() { command curl -sS --fail \"$@\"; echo; }; " + script);
                assertThat(out).as(script).contains("\"name\":\"Markt\"");
            }
        }
        assertThat(sta.list(
                        "/Datastreams(5)/Observations?$filter=result gt 21 and phenomenonTime ge"
                                + " 2025-06-01T11:00:00Z",
                        "result"))
                .startsWith("21.5, 22");
        assertThat(sta.json("/Things(1)").get("description").asString()).isEqualTo("an der Südseite");
    }

    @Test
    void whatStandsThereForPythonReadsTablesAndPages() throws Exception {
        String python = List.of("python3", "/usr/bin/python3").stream()
                .filter(one -> isThere(one, "-c", "import pandas, requests"))
                .findFirst()
                .orElse("");
        assumeTrue(!python.isEmpty());
        String script = scripts(GUIDE, "python").stream()
                .filter(one -> one.contains("pandas"))
                .findFirst()
                .orElseThrow();
        assertThat(run(python, "-c", script.replace("top=100", "top=2").replace("# session", "session")))
                .contains("2025-06-01", "Markt [{'type': 'Point', 'coordinates': [11.58, 50.92]}]", "Schule [");
    }

    @Test
    void whatStandsThereForRReadsTablesAndSummaries() throws Exception {
        assumeTrue(isThere("Rscript", "-e", "library(jsonlite)"));
        assertThat(run("Rscript", "-e", scripts(GUIDE, "r").getFirst()))
                .contains("phenomenonTime", "2025-06-01", "mean", "\"Markt\"", "\"Schule\"");
    }

    /// Blocks of a language, spoken to this town with its key.
    private List<String> scripts(Path file, String language) throws IOException {
        List<String> scripts = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(Files.readString(file)).results().toList()) {
            if (block.group(1).equals(language) && block.group(2).contains(HOST)) {
                scripts.add(
                        block.group(2).replace(HOST, "http://127.0.0.1:" + port).replace("stadtkern_…", key));
            }
        }
        assertThat(scripts).isNotEmpty();
        return scripts;
    }

    private static boolean isThere(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
