package de.stadtkern.installation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Takes commands for the running process on a loopback port of its own. Port and token stand in the file `running`
/// of the data folder, which only its owner may read: whoever can read it could read the database files as well.
@Component
class CommandServer {

    private final Path runningFile;
    private final Commands commands;
    private final String token;
    private @Nullable HttpServer server;

    CommandServer(DataFolder folder, Commands commands) {
        this.runningFile = folder.resolve("running");
        this.commands = commands;
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        opened.createContext("/", this::handle);
        opened.start();
        server = opened;
        Files.deleteIfExists(runningFile);
        Files.createFile(
                runningFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                runningFile,
                opened.getAddress().getPort() + "\n" + token + "\n"
                        + ProcessHandle.current().pid() + "\n");
    }

    @PreDestroy
    void stop() throws IOException {
        if (server != null) {
            Files.deleteIfExists(runningFile);
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
            return;
        }
        Thread.currentThread().setContextClassLoader(CommandServer.class.getClassLoader());
        List<String> lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            // Whoever asked hears at once that somebody is here.
            out.flush();
            var terminal = new RemoteTerminal(Path.of(lines.getFirst()), out);
            int code = commands.run(
                    lines.subList(1, lines.size()).stream()
                            .map(CommandLine::decode)
                            .toList(),
                    terminal);
            terminal.send('x', String.valueOf(code));
        }
    }

    /// Writes one line per message, its kind first; a failed write means that the person has gone.
    private static final class RemoteTerminal implements Command.Terminal {

        private final Path folder;
        private final OutputStream out;
        private volatile boolean gone;

        RemoteTerminal(Path folder, OutputStream out) {
            this.folder = folder;
            this.out = out;
        }

        synchronized void send(char kind, String text) {
            try {
                for (String line : text.split("\n", -1)) {
                    out.write((kind + line + "\n").getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
            } catch (IOException left) {
                gone = true;
            }
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public void line(String text) {
            send('o', text);
        }

        @Override
        public void progress(String text) {
            send('p', text);
        }

        @Override
        public void error(String text) {
            send('e', text);
        }

        @Override
        public boolean isGone() {
            return gone;
        }
    }
}
