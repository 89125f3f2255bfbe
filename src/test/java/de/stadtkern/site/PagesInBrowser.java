package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.TestTown;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Browsers that look at the pages for everybody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesInBrowser {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    VisitedTowns towns;

    /// @param town `measured`, `empty`, `written`, `live` or `demo`
    record Visit(String name, String town, String path, String language, int width, ColorScheme scheme) {
        @Override
        public String toString() {
            return "%s %s %d %s".formatted(name, language, width, scheme).toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    final void makeTheTowns() {
        towns = new VisitedTowns(context, port);
    }

    Page window(Visit visit) {
        TestTown town = switch (visit.town()) {
            case "empty" -> towns.empty;
            case "written" -> towns.written;
            case "live" -> towns.growing;
            case "demo" -> towns.demo;
            default -> towns.measured;
        };
        Page page = browsers.window(town, new Look(visit.language(), visit.width(), visit.scheme()));
        page.navigate(town.address(visit.path()));
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(visit.language());
        return page;
    }
}
