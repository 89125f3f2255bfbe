package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Texts and the search for them in a browser, with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnowledgeInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private KnowledgeScenario town;
    private KnowledgeScenario empty;
    private PeopleScenario.Browser editor;
    private PeopleScenario.Browser otherEditor;
    private int number;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void aTownWithTexts() {
        empty = new KnowledgeScenario(context, TestTown.create(cities, port));
        otherEditor = empty.people.loggedIn("erik@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        town = new KnowledgeScenario(context, TestTown.create(cities, port));
        editor = town.people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        town.put(
                "{\"id\": \"1\", \"title\": \"Sperrmüll abholen lassen\", \"text\": \"# Abholung\\n"
                        + "Zweimal im Jahr holen die Stadtwerke Sperrmüll ab.\\n"
                        + "# Was es kostet\\n"
                        + "Nichts.\", \"owner\": \"Stadtwerke\", \"updated\": \"2026-11-01\","
                        + " \"hours\": \"Mo-Fr 08:00-18:00; PH off\", \"documents\": [\"Ausweis\", \"Liste\"]}",
                "{\"id\": \"2\", \"title\": \"Living in the town\", \"text\": \"Register within two weeks: Sperrmüll"
                        + " is collected.\", \"language\": \"en\"}");
        town.put(IntStream.range(0, 30)
                .mapToObj(i -> KnowledgeScenario.line("k" + i, "Kita Nummer " + i, "Betreuung im Haus " + i))
                .toArray(String[]::new));
        editor.fill(
                "/knowledge/new/faq",
                "/knowledge/new/faq",
                "name",
                "Häufige Fragen",
                "audience",
                "public",
                "language",
                "de",
                "owner",
                "Bürgerservice",
                "review",
                "2026-01-01");
        editor.fill("/knowledge/import", "/knowledge/import/withdraw");
        editor.fill("/knowledge/import", "/knowledge/import/show");
        editor.fill(
                "/knowledge/new/text",
                "/knowledge/new/text",
                "name",
                "Alte Texte",
                "audience",
                "staff",
                "language",
                "de");
        editor.upload(
                "/knowledge/alte-texte/upload?_form="
                        + editor.tokens("/knowledge/alte-texte").getFirst(),
                Map.of("title", "Altes Amt"),
                "file",
                "amt.txt",
                "Wir helfen.".getBytes(StandardCharsets.UTF_8));
        editor.fill("/knowledge/alte-texte", "/knowledge/alte-texte/withdraw");
    }

    @Test
    void everybodyCanUseTheSearchAndReadTexts() {
        look(town, null, "found", "/search?q=Sperrmüll");
        look(town, null, "meant", "/search?q=Sperrmühl");
        look(town, null, "pages", "/search?q=Kita&page=2");
        look(town, null, "nothing", "/search?q=Einhorn");
        look(town, null, "text", "/texts/1-sperrmuell");
    }

    @Test
    void editorsCanUseTheirPages() {
        look(town, editor, "list", "/knowledge");
        look(empty, otherEditor, "none", "/knowledge");
        look(town, editor, "one", "/knowledge/import");
        look(town, editor, "table", "/knowledge/haeufige-fragen");
        look(town, editor, "withdrawn", "/knowledge/alte-texte");
        look(town, editor, "edit", "/knowledge/haeufige-fragen/edit");
        look(town, editor, "details", "/knowledge/alte-texte/texts/33/edit");
        look(town, editor, "new", "/knowledge/new/services");
        look(town, editor, "new-calendar", "/knowledge/new/calendar");
        look(town, editor, "synonyms", "/knowledge/synonyms");
    }

    @Test
    void aFormWithErrorsSaysThem() {
        Page page = page(town, editor, new Look("de", 320, ColorScheme.DARK));
        page.navigate(town.town.address("/knowledge/new/text"));
        page.locator("button[type=submit].kern-btn--primary").last().click();
        assertThat(page.locator(".form-errors").textContent()).contains("1 bis 200 Zeichen");
        PageCheck.of(page, "knowledge-errors");
        page.navigate(town.town.address("/knowledge/synonyms"));
        page.locator("#lines").fill("nur eines");
        page.locator("button[type=submit].kern-btn--primary").last().click();
        assertThat(page.locator(".form-errors").textContent()).contains("nur eines");
        PageCheck.of(page, "knowledge-synonym-errors");
        assertThat(complaints).isEmpty();
    }

    private void look(KnowledgeScenario where, PeopleScenario.@Nullable Browser who, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = page(where, who, look);
            page.navigate(where.town.address(path));
            PageCheck.of(page, "knowledge-%s-%s".formatted(name, look));
            assertThat(complaints).isEmpty();
        }
    }

    private Page page(KnowledgeScenario where, PeopleScenario.@Nullable Browser who, Look look) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
        open.add(browser);
        if (who != null) {
            browser.addCookies(List.of(new Cookie("session", who.session()).setUrl(where.town.address("/"))));
        }
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of 422")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
