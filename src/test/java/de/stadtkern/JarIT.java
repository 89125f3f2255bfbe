package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar as it is given away, through `bin/stadtkern`: beans prepared by the build, classes from nested jars, files
/// found in them by whatever library asks. Tests on the classes of the build see nothing of that.
class JarIT {

    private static final Path JAR = Path.of("target", "stadtkern.jar");
    private static final Path SCRIPT = Path.of("bin", "stadtkern").toAbsolutePath();

    @TempDir
    Path folder;

    private ProcessScenario stadtkern;
    private int mqttPort;

    @BeforeEach
    void aDataFolder() throws IOException {
        mqttPort = ProcessScenario.freePort();
        stadtkern = new ProcessScenario(folder.resolve("data"), "--stadtkern.mqtt.port=" + mqttPort);
    }

    @AfterEach
    void end() throws InterruptedException {
        stadtkern.close();
    }

    @Test
    void servesTheDemoTownWithoutAWordOfWarning() throws Exception {
        start("off");
        assertThat(Files.readString(stadtkern.log())).contains("AOT-processed");
        everythingAnswers();
        assertThat(command("town", "list")).contains("Jena (Demo)");
        assertThat(Files.readAllLines(stadtkern.log())).noneMatch(JarIT::warns);
        assertThat(stadtkern.stop()).isLessThan(10);

        assertThat(command("town", "list"))
                .as("the same command without a running Stadtkern")
                .contains("Jena (Demo)");
    }

    @Test
    void saysWhatItIsMadeOf() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String parts;
            try (InputStream bill = jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))) {
                parts = new String(bill.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(parts).contains("\"bomFormat\" : \"CycloneDX\"", "pkg:maven/org.postgresql/postgresql@");
        }
    }

    @Test
    void servesTheSameWithTheCacheOfClasses() throws Exception {
        assertThat(run(List.of(SCRIPT.toString(), "prepare"))).isEmpty();
        start("on");
        everythingAnswers();
    }

    @Test
    void anImportStoppedAtTheTerminalGoesOnWhereItWas() throws Exception {
        start("off", "--stadtkern.demo=false");
        Files.writeString(folder.resolve("lang.yaml"), """
            time: {column: Zeit, format: iso}
            point: {key: a, name: A}
            values: [{column: Zahl, name: Zahl, unit: {name: P}, property: {name: P}}]
            """);
        StringBuilder lines = new StringBuilder("Zeit;Zahl\n");
        for (int second = 0; second < 400_000; second++) {
            lines.append(Instant.ofEpochSecond(second)).append(";1\n");
        }
        Path file = Files.writeString(folder.resolve("lang.csv"), lines);
        String[] words = {
            "import", file.toString(), "--mapping", folder.resolve("lang.yaml").toString()
        };

        Process stopped = begin(commandWords(words));
        try (var said = stopped.inputReader()) {
            assertThat(said.readLine()).startsWith("lang.csv [");
            stopped.destroy();
        }
        stopped.waitFor();
        long there = -1;
        for (long now = count(); there != now; now = count()) {
            there = now;
            TimeUnit.SECONDS.sleep(1);
        }
        assertThat(there).isBetween(1L, 399_999L);
        assertThat(command(words))
                .contains("%,d values imported, %,d were there already".formatted(400_000 - there, there));
        assertThat(count()).isEqualTo(400_000);
    }

    private long count() throws IOException {
        String body = stadtkern.get("/sta/v1.1/Observations/$count").body();
        return Long.parseLong(body.strip());
    }

    @Test
    void nobodyOnTheNetworkReachesItUntilASettingSaysSo() throws Exception {
        start("off", "--stadtkern.demo=false");
        waitForTheBroker();
        List<String> listening = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (var sockets = Files.lines(Path.of(table))) {
                sockets.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields[3].equals("0A"))
                        .forEach(fields -> listening.add(fields[1]));
            }
        }
        List<Integer> ports = List.of(stadtkern.port(), mqttPort, stadtkern.postgresPort());
        for (int port : ports) {
            assertThat(listening)
                    .as("addresses with port %d", port)
                    .filteredOn(address -> address.endsWith(":%04X".formatted(port)))
                    .isNotEmpty()
                    .allMatch(address -> address.matches("0100007F:.*|0{24}01000000:.*|0{16}FFFF00000100007F:.*"));
        }
    }

    /// The one-time password of the first admin is a warning, so that it is not overlooked.
    private static boolean warns(String line) {
        return line.contains(" ERROR ") || (line.contains(" WARN ") && !line.contains("one-time password"));
    }

    private void start(String cache, String... settings) throws Exception {
        if (settings.length > 0) {
            stadtkern = new ProcessScenario(
                    folder.resolve("data"),
                    Stream.concat(Stream.of("--stadtkern.mqtt.port=" + mqttPort), Stream.of(settings))
                            .toArray(String[]::new));
        }
        stadtkern.start(
                "env", "STADTKERN_AOT=" + cache, "STADTKERN_CACHE=" + folder.resolve("cache"), SCRIPT.toString());
    }

    /// It starts beside the pages.
    private void waitForTheBroker() throws Exception {
        for (int i = 0; i < 300 && !stadtkern.get("/sta/v1.1").body().contains("mqtt://"); i++) {
            Thread.sleep(100);
        }
    }

    private void theBrokerAnswers() throws Exception {
        waitForTheBroker();
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(mqttPort)
                .buildBlocking();
        client.connect();
        try (var messages = client.publishes(MqttGlobalPublishFilter.ALL)) {
            String topic = "v1.1/Datastreams(1)/Observations";
            client.subscribeWith().topicFilter(topic + "?$select=result").send();
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"result\": 4711}".getBytes(StandardCharsets.UTF_8))
                    .send();
            var message = messages.receive(20, TimeUnit.SECONDS).orElseThrow();
            assertThat(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"result\":4711}");
        }
        client.disconnect();
    }

    private void everythingAnswers() throws Exception {
        waitForTheDemoTown();
        theBrokerAnswers();
        String datastream = stadtkern
                .page("/datastreams/1")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        for (String page : List.of("/", "/sensors", datastream, "/login", "/blocks", "/privacy", "/search?q=Markt")) {
            assertThat(stadtkern.page(page).statusCode()).as(page).isEqualTo(200);
        }
        for (String file : List.of(
                "/datastreams/1/page.pdf",
                "/datastreams/1/values.xlsx",
                "/datastreams/1/values.csv",
                "/sta/v1.1/Things")) {
            var answer = stadtkern.get(file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.body()).as(file).isNotEmpty();
        }
        assertThat(stadtkern
                        .post(
                                "/sta/v1.1/Datastreams(1)/Observations",
                                "{\"phenomenonTime\": \"2026-01-01T00:00:00Z\", \"result\": 1}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(stadtkern.page("/nowhere").statusCode()).isEqualTo(404);
    }

    private void waitForTheDemoTown() throws Exception {
        for (int i = 0; i < 300; i++) {
            if (stadtkern.get("/sta/v1.1/Datastreams?$top=1").body().contains("@iot.id")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("The demo town did not come; see " + stadtkern.log());
    }

    private String command(String... words) throws Exception {
        return run(commandWords(words));
    }

    private List<String> commandWords(String... words) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(words));
        command.add("--stadtkern.data=" + folder.resolve("data"));
        return command;
    }

    private Process begin(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STADTKERN_CACHE", folder.resolve("cache").toString());
        return builder.start();
    }

    private String run(List<String> command) throws Exception {
        Process process = begin(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
