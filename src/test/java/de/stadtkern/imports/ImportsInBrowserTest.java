package de.stadtkern.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The pages of imports in a browser, each state, with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportsInBrowserTest {

    private static final String COUNTS = """
        Zeit;Anzahl;Temperatur (°C)
        01.05.2026 10:00;112;12,5
        01.05.2026 11:00;154;13,1
        01.05.2026 12:00;;14,0
        01.05.2026 13:00;viele;14,2
        """;

    private static final Look WIDE = new Look("de", 1280, ColorScheme.LIGHT);
    private static final Look NARROW = new Look("de", 320, ColorScheme.LIGHT);

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private TestTown town;
    private ImportDeskScenario desk;
    private int number;
    private final Map<String, String> pages = new HashMap<>();

    record Visit(String name, Look look) {
        @Override
        public String toString() {
            return "imports-%s-%s".formatted(name, look);
        }
    }

    @BeforeAll
    void aTownWithImportsInEveryState() {
        town = TestTown.create(cities, port);
        desk = new ImportDeskScenario(context, town);
        String saved = desk.begin("mai.csv", COUNTS);
        desk.press(saved, "save", "mapping-name", "Zählung am Markt", "name", "Markt");
        pages.put("mappings", "/imports/mappings");
        pages.put("mapping", "/imports/mappings/1");
        pages.put("draft", saved);
        String text = desk.begin("text.csv", COUNTS);
        desk.press(text, "text");
        pages.put("text", text);
        String checked = desk.begin("geprüft.csv", COUNTS);
        desk.press(
                checked,
                "check",
                "use-1",
                "Anzahl",
                "v1-kind",
                "number",
                "v1-name",
                "A",
                "v1-unit",
                "Stück",
                "v1-property",
                "P");
        desk.end(checked);
        pages.put("checked", checked);
        String done = desk.begin("fertig.csv", COUNTS);
        desk.press(
                done,
                "start",
                "use-1",
                "Anzahl",
                "v1-kind",
                "number",
                "v1-name",
                "A",
                "v1-unit",
                "Stück",
                "v1-property",
                "P");
        desk.end(done);
        pages.put("done", done);
        pages.put("same", desk.begin("fertig.csv", COUNTS));
        String nothing = desk.begin("nichts.csv", "Zeit;Anzahl\n01.05.2026 10:00;1\n01.05.2026 11:00;2\n");
        desk.press(nothing, "start", "pattern", "iso");
        desk.end(nothing);
        pages.put("nothing", nothing);
        String back = desk.begin("zurück.csv", "Zeit;Anzahl\n01.05.2026 10:00;1\n");
        desk.press(back, "start");
        desk.end(back);
        desk.editor.fill(back, back + "/take-back");
        desk.end(back);
        pages.put("back", back);
        String head = IntStream.range(0, 200).mapToObj(i -> "Wert " + i).collect(Collectors.joining(";"));
        String line = IntStream.range(0, 200).mapToObj(String::valueOf).collect(Collectors.joining(";"));
        pages.put("wide", desk.begin("breit.csv", "Zeit;" + head + "\n01.05.2026 10:00;" + line + "\n"));
        String stopped = desk.begin("angehalten.csv", COUNTS);
        desk.press(stopped, "preview", "name", "Anderswo");
        desk.execute("update import_job set task = 'import', state = 'cancelled', started_at = now(), ended_at = now()"
                + " where file_name = 'angehalten.csv'");
        pages.put("stopped", stopped);
        String running = desk.begin("läuft.csv", COUNTS);
        desk.execute("""
            update import_job set task = 'import', state = 'running', claimed_until = now() + interval '1 day',
              report = (select report || '{"percent": 42}' from import_job where file_name = 'fertig.csv' and report is not null)
            where file_name = 'läuft.csv'
            """);
        pages.put("running", running);
        String failed = desk.begin("kaputt.csv", COUNTS);
        desk.execute("update import_job set task = 'import', state = 'failed', problem = 'The file has no column"
                + " ''Zeit''.', problem_name = 'file-columns', problem_facts = array['Zeit', 'Uhrzeit, Anzahl']"
                + " where file_name = 'kaputt.csv'");
        pages.put("failed", failed);
        pages.put("list", "/imports");
    }

    Stream<Visit> visits() {
        return Stream.of(
                        "list",
                        "draft",
                        "text",
                        "same",
                        "checked",
                        "running",
                        "stopped",
                        "failed",
                        "done",
                        "nothing",
                        "back",
                        "wide",
                        "mappings",
                        "mapping")
                .flatMap(this::twice);
    }

    private Stream<Visit> twice(String name) {
        return Look.two(number++).stream().map(look -> new Visit(name, look));
    }

    @ParameterizedTest
    @MethodSource("visits")
    void everybodyCanUseThePage(Visit visit) {
        Page page = window(visit.look());
        page.navigate(town.address(pages.getOrDefault(visit.name(), "")));
        page.locator("details").evaluateAll("all => all.forEach(one => one.open = true)");
        browsers.look(page, visit.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/imports", "/imports/mappings"})
    void whereNothingIsItSaysSo(String path) {
        TestTown fresh = TestTown.create(cities, port);
        String session = new ImportDeskScenario(context, fresh).editor.session();
        for (Look look : Look.two(number++)) {
            Page page = browsers.window(fresh, look, session);
            page.navigate(fresh.address(path));
            assertThat(page.locator(".nothing").count()).isEqualTo(1);
            browsers.look(page, "imports-none%s-%s".formatted(path.replace('/', '-'), look));
        }
    }

    @Test
    void aFormWithErrorsSaysThemAtTheirFields() {
        Page page = window(WIDE);
        page.navigate(town.address(pages.getOrDefault("draft", "")));
        page.locator("[name=time]").selectOption("");
        page.locator("button[value=check]").click();
        assertThat(page.locator(".form-errors").textContent()).contains("Wählen Sie die Spalte mit der Zeit.");
        browsers.look(page, "imports-wrong-de-1280");
        page.navigate(town.address("/imports"));
        page.locator("[type=file]").setInputFiles(new FilePayload("leer.csv", "text/csv", new byte[0]));
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".kern-error").textContent()).contains("Wählen Sie eine Datei, die nicht leer ist.");
        browsers.look(page, "imports-empty-de-1280");
    }

    @Test
    void whatIsOpenedKeepsItsFieldsApart() {
        Page page = window(WIDE);
        page.navigate(town.address(pages.getOrDefault("draft", "")));
        page.locator("details").evaluateAll("all => all.forEach(one => one.open = true)");
        assertThat((List<?>) page.evaluate("""
            [...document.querySelectorAll('main details > :is(.kern-form-input, .kern-fieldset, .kern-btn)')]
              .filter(one => one.getBoundingClientRect().top - one.previousElementSibling.getBoundingClientRect().bottom < 12)
              .map(one => one.textContent.trim().slice(0, 40))
            """))
                .as("fields close to what stands above them")
                .isEmpty();
        assertThat(page.locator("main details .kern-form-input").count()).isGreaterThan(2);
    }

    @Test
    void thePreviewFollowsEveryChange() {
        Page page = window(WIDE);
        page.navigate(town.address("/imports"));
        page.locator("[type=file]")
                .setInputFiles(new FilePayload("juni.csv", "text/csv", COUNTS.getBytes(StandardCharsets.UTF_8)));
        page.locator("main form button[type=submit]").first().click();
        page.locator("#duration").selectOption("PT1H");
        page.locator("[data-fresh=preview]:has-text('11:00 Uhr bis')").waitFor();
        page.locator("#use-1").uncheck();
        page.locator("[data-fresh=values]:not(:has-text('Anzahl“'))").waitFor();
        page.locator("#use-1").check();
        page.locator("[data-fresh=preview]:has-text('112 Anzahl')").waitFor();
        assertThat(page.locator("[data-fresh=values]").textContent()).contains("Messwerte aus „Anzahl“");
    }

    @Test
    void progressShowsByItselfAndOnAnotherDevice() {
        Page page = window(WIDE);
        Page phone = window(NARROW);
        String job = desk.begin("lang.csv", ImportDeskScenario.minutes(40_000));
        page.navigate(town.address(job));
        page.locator("button[value=start]").click();
        phone.navigate(town.address(job));
        page.locator("text=Die Datei ist eingelesen.").waitFor();
        phone.locator("text=Die Datei ist eingelesen.").waitFor();
        assertThat(page.locator(".counts").textContent()).contains("40.000");
    }

    @Test
    void everythingWorksByKeyboardAndWithoutScripts() {
        BrowserContext plain = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Browsers.logIn(plain, town, desk.editor.session());
        Page page = plain.newPage();
        page.navigate(town.address("/imports"));
        page.locator("[type=file]")
                .setInputFiles(new FilePayload("ohne.csv", "text/csv", COUNTS.getBytes(StandardCharsets.UTF_8)));
        page.locator("main form button[type=submit]").first().focus();
        page.keyboard().press("Enter");
        page.locator("#name").fill("Ohne Skript");
        page.keyboard().press("Enter");
        page.locator("[data-fresh=preview]:has-text('Ohne Skript')").waitFor();
        assertThat(page.locator("[data-fresh=preview]").textContent()).contains("Ohne Skript, Temperatur");
        page.locator("button[value=start]").focus();
        page.keyboard().press("Enter");
        page.locator("[data-fresh=job]").waitFor();
        for (int look = 0; look < 100 && page.locator(".without-script a").count() > 0; look++) {
            page.locator(".without-script a").click();
        }
        assertThat(page.locator("main").textContent()).contains("Die Datei ist eingelesen.", "Ohne Skript, Temperatur");
    }

    private Page window(Look look) {
        return browsers.window(town, look, desk.editor.session());
    }
}
