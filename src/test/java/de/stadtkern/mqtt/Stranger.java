package de.stadtkern.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A client that says whatever it likes, in MQTT 3.1.1 or 5, over a socket or a WebSocket.
final class Stranger implements AutoCloseable {

    private static final int CONNECT = 0x10;
    private static final int PUBLISH = 0x30;
    private static final int SUBSCRIBE = 0x82;

    private final MqttScenario.Version version;
    private final Line line;

    private interface Line {

        void send(byte[] bytes) throws IOException;

        void close() throws IOException;
    }

    private record SocketLine(Socket socket) implements Line {

        @Override
        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private record WebSocketLine(HttpClient client, WebSocket socket) implements Line {

        @Override
        public void send(byte[] bytes) throws IOException {
            try {
                socket.sendBinary(ByteBuffer.wrap(bytes), true).get(5, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | TimeoutException ended) {
                throw new IOException(ended);
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }

        @Override
        public void close() {
            socket.abort();
            client.shutdownNow();
        }
    }

    private Stranger(MqttScenario.Version version, Line line) {
        this.version = version;
        this.line = line;
    }

    static Stranger overSocket(MqttScenario mqtt, MqttScenario.Version version) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), mqtt.port());
        socket.setSoTimeout(200);
        return new Stranger(version, new SocketLine(socket));
    }

    static Stranger overWebSocket(MqttScenario mqtt, MqttScenario.Version version) throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        try {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("mqtt")
                    .buildAsync(
                            URI.create("ws://127.0.0.1:%d/mqtt".formatted(mqtt.webSocketPort())),
                            new WebSocket.Listener() {})
                    .join();
            return new Stranger(version, new WebSocketLine(client, socket));
        } catch (CompletionException failed) {
            throw new IOException(failed);
        }
    }

    /// What the broker answers first; -1 if it ends the connection.
    int read() throws IOException {
        return line instanceof SocketLine(Socket socket)
                ? socket.getInputStream().read()
                : -1;
    }

    /// As a client of this town that gives no key.
    void connect(String town, Random random, byte[] properties) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text("MQTT"));
        body.writeBytes(new byte[] {(byte) (isFive() ? 5 : 4), (byte) 0x82, 0, 60});
        writeProperties(body, properties);
        body.writeBytes(text("stranger-" + random.nextLong()));
        body.writeBytes(text(town));
        send(packet(CONNECT, body.toByteArray()));
        if (line instanceof SocketLine(Socket socket)) {
            socket.getInputStream().readNBytes(4);
        }
    }

    void send(byte[] bytes) throws IOException {
        line.send(bytes);
    }

    void publish(String topic, int qos, int id, byte[] properties, byte[] payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text(topic));
        if (qos > 0) {
            body.write(id >> 8);
            body.write(id);
        }
        writeProperties(body, properties);
        body.writeBytes(payload);
        send(packet(PUBLISH | qos << 1, body.toByteArray()));
    }

    void subscribe(String topic, int options, int id, byte[] properties) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(id >> 8);
        body.write(id);
        writeProperties(body, properties);
        body.writeBytes(text(topic));
        body.write(options);
        send(packet(SUBSCRIBE, body.toByteArray()));
    }

    private boolean isFive() {
        return version == MqttScenario.Version.MQTT_5;
    }

    private void writeProperties(ByteArrayOutputStream body, byte[] properties) {
        if (isFive()) {
            writeLength(body, properties.length);
            body.writeBytes(properties);
        }
    }

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[bytes.length + 2];
        all[0] = (byte) (bytes.length >> 8);
        all[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, all, 2, bytes.length);
        return all;
    }

    static byte[] packet(int head, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        writeLength(packet, body.length);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int value) {
        int length = value;
        do {
            out.write(length >= 128 ? length % 128 | 128 : length);
            length /= 128;
        } while (length > 0);
    }

    /// Properties of MQTT 5, of which most belong into another packet or come twice.
    static byte[] properties(Random random) {
        ByteArrayOutputStream properties = new ByteArrayOutputStream();
        for (int count = random.nextInt(4); count > 0; count--) {
            int id = random.nextInt(44);
            properties.write(id);
            switch (id) {
                case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a -> properties.write(random.nextInt(3));
                case 0x13, 0x21, 0x22, 0x23 -> properties.writeBytes(new byte[] {0, (byte) random.nextInt(3)});
                case 0x02, 0x11, 0x18, 0x27 -> properties.writeBytes(new byte[] {0, 0, (byte) random.nextInt(3), 1});
                case 0x0b -> writeLength(properties, random.nextInt(300));
                case 0x26 -> {
                    properties.writeBytes(text(random.nextBoolean() ? "Duplicates" : "x"));
                    properties.writeBytes(text(random.nextBoolean() ? "ignore" : "y".repeat(2_000)));
                }
                default -> properties.writeBytes(text(random.nextBoolean() ? "v1.1/Things" : "\u0000"));
            }
        }
        return properties.toByteArray();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
