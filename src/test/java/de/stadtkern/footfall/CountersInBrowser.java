package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.city.Cities;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Towns that count, looked at by their editor in a browser.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CountersInBrowser {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    int number;
    final List<BrowserContext> open = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();

    /// Checks a page in the next two of all looks.
    void look(CountingTown where, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = page(where, look);
            page.navigate(address(where, path));
            PageCheck.of(page, "footfall-%s-%s".formatted(name, look));
            assertThat(complaints).isEmpty();
        }
    }

    Page page(CountingTown where, Look look) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
        open.add(browser);
        browser.addCookies(List.of(new Cookie("session", where.editor.session()).setUrl(address(where, "/"))));
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of 422")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    String address(CountingTown where, String path) {
        return "http://%s.localhost:%d%s".formatted(where.town.city().slug(), port, path);
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
