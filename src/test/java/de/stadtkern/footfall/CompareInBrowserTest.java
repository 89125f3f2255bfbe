package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import de.stadtkern.Look;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Comparisons, the index and effects of events in a browser, with pictures in `target/screens`.
class CompareInBrowserTest extends CountersInBrowser {

    private CountingTown town;
    private CountingTown young;
    private CountingTown empty;

    @BeforeAll
    void towns() {
        empty = new CountingTown(context, TestTown.create(cities, port));
        young = new CountingTown(context, TestTown.create(cities, port));
        young.hour(
                Instant.now()
                        .truncatedTo(ChronoUnit.HOURS)
                        .minus(30, ChronoUnit.HOURS)
                        .toString(),
                12);
        young.register("jung");
        young.keep();
        town = new CountingTown(context, TestTown.create(cities, port));
        town.place(
                "markt",
                "Vor dem Rathaus am Markt",
                new FootfallScenario("2025-01-01", "2026-06-30", 1, 5)
                        .change("2026-03-21", 10, 10, count -> 2 * count)
                        .series());
        town.place(
                "dom",
                "Domplatz",
                new FootfallScenario("2025-01-01", "2026-06-30", 2, 5)
                        .missing("2026-05-11", 6, 40)
                        .missing("2026-02-01", 0, 24 * 28)
                        .series());
        town.keep();
        town.editor.fill(
                "/counters/basket",
                "/counters/basket",
                "counter-1",
                "on",
                "counter-2",
                "on",
                "from",
                "2025-01",
                "to",
                "2025-12");
    }

    @Test
    void everybodyCanUseThePages() {
        String may = "?place=markt&place=dom&from=2026-05-04&to=2026-05-31";
        look(empty, "compare-none", "/footfall/compare");
        look(young, "compare-one-hour", "/footfall/compare");
        look(town, "compare", "/footfall/compare" + may);
        look(town, "compare-year", "/footfall/compare" + may + "&with=year&days=shop&open=10&close=20");
        look(town, "compare-places", "/footfall/compare" + may + "&with=none");
        look(town, "compare-few", "/footfall/compare?place=dom&from=2026-05-11&to=2026-05-12");
        look(town, "compare-nothing", "/footfall/compare?place=dom&from=2026-02-09&to=2026-02-10");
        look(town, "compare-wrong", "/footfall/compare?place=markt&from=2026-05-31&to=2026-05-01");
        look(town, "month", "/footfall/month?month=2026-06&place=markt,dom");
        look(town, "month-gap", "/footfall/month?month=2026-02&place=dom");
        look(town, "month-wrong", "/footfall/month?month=Mai");
        look(empty, "month-none", "/footfall/month");
        look(town, "index", "/footfall/index?until=2026-06");
        look(empty, "index-none", "/footfall/index");
        look(town, "effect", "/footfall/effect?event=Stadtfest&place=markt&control=dom&from=2026-03-21");
        look(town, "effect-unknown", "/footfall/effect?place=dom&from=2026-05-12");
        look(town, "effect-wrong", "/footfall/effect?place=markt&control=markt");
        look(empty, "effect-none", "/footfall/effect");
        look(young, "effect-one-hour", "/footfall/effect");
    }

    @Test
    void editorsCanUseTheBasket() {
        look(town, "basket", "/counters/basket");
        look(empty, "basket-none", "/counters/basket");
    }

    @Test
    void otherPagesCanShowThem() {
        for (String path : List.of(
                "/embed/footfall/compare?place=markt&place=dom&from=2026-05-04&to=2026-05-31",
                "/embed/footfall/index?until=2026-06",
                "/embed/footfall/effect?place=markt&control=dom&from=2026-03-21")) {
            Page page = page(town, Look.two(0).getFirst());
            page.navigate(address(town, path));
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(java.nio.file.Path.of("target/screens", "footfall-embed-%d.png".formatted(number++))));
            assertThat(page.locator("h1").count()).isEqualTo(1);
            assertThat(page.locator(".chart").count()).isPositive();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aPlaceIsAddedAndLeftOutWithoutScripts() {
        BrowserContext browser =
                TestBrowser.get().newContext(Look.two(0).getFirst().context().setJavaScriptEnabled(false));
        open.add(browser);
        Page page = browser.newPage();
        page.navigate(address(town, "/footfall/compare?place=markt&from=2026-05-04&to=2026-05-31"));
        page.locator("#place").selectOption("dom");
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("section table").first().textContent()).contains("Domplatz", "Rathaus");
        page.locator("main ul.plain a").first().click();
        assertThat(page.locator("section table").first().textContent())
                .contains("Domplatz")
                .doesNotContain("Rathaus");
    }
}
