package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation whose last town was removed says so, to programs and to people, until there is one again.
class NoTownTest {

    @TempDir
    Path folder;

    @Test
    void anInstallationWithoutATownSaysHowToMakeOne() throws Exception {
        try (var stadtkern = new ProcessScenario(
                        folder.resolve("data"), "--stadtkern.demo=false", "--logging.level.root=warn");
                var database = start(stadtkern);
                var statement = database.createStatement()) {
            statement.execute("delete from stadtkern.town");
            for (int i = 0; i < 100 && stadtkern.isAnswering(); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            var answer = stadtkern.get("/sta/v1.1/Things");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("no-town", "bin/stadtkern town add");
            var page = stadtkern.page("/");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("<html", "bin/stadtkern town add");
            for (var style : Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\"")
                    .matcher(page.body())
                    .results()
                    .toList()) {
                assertThat(stadtkern.get(style.group(1)).statusCode()).isEqualTo(200);
            }
            var health = stadtkern.get("/actuator/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"status\":\"UP\"");
            assertThat(stadtkern.get("/actuator/prometheus").statusCode()).isEqualTo(401);
        }
    }

    /// The demo town comes only where nobody has chosen anything yet.
    @Test
    void aFolderOnceUsedGetsAnEmptyTownAndNotTheDemo() throws Exception {
        Path data = folder.resolve("used");
        try (var stadtkern = new ProcessScenario(data, "--stadtkern.demo=false", "--logging.level.root=warn");
                var database = start(stadtkern);
                var statement = database.createStatement()) {
            assertThat(stadtkern.page("/").body()).contains("Meine Stadt").doesNotContain("Demonstration");
            statement.execute("delete from stadtkern.town");
            statement.execute("drop schema town_stadt cascade");
        }
        try (var again = new ProcessScenario(data, "--logging.level.root=warn")) {
            again.start();
            assertThat(again.page("/").body()).contains("Meine Stadt").doesNotContain("Demonstration");
        }
    }

    private static java.sql.Connection start(ProcessScenario stadtkern) throws Exception {
        stadtkern.start();
        return stadtkern.database();
    }
}
