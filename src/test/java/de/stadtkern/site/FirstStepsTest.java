package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

/// From nothing to the first value.
@StadtkernTest
class FirstStepsTest extends TownWithAdmin {

    @Test
    void theReadyCommandBringsTheFirstValue() {
        assertThat(admin.open("/").body()).contains("href=\"/begin\"");
        assertThat(town.get("/").body()).doesNotContain("href=\"/begin\"");
        assertThat(admin.open("/begin").body()).contains("data-poll=").doesNotContain("Der erste Wert ist da.");
        String page = admin.fill("/begin", "/begin/access").body();
        Matcher shown =
                Pattern.compile("<code>(curl .*?)</code>", Pattern.DOTALL).matcher(page);
        assertThat(shown.find()).isTrue();
        assertThat(isReadByAShell(HtmlUtils.htmlUnescape(shown.group(1)))).isTrue();
        Matcher command = Pattern.compile(
                        "(/sta/v1.1/Datastreams\\(\\d+\\)/Observations).*?Bearer (stadtkern_[^&']+)", Pattern.DOTALL)
                .matcher(page);
        assertThat(command.find()).isTrue();
        assertThat(town.send(town.request(command.group(1))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + command.group(2))
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"result\": 21.5, \"phenomenonTime\": \"%s/%s\"}"
                                                .formatted(Instant.now().minus(Duration.ofHours(5)), Instant.now()))))
                        .statusCode())
                .isEqualTo(201);
        assertThat(admin.open("/begin").body())
                .contains("Der erste Wert ist da.", "Erster Sensor, Erste Messreihe: 21,5 ohne Einheit")
                .as("as old as the end of the time it is of")
                .doesNotContain("vor 5 Stunden")
                .doesNotContain("data-poll=", command.group(2));
        assertThat(admin.open("/").body()).doesNotContain("href=\"/begin\"");
    }

    @Test
    void theExampleFileHoldsTwoDays() {
        assertThat(admin.open("/begin/example.csv").body().lines())
                .hasSize(49)
                .first()
                .isEqualTo("Zeit;Temperatur (°C);Anzahl");
    }

    @Test
    void anEditorSeesTheWaysAndMakesNoKeys() {
        var editor = people.loggedIn("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        assertThat(editor.open("/begin").body()).contains("/imports").doesNotContain("/begin/access");
        assertThat(editor.fill("/account", "/begin/access").statusCode()).isEqualTo(403);
        assertThat(people.somebody().open("/begin").statusCode()).isEqualTo(303);
    }

    @Test
    void everybodyCanUseThePage() {
        for (String language : List.of("de", "en")) {
            int width = language.equals("de") ? 1280 : 320;
            try (BrowserContext browser = TestBrowser.get()
                    .newContext(new Browser.NewContextOptions()
                            .setLocale(language)
                            .setColorScheme(language.equals("de") ? ColorScheme.LIGHT : ColorScheme.DARK)
                            .setViewportSize(width, 800))) {
                String address = "http://%s.localhost:%d".formatted(town.city().slug(), port);
                browser.addCookies(List.of(new Cookie("session", admin.session()).setUrl(address)));
                Page page = browser.newPage();
                page.navigate(address + "/begin");
                page.locator("form[action='/begin/access'] button").click();
                page.locator("pre:has-text('curl')").waitFor();
                PageCheck.of(page, "begin-%s-%d".formatted(language, width));
            }
        }
    }

    private static boolean isReadByAShell(String command) {
        try {
            return new ProcessBuilder("bash", "-n", "-c", command).start().waitFor() == 0;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
