package de.stadtkern.mqtt;

import de.stadtkern.installation.DataFolder;
import de.stadtkern.sensorthings.MqttEndpoints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The folder `mqtt` in the data folder: the broker's settings, made anew at each start, and what it keeps for clients
/// that are away. All of it may be deleted while Stadtkern does not run.
@Component
class BrokerFiles {

    private static final String BUNDLE = "stadtkern";
    private static final String WEB_SOCKET = "/mqtt";
    private static final String KEY_STORE = "certificate.p12";

    private final DataFolder data;
    private final MqttProperties properties;
    private final Environment environment;
    private final ObjectProvider<SslBundles> bundles;
    /// Of the copy of the certificate that only the broker reads.
    private final String password = HexFormat.of().formatHex(random());

    BrokerFiles(
            DataFolder data, MqttProperties properties, Environment environment, ObjectProvider<SslBundles> bundles) {
        this.data = data;
        this.properties = properties;
        this.environment = environment;
        this.bundles = bundles;
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        new java.security.SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /// Where the web server listens, the broker does.
    String address() {
        String address = environment.getProperty("server.address", "");
        return address.isBlank() ? "0.0.0.0" : address;
    }

    boolean hasCertificate() {
        return !environment.getProperty("stadtkern.tls.certificate", "").isBlank();
    }

    List<MqttEndpoints.Endpoint> endpoints(MqttProperties.Ports ports) {
        List<MqttEndpoints.Endpoint> open = new ArrayList<>();
        if (ports.plain() > 0) {
            open.add(new MqttEndpoints.Endpoint("mqtt", ports.plain(), ""));
        }
        if (ports.tls() > 0) {
            open.add(new MqttEndpoints.Endpoint("mqtts", ports.tls(), ""));
        }
        if (ports.webSocket() > 0) {
            open.add(new MqttEndpoints.Endpoint(hasCertificate() ? "wss" : "ws", ports.webSocket(), WEB_SOCKET));
        }
        return open;
    }

    /// What keeps the broker from starting with these; empty for nothing.
    String problem(MqttProperties.Ports ports) {
        return ports.tls() > 0 && !hasCertificate()
                ? "stadtkern.mqtt.tls-port needs a certificate: set stadtkern.tls.certificate and stadtkern.tls.key, or"
                        + " stadtkern.mqtt.tls-port to 0."
                : "";
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(data.resolve("mqtt").resolve(name));
    }

    void write(MqttProperties.Ports ports) throws IOException {
        folder("extensions");
        folder("data");
        boolean isSecure = hasCertificate() && (ports.tls() > 0 || ports.webSocket() > 0);
        if (isSecure) {
            SslBundles known = bundles.getObject();
            keep(known.getBundle(BUNDLE));
            known.addBundleUpdateHandler(BUNDLE, this::renewed);
        }
        Files.writeString(folder("conf").resolve("config.xml"), settings(ports));
    }

    /// The broker looks at its file every ten seconds.
    private void renewed(SslBundle bundle) {
        try {
            keep(bundle);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /// Nobody but this user reads it, and the old one is whole until the new one is.
    private void keep(SslBundle bundle) throws IOException {
        Path file = folder("conf").resolve(KEY_STORE);
        Path growing = Files.createTempFile(
                folder("conf"),
                "certificate",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(growing)) {
            KeyStore given = bundle.getStores().getKeyStore();
            if (given == null) {
                throw new IOException("There is no certificate");
            }
            KeyStore kept = KeyStore.getInstance("PKCS12");
            kept.load(null, null);
            for (String alias : Collections.list(given.aliases())) {
                Key key = given.getKey(alias, null);
                if (key != null) {
                    kept.setKeyEntry("stadtkern", key, password.toCharArray(), given.getCertificateChain(alias));
                }
            }
            kept.store(out, password.toCharArray());
        } catch (GeneralSecurityException unusable) {
            throw new IOException(unusable);
        }
        Files.move(growing, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private String settings(MqttProperties.Ports ports) throws IOException {
        StringBuilder listeners = new StringBuilder();
        if (ports.plain() > 0) {
            listeners.append(listener("tcp-listener", ports.plain(), ""));
        }
        if (ports.tls() > 0) {
            listeners.append(listener("tls-tcp-listener", ports.tls(), tls()));
        }
        if (ports.webSocket() > 0) {
            listeners.append(
                    hasCertificate()
                            ? listener("tls-websocket-listener", ports.webSocket(), webSocket() + tls())
                            : listener("websocket-listener", ports.webSocket(), webSocket()));
        }
        return """
            <?xml version="1.0"?>
            <hivemq>
              <listeners>
            %s  </listeners>
              <mqtt>
                <packets><max-packet-size>%d</max-packet-size></packets>
                <receive-maximum><server-receive-maximum>20</server-receive-maximum></receive-maximum>
                <queued-messages><max-queue-size>%d</max-queue-size><strategy>discard-oldest</strategy></queued-messages>
                <session-expiry><max-interval>%d</max-interval></session-expiry>
                <wildcard-subscriptions><enabled>false</enabled></wildcard-subscriptions>
                <shared-subscriptions><enabled>false</enabled></shared-subscriptions>
              </mqtt>
              <restrictions>
                <max-connections>%d</max-connections>
                <max-client-id-length>512</max-client-id-length>
                <max-topic-length>4096</max-topic-length>
                <no-connect-idle-timeout>10000</no-connect-idle-timeout>
                <incoming-bandwidth-throttling>%d</incoming-bandwidth-throttling>
              </restrictions>
              <persistence><mode>%s</mode></persistence>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """.formatted(
                        listeners,
                        properties.largestPacket().toBytes(),
                        properties.queue(),
                        properties.sessionExpiry().toSeconds(),
                        properties.connections(),
                        properties.bytesPerSecond().toBytes(),
                        properties.keepSessions() ? "file" : "in-memory");
    }

    private String listener(String kind, int port, String more) {
        return "    <%1$s><port>%2$d</port><bind-address>%3$s</bind-address>%4$s</%1$s>\n"
                .formatted(kind, port, escaped(address()), more);
    }

    private static String webSocket() {
        return "<path>" + WEB_SOCKET
                + "</path><subprotocols><subprotocol>mqtt</subprotocol><subprotocol>mqttv3.1</subprotocol>"
                + "</subprotocols>";
    }

    private String tls() throws IOException {
        return ("<tls><keystore><path>%s</path><password>%s</password><private-key-password>%2$s</private-key-password>"
                        + "</keystore></tls>")
                .formatted(escaped(folder("conf").resolve(KEY_STORE).toString()), password);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
