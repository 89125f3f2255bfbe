package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import de.stadtkern.StadtkernTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A chart in a browser: read, cut, saved, printed, and fresh while it is open.
@StadtkernTest
class ChartInBrowserTest extends PagesInBrowser {

    @Test
    void anOpenPageShowsANewValueWithoutBeingLoadedAgain() {
        Page page = window(new Visit("live", "live", "/datastreams/1-boote", "de", 1280, ColorScheme.LIGHT));
        assertThat(page.locator(".latest").textContent()).contains("Noch kein Wert");
        towns.boats.value(Instant.now(), 4711);
        page.locator(".latest >> text=4.711").waitFor();
    }

    @Test
    void aValueOfTheChartIsReadByKeyboard() {
        Page page = window(new Visit("read", "measured", VisitedTowns.COMPARED, "de", 1280, ColorScheme.LIGHT));
        Locator slider = page.getByLabel("Werte ablesen");
        slider.focus();
        String last = String.valueOf(slider.getAttribute("aria-valuetext"));
        page.keyboard().press("Home");
        String first = String.valueOf(slider.getAttribute("aria-valuetext"));
        assertThat(first).matches(".* Uhr: .*Passanten je Stunde: [\\d.]+\u00a0Personen; .*Lufttemperatur: .*");
        assertThat(page.locator("[data-read]").textContent()).isEqualTo(first);
        Object left = marker(page);
        page.keyboard().press("ArrowRight");
        assertThat(marker(page)).isNotEqualTo(left);
        assertThat(page.locator("[data-read]").textContent()).isNotEqualTo(first);
        page.keyboard().press("PageUp");
        page.keyboard().press("End");
        assertThat(slider.getAttribute("aria-valuetext")).isEqualTo(last);
        page.locator(".chart-drawing").first().hover();
        assertThat(slider.getAttribute("aria-valuetext")).isNotEqualTo(last);
    }

    private static Object marker(Page page) {
        return page.locator(".chart-marker").first().getAttribute("d");
    }

    @Test
    void aGapOfTheChartIsReadAsNoValue() {
        Page page = window(new Visit("gap", "measured", "/blocks", "en", 1280, ColorScheme.LIGHT));
        Locator slider = page.getByLabel("Read values").first();
        slider.focus();
        page.keyboard().press("Home");
        for (int day = 1; day < 13; day++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("Friday, 13 March 2026: no value");
    }

    @Test
    void aPartOfTheTimeIsDrawnWithTheMouseAndShownByItself() {
        Page page = window(new Visit("draw", "measured", VisitedTowns.DATASTREAM, "de", 1280, ColorScheme.LIGHT));
        String before = page.url();
        page.locator(".chart-drawing").first().scrollIntoViewIfNeeded();
        BoundingBox box = page.locator(".chart-drawing").first().boundingBox();
        page.mouse().move(box.x + box.width * 0.3, box.y + box.height / 2);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.5, box.y + box.height / 2);
        assertThat(page.locator("[data-read]").textContent()).contains(" – ");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens/chart-part.png")));
        page.mouse().up();
        page.waitForURL(url -> url.contains("from="));
        assertThat(page.url()).matches(".*\\?from=\\d{4}-\\d\\d-\\d\\d&to=\\d{4}-\\d\\d-\\d\\d");
        assertThat(page.getByLabel("Erster Tag").inputValue())
                .isEqualTo(page.url().replaceAll(".*from=([\\d-]+).*", "$1"));
        page.getByText("Üblichen Zeitraum zeigen").click();
        page.waitForURL(before);
        page.goBack();
        page.waitForURL(url -> url.contains("from="));
    }

    @Test
    void theChartIsReadOnAfterNewValuesHaveCome() {
        Page page = window(new Visit("live", "live", "/datastreams/2-enten", "de", 1280, ColorScheme.LIGHT));
        towns.ducks.value(Instant.now(), 815);
        page.locator(".latest >> text=815").waitFor();
        page.locator("[data-read] >> text=815").waitFor();
        towns.ducks.value(Instant.now(), 816);
        page.locator(".latest >> text=816").waitFor();
        page.getByLabel("Werte ablesen").focus();
        page.keyboard().press("Home");
        assertThat(page.getByLabel("Werte ablesen").count()).isEqualTo(1);
        assertThat(page.locator(".chart-marker").count()).isEqualTo(1);
    }

    @Test
    void withoutScriptsNothingOfferedThatOnlyTheyCan() {
        BrowserContext context = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(towns.measured.address(VisitedTowns.DATASTREAM));
        assertThat(page.locator("input[type=range]").isVisible()).isFalse();
        assertThat(page.locator("[data-part]").isVisible()).isFalse();
    }

    @Test
    void theChartIsSavedAsAPicture() {
        Page page = window(new Visit("picture", "measured", VisitedTowns.DATASTREAM, "de", 1280, ColorScheme.LIGHT));
        Download svg =
                page.waitForDownload(() -> page.getByText("Als Bild (SVG)").click());
        assertThat(svg.path()).isNotEmptyFile();
        assertThat(svg.suggestedFilename()).matches("\\d+-[a-z0-9-]+\\.svg");
        Download png =
                page.waitForDownload(() -> page.getByText("Als Bild (PNG)").click());
        assertThat(png.suggestedFilename()).isEqualTo(svg.suggestedFilename().replace(".svg", ".png"));
        png.saveAs(Path.of("target/screens/picture.png"));
        assertThat(Path.of("target/screens/picture.png").toFile())
                .satisfies(file -> assertThat(file.length()).isGreaterThan(10_000));
    }

    @Test
    void anAddressIsCopiedWithOneKey() {
        BrowserContext context = browsers.browser(
                new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
        Page page = context.newPage();
        page.navigate(towns.measured.address(VisitedTowns.DATASTREAM));
        page.locator(".copy").first().focus();
        page.keyboard().press("Enter");
        page.locator(".copy >> text=Kopiert").waitFor();
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo(page.locator("[data-copy]").first().textContent());
    }

    @Test
    void aPeriodIsChosenWithoutScripts() {
        BrowserContext context = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(towns.measured.address(VisitedTowns.DATASTREAM));
        page.getByLabel("Zusammengefasst nach").selectOption("day");
        page.getByText("Anzeigen").click();
        page.waitForURL(url -> url.contains("by=day"));
        assertThat(page.locator("h2").first().textContent()).endsWith("nach: Tage");
        String later = page.url();
        page.getByText("Zeitraum davor").click();
        page.waitForURL(url -> !url.equals(later) && url.contains("by=day") && url.contains("from="));
        page.getByLabel("Weitere Messreihe").selectOption("2");
        page.getByText("Dazunehmen").click();
        page.locator(".chart-drawing").nth(1).waitFor();
    }

    @Test
    void thePrintedPageHasNoControls() {
        Page page = window(new Visit("empty", "demo", "/", "de", 1280, ColorScheme.LIGHT));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".languages").isVisible()).isFalse();
        assertThat(page.locator("h1").isVisible()).isTrue();
        assertThat(page.getByText("Demonstration.").isVisible()).isTrue();
        page = window(new Visit("datastream", "measured", VisitedTowns.DATASTREAM, "de", 1280, ColorScheme.LIGHT));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".chart-drawing").first().isVisible()).isTrue();
        assertThat(page.locator("input[type=range]").isVisible()).isFalse();
    }
}
