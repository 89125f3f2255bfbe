package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The windows a test opens, each of a browser of its own, closed when the test is over. What their consoles complain
/// of, and what they ask of anybody else than their town, fails the test.
public final class Browsers implements AfterEachCallback {

    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /// A window of somebody who is not logged in.
    public Page window(TestTown town, Look look) {
        return window(town, look, "");
    }

    /// @param session of somebody who is logged in, empty for nobody
    public Page window(TestTown town, Look look, String session) {
        BrowserContext browser = browser(look.context());
        if (!session.isEmpty()) {
            logIn(browser, town, session);
        }
        Page page = browser.newPage();
        String own = town.address("/");
        page.onRequest(request -> {
            if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
                complaints.add("asks elsewhere: " + request.url());
            }
        });
        page.onConsoleMessage(message -> {
            // Pages that say no are looked at too; a machine without a graphics card paints maps slowly and is told so.
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of")
                    && !message.text().contains("GL Driver Message")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /// Any other browser, such as one without scripts.
    public BrowserContext browser(Browser.NewContextOptions options) {
        if (options.locale == null) {
            options.setLocale("de");
        }
        BrowserContext browser = TestBrowser.get().newContext(options);
        open.add(browser);
        return browser;
    }

    public static void logIn(BrowserContext browser, TestTown town, String session) {
        browser.addCookies(List.of(new Cookie("session", session).setUrl(town.address("/"))));
    }

    /// Asks [PageCheck], with a picture in `target/screens`.
    public void look(Page page, String picture) {
        PageCheck.of(page, picture);
        assertThat(complaints).isEmpty();
    }

    /// Before the test is over, where it looks at many pages.
    public void close(Page page) {
        open.remove(page.context());
        page.context().close();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        open.forEach(BrowserContext::close);
        open.clear();
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        assertThat(heard).isEmpty();
    }
}
