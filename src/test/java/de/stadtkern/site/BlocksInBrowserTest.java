package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.StadtkernTest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forms of the page of all building blocks in a browser: refused, accepted, confirmed, taken back.
@StadtkernTest
class BlocksInBrowserTest extends PagesInBrowser {

    /// The forms of the page of all building blocks: refused, accepted, confirmed, taken back.
    @ParameterizedTest
    @CsvSource({"de, 1280, LIGHT", "en, 320, DARK"})
    void theFormOfAllFieldsSaysAllThatIsWrongAtOnce(String language, int width, ColorScheme scheme) {
        Page page = window(new Visit("blocks-wrong", "measured", "/login", language, width, scheme));
        page.navigate(towns.measured.address("/blocks"));
        page.locator("#words").fill("Ahornblatt");
        page.locator("form[action='/blocks'] button").click();
        page.locator(".form-errors").waitFor();
        assertThat(page.locator(".form-errors li").count()).isEqualTo(9);
        assertThat(page.locator("#words").inputValue()).isEqualTo("Ahornblatt");
        browsers.look(
                page,
                "blocks-wrong-%s-%d-%s".formatted(language, width, scheme.name().toLowerCase(Locale.ROOT)));
        page.locator(".form-errors a").first().click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("short");
    }

    @Test
    void aCompleteFormIsAcceptedAndARemovedRowComesBack() {
        Page page = window(new Visit("blocks-done", "measured", "/login", "de", 1280, ColorScheme.LIGHT));
        page.navigate(towns.measured.address("/blocks"));
        page.locator("#short").fill("x");
        page.locator("#address").fill("a@example.org");
        page.locator("#secret").fill("zwölf Zeichen");
        page.locator("#amount").fill("7");
        page.locator("#day").fill("2026-03-04");
        page.locator("#long").fill("x");
        page.locator("#tree").selectOption("Birke");
        page.locator("#one-Erle").check();
        page.locator("#agreed").check();
        page.locator("form[action='/blocks'] button").click();
        page.getByText("Das Formular war vollständig.").waitFor();
        page.getByText("Zeile „Erle“ entfernen").click();
        page.getByText("Ja, entfernen").click();
        page.getByText("Die Zeile „Erle“ ist entfernt.").waitFor();
        assertThat(page.locator("table tbody >> text=Erle").count()).isZero();
        browsers.look(page, "blocks-removed-de-1280-light");
        page.getByText("Rückgängig machen").click();
        page.getByText("Die Zeile ist wieder da.").waitFor();
        assertThat(page.locator("table tbody >> text=Erle").count()).isEqualTo(1);
    }

    @Test
    void everyDrawingIsShown() {
        Page page = window(new Visit("blocks-drawings", "empty", "/blocks", "de", 1280, ColorScheme.LIGHT));
        assertThat(page.locator(".paging a").count()).isEqualTo(2);
        assertThat(page.locator(".band-chart .chart-estimated").count()).isEqualTo(1);
        assertThat(page.locator(".heat .heat-drawing").count()).isEqualTo(2);
        page.locator("[data-map]").scrollIntoViewIfNeeded();
        page.locator("[data-map][data-ready=true]").waitFor();
        assertThat(page.locator("[data-map] canvas").count()).isEqualTo(1);
        assertThat(page.locator("#map ~ .table tbody tr").count()).isEqualTo(3);
        page.locator(".paging a[rel=next]").click();
        page.getByText("Seite 3 von 3").waitFor();
    }
}
