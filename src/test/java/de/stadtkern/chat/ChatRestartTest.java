package de.stadtkern.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import de.stadtkern.Browsers;
import de.stadtkern.ProcessScenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A talk goes on after Stadtkern was killed in the middle of it.
class ChatRestartTest {

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path folder;

    @Test
    void aTalkGoesOnAfterARestart() throws Exception {
        try (ProcessScenario stadtkern =
                new ProcessScenario(folder.resolve("data"), "--stadtkern.demo=false", "--logging.level.root=warn")) {
            stadtkern.start();
            Page page = browsers.browser(new Browser.NewContextOptions()).newPage();
            page.navigate("http://localhost:" + stadtkern.port() + "/chat");
            ask(page, "Wo steht das Zwergenhaus?", 1);
            String word = page.locator(".chat-word").textContent();
            stadtkern.killTheJvm();
            page.locator("#question").fill("Und wem gehört es?");
            page.keyboard().press("Enter");
            assertThat(page.locator("[data-chat-failed]")).isVisible();
            assertThat(page.locator("#question")).hasValue("Und wem gehört es?");
            stadtkern.start();
            ask(page, "Und wem gehört es?", 2);
            page.reload();
            assertThat(page.locator("[data-chat-turn]").first()).containsText("Wo steht das Zwergenhaus?");
            assertThat(page.locator("[data-chat-turn]")).hasCount(2);
            assertThat(page.locator(".chat-word").textContent()).isEqualTo(word);
        }
    }

    private static void ask(Page page, String question, int turns) {
        page.locator("#question").fill(question);
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-chat-turn]")).hasCount(turns);
    }
}
