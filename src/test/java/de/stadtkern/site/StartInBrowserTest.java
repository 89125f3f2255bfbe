package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What visitors find on the first page and the map, by keyboard, without scripts, with little to load.
@StadtkernTest
class StartInBrowserTest extends PagesInBrowser {

    @Test
    void theKeyboardReachesTheContentWithTwoKeys() {
        Page page = window(new Visit("start", "measured", "/", "de", 1280, ColorScheme.LIGHT));
        page.keyboard().press("Tab");
        assertThat(focused(page)).isEqualTo("Zum Inhalt springen");
        assertThat(page.locator(".skip-link").boundingBox().y).isNotNegative();
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void theTableOpensByKeyboard() {
        Page page = window(new Visit("start", "measured", "/", "de", 1280, ColorScheme.LIGHT));
        page.locator("main summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("main table").first().isVisible()).isTrue();
    }

    @Test
    void everythingIsThereWithoutScripts() {
        BrowserContext context = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(towns.measured.address("/"));
        assertThat(page.locator(".chart-drawing").count()).isEqualTo(4);
        page.locator("main summary").first().click();
        assertThat(page.locator("main table").first().isVisible()).isTrue();
        page.getByText("English").click();
        assertThat(page.locator("h1").textContent()).isEqualTo("What is measured here");
        page.navigate(towns.measured.address("/"));
        assertThat(page.locator("h1").textContent()).isEqualTo("What is measured here");
    }

    @Test
    void theMapShowsThePointsOfTheListAndLoadsNothingFromElsewhere() {
        Page page = window(new Visit("map", "measured", "/sensors", "de", 1280, ColorScheme.LIGHT));
        page.locator("[data-map]").scrollIntoViewIfNeeded();
        page.locator("[data-ready=true]").waitFor();
        assertThat(page.locator(".maplibregl-ctrl-zoom-in").getAttribute("title"))
                .isEqualTo("Vergrößern");
        browsers.look(page, "map");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sensors"})
    void onPaperThereIsWhatIsSaidAndShownAndNothingElse(String path) {
        Page page = window(new Visit("paper", "measured", path, "de", 1280, ColorScheme.LIGHT));
        PageCheck.onPaper(page, "paper-" + (path.equals("/") ? "start" : "sensors"));
        assertThat(page.locator("#map").isVisible()).isTrue();
    }

    @Test
    void theFirstVisitTakesAtMost250Kilobytes() {
        BrowserContext context = browsers.browser(new Browser.NewContextOptions());
        Page page = context.newPage();
        List<Request> requests = new ArrayList<>();
        page.onRequestFinished(requests::add);
        page.navigate(towns.growing.address("/"));
        page.waitForLoadState(LoadState.NETWORKIDLE);
        int bytes = requests.stream()
                .map(Request::sizes)
                .mapToInt(sizes -> sizes.responseHeadersSize + sizes.responseBodySize)
                .sum();
        assertThat(requests).hasSizeGreaterThan(4);
        assertThat(bytes).as("bytes of %d answers", requests.size()).isBetween(60_000, 250_000);
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
    }
}
