package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What holds for every page in every state, asked of one that stands in a browser.
public final class PageCheck {

    private static final int WIDE = 1280;
    private static final int MOST_STOPS = 200;

    /// What is right takes long to describe, and nobody reads it.
    private static final AxeRunOptions VIOLATIONS = violations();

    /// What a page says and offers; but for what only a script can do, and what is told once, right after a form.
    private static final String OFFERED = """
        () => {
          document.querySelectorAll('main details').forEach(one => one.open = true);
          return [...document.querySelectorAll('main :is(h1, h2, h3, caption, th[scope=col], label, summary, a[href], button:not([type=button]))')]
            .filter(one => one.checkVisibility() && !one.closest('[data-map], .chart-reading, [data-passkey], .chat-voice, .kern-alert'))
            .map(one => one.localName + ' ' + one.textContent.replace(/\\s+/g, ' ').trim());
        }
        """;

    /// What is wrong where the keyboard is now: nothing, or that it is over.
    private static final String STOP = """
        () => {
          const at = document.activeElement;
          if (at === document.body) return 'over';
          // Within a frame the focus is that of its page, which is looked at by itself.
          if (at.tagName === 'IFRAME') return '';
          const style = getComputedStyle(at);
          const caught = at !== window.walkedLast && at.hasAttribute('data-walked');
          window.walkedFirst ??= at;
          if (caught && at === window.walkedFirst && window.walkedLast.closest('footer')) return 'over';
          window.walkedLast = at;
          at.setAttribute('data-walked', '');
          const calendar = ['date', 'time'].includes(at.type) && !at.matches(':focus');
          const seen = calendar || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
          const wrong = caught ? 'reached twice' : seen ? '' : 'focus not seen';
          return wrong && wrong + ': ' + at.outerHTML.slice(0, 200);
        }
        """;

    /// What is wrong on paper: what only a screen can do, tables that are cut, headings above nothing.
    private static final String PAPER = """
        () => {
          const seen = one => one.checkVisibility();
          const all = names => [...document.querySelectorAll(names)].filter(seen);
          const nothing = head => {
            let next = head.nextElementSibling;
            while (next && !seen(next)) next = next.nextElementSibling;
            return !next;
          };
          return [
            ...all('main :is(form, button, input, select, .files, .map, details [data-copy]), .nav, .search, .visitor, .paging, .own-menu'),
            ...all('.scroll').filter(one => one.scrollWidth > one.clientWidth + 1),
            ...all(':is(main, section, .own-content) > :is(h2, h3)').filter(nothing),
          ].map(one => one.outerHTML.slice(0, 120));
        }
        """;

    private PageCheck() {}

    /// What comes out of a printer: a sheet of A4 with its margins, and a picture of it in `target/screens`.
    public static void onPaper(Page page, String picture) {
        page.setViewportSize(718, 1047);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screens", picture + ".png")));
        assertThat((List<?>) page.evaluate(PAPER)).as("on paper, " + page.url()).isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    private static AxeRunOptions violations() {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return options;
    }

    /// Takes a picture into `target/screens`, then asks.
    public static void of(Page page, String picture) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screens", picture + ".png")));
        of(page);
    }

    /// Nothing that axe finds, no scrolling to the side; and in a wide window: the keyboard reaches everything and is
    /// seen where it is, nothing is cut off at 400 %, and without scripts it is the same page.
    public static void of(Page page) {
        // Two are enough: tables are all made by one template, and some have hundreds of cells to look at.
        page.locator("details").evaluateAll("all => all.slice(0, 2).forEach(one => one.open = true)");
        assertThat(new AxeBuilder(page)
                        .options(VIOLATIONS)
                        .setLegacyMode(true)
                        .analyze()
                        .getViolations())
                .as("accessibility of " + page.url())
                .isEmpty();
        assertNothingIsCutOff(page);
        if (page.viewportSize().width == WIDE) {
            assertTheFocusIsSeen(page);
            // A window of 1280 by 1024 at 400 %: as many points as a phone has, on a low surface (WCAG 1.4.10).
            page.setViewportSize(WIDE / 4, 256);
            assertNothingIsCutOff(page);
            page.setViewportSize(WIDE, 800);
            assertItIsThereWithoutScripts(page);
        }
    }

    private static void assertNothingIsCutOff(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("no horizontal scrolling on " + page.url())
                .isEqualTo(true);
    }

    /// Walks with the tabulator from the top of the page, to its end or as far as makes sense in a very long
    /// list. Behind the foot of the page the browser goes to its own bar, or, having none, sometimes to the
    /// beginning again.
    private static void assertTheFocusIsSeen(Page page) {
        page.evaluate("() => { document.body.tabIndex = -1; document.body.focus();"
                + " document.body.removeAttribute('tabindex'); }");
        List<String> wrong = new ArrayList<>();
        int stops = 0;
        while (stops < MOST_STOPS && wrong.size() <= 10) {
            page.keyboard().press("Tab");
            String found = String.valueOf(page.evaluate(STOP));
            if (found.equals("over")) {
                break;
            }
            stops++;
            if (!found.isEmpty()) {
                wrong.add(found);
            }
        }
        assertThat(wrong).as("the keyboard on " + page.url()).isEmpty();
        assertThat(stops).as("stops of the keyboard on " + page.url()).isPositive();
    }

    private static List<String> offered(Page page) {
        return ((List<?>) page.evaluate(OFFERED)).stream().map(String::valueOf).toList();
    }

    /// An answer to a form has no address of its own and is not asked again.
    private static void assertItIsThereWithoutScripts(Page page) {
        try (BrowserContext plain = TestBrowser.get()
                .newContext(new Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setLocale(String.valueOf(page.evaluate("navigator.language"))))) {
            plain.addCookies(page.context().cookies());
            Page same = plain.newPage();
            Response answer = same.navigate(page.url());
            if (answer.ok()) {
                assertThat(same.locator("h1").allTextContents())
                        .as("without scripts, " + page.url())
                        .isEqualTo(page.locator("h1").allTextContents());
                if (page.locator(".form-errors").count() == 0) {
                    assertThat(offered(same))
                            .as("without scripts, " + page.url())
                            .containsAll(offered(page));
                }
            }
        }
    }
}
