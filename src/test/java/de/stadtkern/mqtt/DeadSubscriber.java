package de.stadtkern.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client of MQTT 3.1.1 that subscribes with QoS 1 and then neither reads nor acknowledges anything.
final class DeadSubscriber implements AutoCloseable {

    private final Socket socket = new Socket();

    DeadSubscriber(int port, String user, String topic) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ByteArrayOutputStream connect = new ByteArrayOutputStream();
        connect.writeBytes(text("MQTT"));
        connect.writeBytes(new byte[] {4, (byte) 0x82, 0, 0});
        connect.writeBytes(text("dead"));
        connect.writeBytes(text(user));
        send(0x10, connect.toByteArray());
        socket.getInputStream().readNBytes(4);
        ByteArrayOutputStream subscribe = new ByteArrayOutputStream();
        subscribe.writeBytes(new byte[] {0, 1});
        subscribe.writeBytes(text(topic));
        subscribe.write(1);
        send(0x82, subscribe.toByteArray());
        socket.getInputStream().readNBytes(5);
    }

    /// Short packets only.
    private void send(int head, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        packet.write(body.length);
        packet.writeBytes(body);
        socket.getOutputStream().write(packet.toByteArray());
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[bytes.length + 2];
        all[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, all, 2, bytes.length);
        return all;
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
