package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Stadtkern that speaks TLS itself, as a process of its own with a certificate made for this test.
class TlsTest {

    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    Path folder;

    /// A certificate for `localhost` with its key, as a store and as the two PEM files an operator has.
    private record Made(KeyStore store, Path certificate, Path key) {}

    @Test
    void pagesCookiesAndLinksAreThoseOfASecureSite() throws Exception {
        Made made = make("first");
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
        Made made = make("first");
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
                    .trustManagerFactory(trust(made))
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
        Made first = make("first");
        Made second = make("second");
        Path certificate = Files.copy(first.certificate(), folder.resolve("live.pem"));
        Path key = Files.copy(first.key(), folder.resolve("live.key"));
        try (ProcessScenario process = process(first, certificate, key)) {
            process.start();
            Files.writeString(key, Files.readString(second.key()));
            Files.writeString(certificate, Files.readString(second.certificate()));
            try (HttpClient client = client(second)) {
                assertThat(answersSoon(process, client)).isTrue();
            }
        }
    }

    @Test
    void filesThatDoNotFitStopTheStartInWords() throws Exception {
        Made first = make("first");
        Made second = make("second");
        assertThat(refusal(first.certificate(), folder.resolve("nowhere.key")))
                .contains("APPLICATION FAILED TO START", "stadtkern.tls.key names cannot be read", "nowhere.key");
        assertThat(refusal(first.certificate(), second.key())).contains("the key belongs to another certificate");
        assertThat(refusal(first.key(), first.key())).contains("are no certificate and its key");
    }

    private String refusal(Path certificate, Path key) throws Exception {
        ProcessScenario process = process(make("unused"), certificate, key);
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

    private ProcessScenario process(Made trusted, Path certificate, Path key, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "--stadtkern.demo=false", "--stadtkern.tls.certificate=" + certificate, "--stadtkern.tls.key=" + key));
        settings.addAll(List.of(more));
        return new ProcessScenario(
                Files.createTempDirectory(folder, "data").resolve("data"),
                "https",
                client(trusted),
                settings.toArray(String[]::new));
    }

    private static TrustManagerFactory trust(Made trusted) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null);
        known.setCertificateEntry("made", trusted.store().getCertificate("made"));
        trust.init(known);
        return trust;
    }

    private static HttpClient client(Made trusted) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(trusted).getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private Made make(String name) throws Exception {
        Path file = Files.createTempDirectory(folder, name).resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "made",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = Objects.requireNonNull(store.getCertificate("made"));
        return new Made(
                store,
                pem(file.resolveSibling("cert.pem"), "CERTIFICATE", certificate.getEncoded()),
                pem(
                        file.resolveSibling("key.pem"),
                        "PRIVATE KEY",
                        Objects.requireNonNull(store.getKey("made", PASSWORD.toCharArray()))
                                .getEncoded()));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind));
    }
}
