package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Stadtkern behind a proxy on the same machine, as a process of its own with the settings of `docs/operate.md`.
class BehindProxyTest {

    @TempDir
    Path folder;

    @Test
    void theProxySaysProtocolAndRequestButNeverTheHost() throws Exception {
        try (ProcessScenario process = new ProcessScenario(
                folder.resolve("data"),
                "--stadtkern.demo=false",
                "--server.forward-headers-strategy=native",
                "--logging.level.access=info")) {
            process.start();
            HttpResponse<String> answer = process.get(
                    "/sta/v1.1?secret=1",
                    "X-Forwarded-For",
                    "192.0.2.17",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-Host",
                    "evil.example",
                    "X-Request-Id",
                    "of-the-proxy-4711");
            assertThat(answer.body()).contains("\"https://localhost").doesNotContain("evil.example");
            assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("of-the-proxy-4711");
            assertThat(lineWith(process, "of-the-proxy-4711"))
                    .contains("[stadt of-the-proxy-4711]", "GET /sta/v1.1 from 192.0.2.0")
                    .doesNotContain("secret", "192.0.2.17");
        }
    }

    @Test
    void theLogIsJsonWhereThatIsWanted() throws Exception {
        try (ProcessScenario process = new ProcessScenario(
                folder.resolve("data"),
                "--stadtkern.demo=false",
                "--logging.structured.format.console=ecs",
                "--logging.level.access=info")) {
            process.start();
            String id = process.get("/sta/v1.1/Things(4711)")
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElseThrow();
            assertThat(lineWith(process, id))
                    .startsWith("{")
                    .contains("\"town\":\"stadt\"", "\"status\":404", "GET /sta/v1.1/Things(4711)");
        }
    }

    /// A request is logged after it was answered, and by another process.
    private static String lineWith(ProcessScenario process, String text) throws Exception {
        for (int i = 0; ; i++) {
            List<String> lines = Files.readAllLines(process.log()).stream()
                    .filter(line -> line.contains(text))
                    .toList();
            if (!lines.isEmpty() || i == 100) {
                assertThat(lines).hasSize(1);
                return lines.getFirst();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
