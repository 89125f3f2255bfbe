package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The files of `docs/examples/operate` as they stand there, but for names, ports and the certificate, each with the
/// program it is for. What this machine has not is skipped; `bin/check` installs them all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyExamplesTest {

    private static final Path EXAMPLES = Path.of("docs/examples/operate");
    private static final String MODULES = "/usr/lib/apache2/modules/mod_";

    enum Proxy {
        NGINX("nginx"),
        CADDY("caddy"),
        APACHE("apache2");

        final String program;

        Proxy(String program) {
            this.program = program;
        }
    }

    private Path folder;
    private TestCertificate certificate;
    private ProcessScenario stadtkern;
    private HttpClient client;

    @BeforeAll
    void stadtkernThatBelievesItsProxy(@TempDir Path ofAll) throws Exception {
        folder = ofAll;
        certificate = TestCertificate.make(folder);
        client = certificate.client();
        stadtkern = new ProcessScenario(
                folder.resolve("data"), "--stadtkern.demo=false", "--server.forward-headers-strategy=native");
        stadtkern.start();
        assertThat(stadtkern.post("/sta/v1.1/Things", """
            {"name": "a/b", "description": "", "Datastreams": [{"name": "D", "description": "", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
              "unitOfMeasurement": {"name": null, "symbol": null, "definition": null},
              "Sensor": {"name": "S", "description": "", "encodingType": "text/plain", "metadata": ""},
              "ObservedProperty": {"name": "P", "description": "", "definition": "https://example.org/p"}}]}
            """).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource
    void theExampleWorks(Proxy proxy) throws Exception {
        assumeTrue(has(proxy.program), proxy.program + " is not installed");
        int port = ProcessScenario.freePort();
        Path log = folder.resolve(proxy.program + ".log");
        Process running = new ProcessBuilder(command(proxy, port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            String home = "https://localhost:" + port;
            // Caddy names no port: its example is for that of https.
            String links = proxy == Proxy.CADDY ? "https://localhost" : home;
            assertThat(soon(home + "/sta/v1.1"))
                    .as(() -> "links lead back through the proxy; it says: " + read(log))
                    .contains("\"" + links + "/sta/v1.1/Things\"")
                    .doesNotContain("http://localhost");
            addressesArriveAsTheyWereSent(home);
            aLargeFileArrives(home);
            aValueIsHeardOfAtOnce(home);
        } finally {
            running.destroy();
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }

    private void addressesArriveAsTheyWereSent(String home) throws Exception {
        for (String path : List.of(
                "/sta/v1.1/Things(1)/name",
                "/sta/v1.1/Things%281%29/name",
                "/sta/v1.1/Things(1)%2Fname",
                "/sta/v1.1/Things?$filter=name%20eq%20%27a%2Fb%27&$select=name")) {
            HttpResponse<String> direct = stadtkern.get(path);
            HttpResponse<String> through = get(home + path);
            assertThat(through.statusCode() + " " + withoutHost(through.body()))
                    .as(path)
                    .isEqualTo(direct.statusCode() + " " + withoutHost(direct.body()));
        }
    }

    private static String withoutHost(String body) {
        return body.replaceAll("https?://localhost:\\d+", "").replaceAll("\"request\":\"[^\"]*\"", "");
    }

    private void aLargeFileArrives(String home) throws Exception {
        String rows = IntStream.range(0, 60_000)
                .mapToObj(second -> "[\"2026-03-01T%02d:%02d:%02dZ\", %d]"
                        .formatted(second / 3600, second / 60 % 60, second % 60, second))
                .collect(Collectors.joining(","));
        String body =
                "[{\"Datastream\": {\"@iot.id\": 1}, \"components\": [\"phenomenonTime\", \"result\"], \"dataArray\": [%s]}]"
                        .formatted(rows);
        assertThat(body.length()).isGreaterThan(1_500_000);
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(home + "/sta/v1.1/CreateObservations"))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    /// A stream of events that a proxy held back would say nothing until it ends.
    private void aValueIsHeardOfAtOnce(String home) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(home + "/datastreams/1/live")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            stadtkern.post("/sta/v1.1/Datastreams(1)/Observations", "{\"result\": 1}");
            long begun = System.nanoTime();
            assertThat(lines.lines().anyMatch(line -> line.startsWith("data:"))).isTrue();
            assertThat((System.nanoTime() - begun) / 1e9).isLessThan(8);
        }
    }

    @Test
    void theUnitOfSystemdIsUnderstood() throws Exception {
        assumeTrue(has("systemd-analyze"), "systemd is not installed");
        Path unit = Files.writeString(
                folder.resolve("stadtkern.service"),
                Files.readString(EXAMPLES.resolve("stadtkern.service"))
                        .replaceAll("(?m)^ExecStart=.*", "ExecStart=/bin/true"));
        Process verify = new ProcessBuilder("systemd-analyze", "verify", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("stadtkern.service")))
                .as("words systemd does not know are only warned of")
                .isEmpty();
    }

    private List<String> command(Proxy proxy, int port) throws IOException {
        int plain = ProcessScenario.freePort();
        return switch (proxy) {
            case NGINX -> {
                String site = example(
                        "nginx.conf",
                        Map.of(
                                "listen 80;",
                                "listen 127.0.0.1:" + plain + ";",
                                "    listen [::]:80;\n",
                                "",
                                "listen 443 ssl http2;",
                                "listen 127.0.0.1:" + port + " ssl http2;",
                                "    listen [::]:443 ssl http2;\n",
                                ""));
                Path file = Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    worker_processes 1;
                    pid %1$s/nginx.pid;
                    error_log stderr;
                    events {}
                    http {
                      access_log off;
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      fastcgi_temp_path %1$s/fastcgi;
                      uwsgi_temp_path %1$s/uwsgi;
                      scgi_temp_path %1$s/scgi;
                      %2$s
                    }
                    """.formatted(folder, site));
                yield List.of("nginx", "-p", folder.toString(), "-c", file.toString(), "-e", "stderr");
            }
            case CADDY -> {
                String site = example("Caddyfile", Map.of("\nlocalhost {", """

                    {
                    	admin off
                    	auto_https disable_redirects
                    	storage file_system %s/caddy
                    }
                    https://localhost:%d {
                    	tls %s %s\
                    """.formatted(
                                folder, port, certificate.certificate(), certificate.key())));
                Path file = Files.writeString(folder.resolve("Caddyfile"), site);
                yield List.of("caddy", "run", "--config", file.toString(), "--adapter", "caddyfile");
            }
            case APACHE -> {
                String site = example(
                        "apache.conf",
                        Map.of(
                                "*:80>",
                                "*:" + plain + ">",
                                "*:443>",
                                "*:" + port + ">",
                                "\"443\"",
                                "\"" + port + "\""));
                List<String> lines = new ArrayList<>(List.of(
                        "ServerRoot " + folder,
                        "PidFile " + folder + "/apache.pid",
                        "ErrorLog /dev/stderr",
                        "ServerName localhost",
                        "Listen 127.0.0.1:" + plain,
                        "Listen 127.0.0.1:" + port));
                if (System.getProperty("user.name").equals("root")) {
                    lines.addAll(List.of("User www-data", "Group www-data"));
                }
                // The example names the last four; the others Debian has on.
                for (String module : List.of(
                        "mpm_event", "authz_core", "alias", "socache_shmcb", "ssl", "headers", "proxy", "proxy_http")) {
                    lines.add("LoadModule %s_module %s%s.so".formatted(module, MODULES, module));
                }
                Path file = Files.writeString(folder.resolve("apache.conf"), String.join("\n", lines) + "\n" + site);
                yield List.of("apache2", "-f", file.toString(), "-DFOREGROUND");
            }
        };
    }

    /// @param changed what else is not the same here; all of it must stand in the example
    private String example(String name, Map<String, String> changed) throws IOException {
        String text = Files.readString(EXAMPLES.resolve(name))
                .replace(
                        "/etc/ssl/certs/daten.stadt.example.pem",
                        certificate.certificate().toString())
                .replace(
                        "/etc/ssl/private/daten.stadt.example.key",
                        certificate.key().toString())
                .replace("daten.stadt.example", "localhost")
                .replace("127.0.0.1:8080", "127.0.0.1:" + stadtkern.port());
        for (Map.Entry<String, String> change : changed.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        return text;
    }

    private String soon(String address) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            try {
                return get(address).body();
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        return "It does not answer.";
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException none) {
            return "";
        }
    }

    private static boolean has(String program) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (stadtkern != null) {
            stadtkern.close();
        }
    }
}
