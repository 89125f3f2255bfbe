package de.stadtkern.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// A load generator that costs little itself, because it shares two cores with what it measures: blocking sockets,
/// requests made beforehand, answers read only as far as HTTP asks.
final class Load {

    private Load() {}

    /// Answers a second on so many connections, each sending the next request when the answer to the one before is
    /// in.
    ///
    /// @param requests the bytes of request number i of a connection
    static double perSecond(int connections, Duration duration, IntFunction<byte[][]> requests)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + duration.toNanos();
        List<Future<Long>> counts = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                byte[][] mine = requests.apply(i);
                counts.add(threads.submit(() -> count(mine, deadline)));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            return sum / (duration.toNanos() / 1e9);
        }
    }

    private static long count(byte[][] requests, long deadline) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", BenchServer.PORT)) {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            long n = 0;
            while (System.nanoTime() < deadline) {
                out.write(requests[(int) (n % requests.length)]);
                readAnswer(in);
                n++;
            }
            return n;
        }
    }

    static byte[] post(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The same request for another town.
    static byte[] withHost(byte[] request, String host) {
        return new String(request, StandardCharsets.UTF_8)
                .replaceFirst("Host: 127\\.0\\.0\\.1", "Host: " + host)
                .getBytes(StandardCharsets.UTF_8);
    }

    static void once(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", BenchServer.PORT)) {
            socket.getOutputStream().write(request);
            readAnswer(new BufferedInputStream(socket.getInputStream()));
        }
    }

    /// A kept connection whose reader does nothing with what it gets: a client that makes text of half a megabyte takes
    /// as
    /// long as the server does.
    static final class Reader implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", BenchServer.PORT);
        private final InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);

        Reader() throws IOException {
            socket.setTcpNoDelay(true);
        }

        void get(String path) throws IOException {
            String request = "GET " + path.replace("'", "%27") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            send(request.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            readAnswer(in);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException("Answered: " + status);
        }
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        if (chunked) {
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.skipNBytes(size + 2L);
            }
            line(in);
        } else {
            in.skipNBytes(length);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
