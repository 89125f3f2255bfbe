package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Stadtkern that speaks TLS itself, as a process of its own with a certificate made for this test.
class TlsTest {

    @TempDir
    Path folder;

    @Test
    void pagesCookiesAndLinksAreThoseOfASecureSite() throws Exception {
        TestCertificate made = TestCertificate.make(folder);
        try (ProcessScenario process = process(made, made.certificate(), made.key())) {
            process.start();
            HttpResponse<String> login = process.page("/login");
            assertThat(login.statusCode()).isEqualTo(200);
            assertThat(login.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
            assertThat(login.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allSatisfy(
                            cookie -> assertThat(cookie).startsWith("__Host-").contains("; Secure", "; HttpOnly"));
            assertThat(process.get("/sta/v1.1").body())
                    .contains("\"https://localhost:")
                    .doesNotContain("\"http://localhost");
            assertThat(process.page("/account").headers().firstValue("Location").orElse(""))
                    .isEqualTo("/login?next=%2Faccount");
        }
    }

    @Test
    void theBrokerSpeaksTlsWithTheSameCertificateAndWebSocketToo() throws Exception {
        TestCertificate made = TestCertificate.make(folder);
        int tls = ProcessScenario.freePort();
        int webSocket = ProcessScenario.freePort();
        try (ProcessScenario process = process(
                made,
                made.certificate(),
                made.key(),
                "--stadtkern.mqtt.tls-port=" + tls,
                "--stadtkern.mqtt.web-socket-port=" + webSocket)) {
            process.start();
            awaitBroker(process);
            assertThat(process.get("/sta/v1.1").body())
                    .contains("\"mqtts://localhost:" + tls + "\"", "\"wss://localhost:" + webSocket + "/mqtt\"");
            MqttClientSslConfig trusted = MqttClientSslConfig.builder()
                    .trustManagerFactory(made.trust())
                    .build();
            for (Mqtt5ClientBuilder client : List.of(
                    Mqtt5Client.builder().serverPort(tls),
                    Mqtt5Client.builder()
                            .serverPort(webSocket)
                            .webSocketConfig()
                            .serverPath("mqtt")
                            .applyWebSocketConfig())) {
                Mqtt5BlockingClient connected =
                        client.serverHost("localhost").sslConfig(trusted).buildBlocking();
                connected.connect();
                assertThat(connected.getState().isConnected()).isTrue();
                connected.disconnect();
            }
        }
    }

    private static void awaitBroker(ProcessScenario process) throws Exception {
        for (int i = 0; i < 600 && !process.get("/sta/v1.1").body().contains("mqtts:"); i++) {
            Thread.sleep(100);
        }
    }

    @Test
    void aRenewedCertificateIsTakenOverWithoutARestart() throws Exception {
        TestCertificate first = TestCertificate.make(folder);
        TestCertificate second = TestCertificate.make(folder);
        Path certificate = Files.copy(first.certificate(), folder.resolve("live.pem"));
        Path key = Files.copy(first.key(), folder.resolve("live.key"));
        try (ProcessScenario process = process(first, certificate, key)) {
            process.start();
            Files.writeString(key, Files.readString(second.key()));
            Files.writeString(certificate, Files.readString(second.certificate()));
            try (HttpClient client = second.client()) {
                assertThat(answersSoon(process, client)).isTrue();
            }
        }
    }

    @Test
    void filesThatDoNotFitStopTheStartInWords() throws Exception {
        TestCertificate first = TestCertificate.make(folder);
        TestCertificate second = TestCertificate.make(folder);
        assertThat(refusal(first.certificate(), folder.resolve("nowhere.key")))
                .contains("APPLICATION FAILED TO START", "stadtkern.tls.key names cannot be read", "nowhere.key");
        assertThat(refusal(first.certificate(), second.key())).contains("the key belongs to another certificate");
        assertThat(refusal(first.key(), first.key())).contains("are no certificate and its key");
    }

    private String refusal(Path certificate, Path key) throws Exception {
        ProcessScenario process = process(TestCertificate.make(folder), certificate, key);
        try (process) {
            process.start();
        } catch (IllegalStateException refused) {
            return Files.readString(process.log());
        }
        return "It started.";
    }

    /// Connections that are open go on with the old certificate, so each look is a new one.
    private static boolean answersSoon(ProcessScenario process, HttpClient client) throws InterruptedException {
        for (int tries = 0; tries < 150; tries++) {
            try {
                return process.through(client).get("/sta/v1.1").statusCode() == 200;
            } catch (IOException stillTheOldOne) {
                Thread.sleep(200);
            }
        }
        return false;
    }

    private ProcessScenario process(TestCertificate trusted, Path certificate, Path key, String... more)
            throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "--stadtkern.demo=false", "--stadtkern.tls.certificate=" + certificate, "--stadtkern.tls.key=" + key));
        settings.addAll(List.of(more));
        return new ProcessScenario(
                Files.createTempDirectory(folder, "data").resolve("data"),
                "https",
                trusted.client(),
                settings.toArray(String[]::new));
    }
}
