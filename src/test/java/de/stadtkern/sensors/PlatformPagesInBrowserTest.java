package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.EntityModel;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

/// The data explorer, the pages of data sets and those on which editors change something or begin in a browser, with
/// pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformPagesInBrowserTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private SensorThingsScenario sta;
    private TestTown town;
    private PeopleScenario.Browser steward;
    private int number;

    @BeforeAll
    void aTownThatMeasures() {
        sta = new SensorThingsScenario(context, port);
        town = sta.town;
        for (String name : List.of("Markt", "Kirche")) {
            long datastream = sta.datastream(name);
            for (int day = 1; day < 20; day++) {
                sta.observe(datastream, "2025-06-%02dT10:00:00Z".formatted(day), String.valueOf(day * day % 17));
            }
        }
        steward = new PeopleScenario(context, town).loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
        steward.fill(
                "/data-sets/new",
                "/data-sets/new",
                "name",
                "Innenräume",
                "description",
                "Was in Gebäuden gemessen wird",
                "openness",
                "internal",
                "thing-2",
                "on");
    }

    private String body(String path) {
        return town.get(path).body();
    }

    @Test
    void theExplorerShowsTheAddressItAsks() {
        String answer = body("/explorer?set=Things&filter=name%20eq%20%27Markt%27&expand=Datastreams");
        assertThat(answer)
                .contains("Things?$filter=name eq 'Markt'&amp;$expand=Datastreams&amp;$top=100&amp;$count=true")
                .contains("/sta/v1.1/Things?$filter=name%20eq%20%27Markt%27&amp;$expand=Datastreams")
                .contains("curl 'http://")
                .contains(">Reihe Markt (1)<");
        assertThat(town.get("/explorer?set=Things&filter=colour%20eq%201").statusCode())
                .isEqualTo(422);
        assertThat(body("/explorer?set=Observations&datastream=4711"))
                .contains("Diese Nummer gibt es nicht.", "<q lang=\"en\">Datastreams(4711) does not exist.</q>");
        assertThat(body("/explorer?set=Observations&datastream=1&from=2025-06-01&to=2025-06-03&by=day&method=max"))
                .contains("bucket(phenomenonTime,'day')")
                .contains("chart-drawing");
    }

    @Test
    void theExplorerOffersTheDatastreamsThereAreAndAsksForWholeWeeks() {
        assertThat(body("/explorer?set=Observations&do=choose"))
                .contains("list=\"datastream-choices\"", "<option value=\"1\">Markt – Reihe Markt</option>");
        assertThat(body("/explorer?set=Observations&datastream=1&from=2025-06-04&to=2025-06-05&by=week&method=sum"))
                .as("from Monday to Sunday")
                .contains("phenomenonTime ge 2025-06-01T22:00:00Z and phenomenonTime lt 2025-06-08T22:00:00Z");
    }

    @Test
    void whatTheApiRefusesIsSaidInThePagesLanguageAndOnceInItsOwn() {
        String refusal = "Thing has no property &#39;colour&#39;";
        String page = body("/explorer?set=Things&filter=colour%20eq%201");
        assertThat(page.replace("'", "&#39;"))
                .contains("Eine Angabe dieses Namens gibt es hier nicht.", "<q lang=\"en\">" + refusal)
                .containsOnlyOnce(refusal);
        assertThat(body("/explorer?set=Things&filter=name%20eq"))
                .contains("Diese Bedingung ist so nicht zu verstehen.", "<q lang=\"en\">");
        assertThat(body("/explorer?set=Things&orderby=colour"))
                .contains("Eine Angabe dieses Namens gibt es hier nicht.");
    }

    /// The address that was built, and how many came; or the field that is wrong.
    private String asked(String question) {
        var answer = town.get("/explorer?" + question);
        String page = HtmlUtils.htmlUnescape(answer.body());
        if (answer.statusCode() != 200) {
            Matcher wrong = Pattern.compile("<a class=\"kern-link\" href=\"#([^\"]+)\">")
                    .matcher(page);
            return answer.statusCode() + " " + (wrong.find() ? wrong.group(1) : "");
        }
        Matcher address =
                Pattern.compile("<code[^>]*>([A-Z][^<]*\\?[^<]*)</code>").matcher(page);
        Matcher count = Pattern.compile("(\\d+) von \\d+ werden gezeigt").matcher(page);
        return (address.find() ? address.group(1) : "no address") + " " + (count.find() ? count.group(1) : "not asked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        set=Things&property-1=name&operator-1=eq&value-1=Markt                                  | Things?$filter=name eq 'Markt'&$top=100&$count=true 1
        set=Things&property-1=name&operator-1=contains&value-1=O'Neill                          | Things?$filter=contains(name,'O''Neill')&$top=100&$count=true 0
        set=Things&property-1=Locations/name&operator-1=startswith&value-1=Ort                  | Things?$filter=startswith(Locations/name,'Ort')&$top=100&$count=true 1
        set=Things&property-1=id&operator-1=gt&value-1=0&property-2=name&operator-2=ne&value-2=X| Things?$filter=id gt 0 and name ne 'X'&$top=100&$count=true 1
        set=Datastreams&property-1=unitOfMeasurement/symbol&value-1=1                           | Datastreams?$filter=unitOfMeasurement/symbol eq '1'&$top=100&$count=true 1
        set=Observations&property-1=result&operator-1=ge&value-1=16                             | Observations?$filter=result ge 16&$top=100&$count=true 2
        set=Observations&property-1=phenomenonTime&operator-1=lt&value-1=2025-06-03             | Observations?$filter=phenomenonTime lt 2025-06-02T22:00:00Z&$top=100&$count=true 2
        set=Observations&property-1=Datastream/Thing/name&value-1=Markt&top=2                   | Observations?$filter=Datastream/Thing/name eq 'Markt'&$top=2&$count=true 2
        set=Observations&filter=result gt 1 or result lt 0&property-1=id&operator-1=gt&value-1=0&top=1 | Observations?$filter=(result gt 1 or result lt 0) and id gt 0&$top=1&$count=true 1
        set=Things&expand-Datastreams=on&expand-Locations=on&expand=HistoricalLocations($top=1) | Things?$expand=Locations,Datastreams,HistoricalLocations($top=1)&$top=100&$count=true 1
        set=Datastreams&expand-LatestObservation=on                                             | Datastreams?$expand=LatestObservation&$top=100&$count=true 1
        set=Observations&by=15min&method=count                                                  | Observations?$apply=groupby((Datastream,bucket(phenomenonTime,'15min')),aggregate($count as result)) 19
        set=Observations&by=year&method=p95                                                     | Observations?$apply=groupby((Datastream,bucket(phenomenonTime,'year')),aggregate($count as count,result with p95 as result)) 1
        """)
    void whatIsClickedBecomesAnAddress(String question, String address) {
        assertThat(asked(question.strip().replace(" ", "%20").replace("$", "%24")))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "set=Nothing, 422 set",
        "set=Things&from=2025-06-01, 422 from",
        "set=Things&datastream=1, 422 datastream",
        "set=Locations&by=day, 422 by",
        "set=Observations&by=day&expand-Datastream=on, 422 expand-Datastream",
        "set=Observations&by=day&select=result, 422 select",
        "set=Observations&by=day&orderby=result, 422 orderby",
        "set=Observations&by=day&top=5, 422 top",
        "set=Observations&by=decade, 422 by",
        "set=Observations&by=day&method=guess, 422 method",
        "set=Things&top=1001, 422 top",
        "set=Things&top=viele, 422 top",
        "set=Things&property-1=colour&value-1=red, 422 property-1",
        "set=Things&value-1=red, 422 property-1",
        "set=Things&property-1=name, 422 value-1",
        "set=Things&property-1=name&operator-1=like&value-1=a, 422 operator-1",
        "set=Things&property-1=id&operator-1=contains&value-1=5, 422 operator-1",
        "set=Things&property-1=name&value-1=A&property-2=id&value-2=fünf, 422 value-2",
        "set=Observations&property-1=phenomenonTime&value-1=gestern, 422 value-1",
        "set=Things&expand=Nothing, 422 expand"
    })
    void whatWouldMeanNothingIsToldAtItsField(String question, String field) {
        assertThat(asked(question.replace("ü", "%C3%BC"))).isEqualTo(field);
    }

    @Test
    void anotherSetAndAnotherConditionAreShownWithoutAsking() {
        assertThat(body("/explorer?set=Locations&do=choose"))
                .contains("value=\"Locations\" selected", "name=\"expand-HistoricalLocations\"")
                .doesNotContain("name=\"from\"", "explorer-answer", "name=\"property-2\"");
        String more = body("/explorer?set=Things&property-1=name&operator-1=ne&value-1=Kirche&do=more");
        assertThat(more)
                .contains("name=\"property-2\"", "value=\"Kirche\"", "value=\"ne\" selected")
                .doesNotContain("explorer-answer", "name=\"property-3\"");
        assertThat(body("/explorer?set=Things&property-5=name&operator-5=eq&value-5=a&do=more"))
                .doesNotContain("name=\"property-6\"", "value=\"more\"");
    }

    @Test
    void aLongAnswerSaysThatItIsCutAndLeadsToTheWhole() {
        assertThat(body("/explorer?set=Observations&expand-Datastream=on&expand-FeatureOfInterest=on&top=19"))
                .contains("Hier stehen die ersten 20.000 Zeichen.")
                .contains(
                        "href=\"/sta/v1.1/Observations?$expand=Datastream%2CFeatureOfInterest&amp;$top=19&amp;$count=true\">Die"
                            + " ganze Antwort");
        assertThat(body("/explorer?set=Things")).doesNotContain("Hier stehen die ersten");
    }

    @Test
    void theModelTellsOfEveryPropertyAndRelationWhatANewEntityNeeds() {
        String page = body("/explorer/model");
        assertThat(body("/explorer/model.csv"))
                .startsWith("entity,part,sort,need")
                .contains("Observation,result,");
        for (EntityModel entity : EntityModel.all()) {
            String section = page.substring(page.indexOf("<h2 id=\"" + entity.name() + "\""));
            section = section.substring(0, section.indexOf("</section>"));
            for (EntityModel.Part part : entity.parts()) {
                assertThat(row(section, part.name()))
                        .as(entity.name() + "/" + part.name())
                        .endsWith(
                                part.isMandatory()
                                        ? "nötig"
                                        : part.isComputed() ? "führt der Dienst selbst" : "möglich");
            }
            for (EntityModel.Way way : entity.ways()) {
                assertThat(row(section, way.name()))
                        .as(entity.name() + "/" + way.name())
                        .isEqualTo("%s %s %s %s"
                                .formatted(
                                        way.name(),
                                        way.target(),
                                        way.isToMany() ? "mehreren" : "einem",
                                        way.isMandatory() ? "nötig" : "möglich"));
                assertThat(section).contains("href=\"#" + way.target() + "\"");
                assertThat(page).contains("<h2 id=\"" + way.target() + "\"");
            }
        }
        assertThat(page).contains("Zeitpunkt, oder Beginn und Ende", "href=\"/sta/v1.1/openapi\"");
        assertThat(row(page.substring(page.indexOf("<h2 id=\"Datastream\"")), "LatestObservation"))
                .isEqualTo("LatestObservation Observation einem nur zum Lesen");
    }

    /// The cells of a row of the model, its name first.
    private static String row(String section, String name) {
        String row = section.substring(section.indexOf(">" + name + "</th>") + 1);
        return row.substring(0, row.indexOf("</tr>"))
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void theTableOfAnAnswerIsSortedAndTakenHome() {
        String asked = "set=Observations&datastream=1&from=2025-06-01&to=2025-06-03&orderby=phenomenonTime";
        assertThat(body("/explorer?" + asked + "&sort=-result"))
                .contains("<a class=\"kern-link kern-link--small\" href=\"/explorer.xlsx?")
                .containsSubsequence("aria-sort=\"descending\"", "2025-06-03T10:00:00Z", "2025-06-02T10:00:00Z");
        assertThat(body("/explorer.csv?" + asked + "&select=phenomenonTime,result"))
                .isEqualTo("phenomenonTime,result\n"
                        + "2025-06-01T10:00:00Z,1\n"
                        + "2025-06-02T10:00:00Z,4\n"
                        + "2025-06-03T10:00:00Z,9\n");
        assertThat(body("/explorer.excel.csv?" + asked + "&select=phenomenonTime,result"))
                .contains("01.06.2025 12:00")
                .contains(";9");
        assertThat(town.get("/explorer.csv?set=Nothing").statusCode()).isEqualTo(400);
        assertThat(town.get("/explorer.doc?set=Things").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsInADataSetIsNotExploredByOthers() {
        assertThat(body("/explorer?set=Things")).contains("Markt").doesNotContain("Kirche");
        assertThat(steward.open("/explorer?set=Things").body()).contains("Kirche");
    }

    @Test
    void everybodyCanUseThePages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("explorer", "/explorer");
        pages.put("model", "/explorer/model");
        pages.put(
                "explorer-conditions",
                "/explorer?set=Things&property-1=name&operator-1=eq&value-1=Markt&expand-Datastreams=on&do=more");
        pages.put("explorer-summary-wrong", "/explorer?set=Observations&by=day&select=result");
        pages.put("explorer-table", "/explorer?set=Things&expand=Datastreams");
        pages.put("explorer-map", "/explorer?set=Locations");
        pages.put("explorer-chart", "/explorer?set=Observations&from=2025-06-01&to=2025-06-20&by=day&method=average");
        pages.put("explorer-values", "/explorer?set=Observations&datastream=1&from=2025-06-01&to=2025-06-20");
        pages.put("explorer-wrong", "/explorer?set=Observations&filter=colour%20eq%201");
        pages.put("data-sets", "/data-sets");
        pages.put("data-set", "/data-sets/1");
        pages.put("data-set-new", "/data-sets/new");
        pages.put("sensor-edit", "/sensors/1/edit");
        pages.put("datastream-edit", "/datastreams/1/edit");
        pages.put("sensor-of-editors", "/sensors/1-markt");
        pages.put("datastream-of-editors", "/datastreams/1-reihe-markt");
        pages.put("begin", "/begin");
        pages.put("passkeys", "/account/passkeys");
        pages.forEach((name, path) -> look(town, steward, name, path));
        TestTown fresh = TestTown.create(context.getBean(Cities.class), port);
        look(
                fresh,
                new PeopleScenario(context, fresh).loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD)),
                "data-sets-none",
                "/data-sets");
    }

    @Test
    void everybodyCanUseAFormThatWasRefused() {
        for (Look look : List.of(new Look("de", 1280, ColorScheme.DARK), new Look("de", 320, ColorScheme.LIGHT))) {
            String language = look.toString();
            Page page = browsers.window(town, look, steward.session());
            page.navigate(town.address("/sensors/1/edit"));
            page.locator("#name").fill("");
            page.locator("#latitude").fill("95");
            page.locator(".form button[type=submit]").click();
            page.locator(".form-errors").waitFor();
            assertThat(page.locator("[aria-invalid]").count()).isEqualTo(2);
            check("sensor-edit-wrong", page, look);
            page.navigate(town.address("/sensors/1/edit"));
            sta.patch("/Things(1)", "{\"description\":\"Neu " + language + "\"}");
            page.locator("#name").fill("Markt 2");
            page.locator(".form button[type=submit]").click();
            assertThat(page.locator(".form-errors").textContent()).contains("Markt");
            assertThat(page.locator("#description").inputValue()).isEqualTo("Neu " + language);
            check("sensor-edit-overtaken", page, look);
            page.navigate(town.address("/datastreams/1/edit"));
            page.locator("#retention").fill("30");
            page.locator(".form button[type=submit]").click();
            page.locator("#confirmed-error").waitFor();
            check("datastream-edit-wrong", page, look);
        }
    }

    private void look(TestTown where, PeopleScenario.Browser who, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = browsers.window(where, look, who.session());
            page.navigate(where.address(path));
            check(name, page, look);
            browsers.close(page);
        }
    }

    private void check(String name, Page page, Look look) {
        Locator map = page.locator("[data-map]");
        if (map.count() > 0) {
            map.scrollIntoViewIfNeeded();
            page.locator("[data-ready=true]").waitFor();
        }
        browsers.look(page, "platform-%s-%s".formatted(name, look));
    }
}
