package de.stadtkern.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client of MQTT 3.1.1 that costs little itself: packets by hand over a blocking socket.
final class MqttLoad implements AutoCloseable {

    private static final int CONNECT = 0x10;
    private static final int PUBLISH_QOS_1 = 0x32;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;

    private final Socket socket;
    private final DataInputStream in;
    private int packetId;

    MqttLoad(String clientId) throws IOException {
        this(clientId, BenchServer.MQTT_PORT);
    }

    MqttLoad(String clientId, int port) throws IOException {
        this(clientId, port, "");
    }

    /// @param key empty for none
    MqttLoad(String clientId, int port, String key) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 13));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text("MQTT"));
        body.writeBytes(new byte[] {4, (byte) (key.isEmpty() ? 2 : 0xc2), 0, 120});
        body.writeBytes(text(clientId));
        if (!key.isEmpty()) {
            body.writeBytes(text("bench"));
            body.writeBytes(text(key));
        }
        send(CONNECT, body.toByteArray());
        byte[] answer = read().body;
        if (answer[1] != 0) {
            throw new IOException("Refused with " + answer[1]);
        }
    }

    /// @param body without head and length
    record Packet(int head, byte[] body) {

        @SuppressWarnings("ArrayRecordComponent")
        Packet {}

        /// Of a published message with QoS 1.
        int messageId() {
            int topic = (body[0] & 0xff) << 8 | body[1] & 0xff;
            return (body[2 + topic] & 0xff) << 8 | body[3 + topic] & 0xff;
        }

        String payload() {
            int topic = (body[0] & 0xff) << 8 | body[1] & 0xff;
            return new String(body, 4 + topic, body.length - 4 - topic, StandardCharsets.UTF_8);
        }
    }

    void subscribe(String topic) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 1});
        body.writeBytes(text(topic));
        body.write(1);
        send(SUBSCRIBE, body.toByteArray());
        byte[] answer = read().body;
        if (answer[2] != 1) {
            throw new IOException("Not subscribed: " + answer[2]);
        }
    }

    /// Publishes with QoS 1 and waits for the acknowledgement.
    void publish(String topic, String json) throws IOException {
        packetId = packetId % 60_000 + 1;
        ByteArrayOutputStream body = new ByteArrayOutputStream(128);
        body.writeBytes(text(topic));
        body.write(packetId >> 8);
        body.write(packetId);
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        send(PUBLISH_QOS_1, body.toByteArray());
        if (read().head != PUBACK) {
            throw new IOException("Not acknowledged");
        }
    }

    /// The next message, acknowledged.
    String receive() throws IOException {
        Packet message = read();
        int id = message.messageId();
        send(PUBACK, new byte[] {(byte) (id >> 8), (byte) id});
        return message.payload();
    }

    private Packet read() throws IOException {
        int head = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int part;
        do {
            part = in.readUnsignedByte();
            length |= (part & 0x7f) << shift;
            shift += 7;
        } while (part >= 128);
        return new Packet(head, in.readNBytes(length));
    }

    private void send(int head, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream(body.length + 5);
        packet.write(head);
        int length = body.length;
        do {
            packet.write(length >= 128 ? length % 128 | 128 : length);
            length /= 128;
        } while (length > 0);
        packet.writeBytes(body);
        socket.getOutputStream().write(packet.toByteArray());
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[bytes.length + 2];
        all[0] = (byte) (bytes.length >> 8);
        all[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, all, 2, bytes.length);
        return all;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
