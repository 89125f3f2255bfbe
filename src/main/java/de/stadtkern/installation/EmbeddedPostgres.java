package de.stadtkern.installation;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL 18 as a child process of this one, with its data in the data folder: durable (`fsync` and
/// `synchronous_commit` stay on), on a loopback port, with a random password.
///
/// It outlives a `kill -9` of this process; the next start finds it by its pid file, stops it and starts anew. Should
/// it be killed itself, it is started again on the same port and recovers from its own log.
final class EmbeddedPostgres {

    static final int MAJOR = 18;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final int PORT_TRIES = 5;
    private static final long FIRST_PAUSE = 300;
    private static final long LONGEST_PAUSE = 3_000;

    private final Path data;
    private final Path passwordFile;
    private final Path logFile;
    private final PostgresBinaries binaries;
    private final Object lock = new Object();
    private volatile boolean stopping;
    private int port;
    private @Nullable Process server;

    EmbeddedPostgres(DataFolder folder) {
        data = folder.resolve("postgres");
        passwordFile = folder.resolve("postgres-password");
        logFile = folder.resolve("postgres.log");
        binaries = new PostgresBinaries(folder.resolve("postgres-bin"));
    }

    void start() throws IOException, InterruptedException {
        refuseOtherMajor();
        binaries.unpack();
        if (!Files.exists(data)) {
            createCluster();
        }
        stopOrphan();
        // Ctrl-C reaches every process of the terminal: without this flag the server's own end would look like a crash.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping = true, "postgres-no-restart"));
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            synchronized (lock) {
                server = launch();
            }
            if (awaitReady()) {
                break;
            }
            if (attempt == PORT_TRIES) {
                throw new StartRefused(
                        "The embedded PostgreSQL does not start; its last words stand in %s.".formatted(logFile),
                        "Read them there. If its data is damaged, restore a backup into an empty data folder.");
            }
            Thread.sleep(1000L * attempt);
        }
        superviseInBackground();
    }

    Database database() {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "stadtkern", password(), true);
    }

    private void refuseOtherMajor() throws IOException {
        Path versionFile = data.resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            return;
        }
        String major = Files.readString(versionFile).strip();
        if (!major.equals(String.valueOf(MAJOR))) {
            throw new StartRefused(
                    "The data in %s was written by PostgreSQL %s; this Stadtkern brings PostgreSQL %d and does not touch it."
                            .formatted(data, major, MAJOR),
                    "Start it with the Stadtkern version that wrote it and export there, or run PostgreSQL %s on it and name that in stadtkern.database.url."
                            .formatted(major));
        }
    }

    /// Made beside its place and moved there at the end: a cluster that exists is a whole one.
    private void createCluster() throws IOException, InterruptedException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));
        Path growing = data.resolveSibling("postgres.new");
        PostgresBinaries.deleteTree(growing);
        binaries.run(
                logFile,
                "initdb",
                "-D",
                growing.toString(),
                "-U",
                "stadtkern",
                "--pwfile=" + passwordFile,
                "-A",
                "scram-sha-256",
                // Many rounds protect words that people choose. This password is 24 random bytes, and they would cost
                // every new connection, and a cold JVM's start most of all.
                "-c",
                "scram_iterations=1",
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C");
        Files.move(growing, data);
    }

    private void stopOrphan() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle process =
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
        if (process == null) {
            return; // PostgreSQL itself removes the file of a dead process, after it made sure that no child of it
            // lives on.
        }
        if (isOurServer(pid)) {
            log.info("A PostgreSQL of an earlier Stadtkern still runs on this data (pid {}); stopping it first.", pid);
            stopServer();
        } else {
            log.info("postmaster.pid names pid {}, which is another program by now; removing the file.", pid);
            Files.delete(pidFile);
        }
    }

    private boolean isOurServer(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains(data.toString());
        } catch (IOException noProcFileSystem) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().commandLine())
                    .map(line -> line.contains(data.toString()))
                    .orElse(true);
        }
    }

    private Process launch() throws IOException {
        List<String> command = binaries.command(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100",
                "-c",
                "shared_buffers=256MB",
                "-c",
                "max_wal_size=4GB",
                "-c",
                "checkpoint_completion_target=0.9",
                "-c",
                "jit=off",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "password_encryption=scram-sha-256");
        if (Files.exists(logFile) && Files.size(logFile) > 10_000_000) {
            Files.move(
                    logFile,
                    logFile.resolveSibling("postgres.log.1"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return new ProcessBuilder(inOwnSession(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
    }

    /// In its own session the server does not get the terminal's Ctrl-C; it ends when we have let go of it.
    private static List<String> inOwnSession(List<String> command) {
        if (!new File("/usr/bin/setsid").canExecute()) {
            return command;
        }
        return java.util.stream.Stream.concat(java.util.stream.Stream.of("/usr/bin/setsid"), command.stream())
                .toList();
    }

    private boolean awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        Database database = database();
        while (System.nanoTime() < deadline && server != null && server.isAlive()) {
            try (Connection connection =
                    DriverManager.getConnection(database.url(), database.username(), database.password())) {
                return connection.isValid(5);
            } catch (SQLException notYet) {
                Thread.sleep(25);
            }
        }
        return false;
    }

    private void superviseInBackground() {
        Thread.ofVirtual().name("postgres-supervisor").start(() -> {
            long pause = FIRST_PAUSE;
            try {
                while (!stopping) {
                    pause = awaitEnd() ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
                    Thread.sleep(pause);
                    if (!stopping) {
                        restart();
                    }
                }
            } catch (InterruptedException ended) {
                // Nothing left to watch over.
            }
        });
    }

    /// Waits for the server's end; true if it had lived for a while.
    private boolean awaitEnd() throws InterruptedException {
        Process watched = server;
        long from = System.nanoTime();
        if (watched != null) {
            watched.waitFor();
        }
        return System.nanoTime() - from > TimeUnit.SECONDS.toNanos(10);
    }

    private void restart() {
        log.warn("The embedded PostgreSQL ended unexpectedly; starting it again.");
        try {
            synchronized (lock) {
                server = launch();
            }
        } catch (IOException failed) {
            log.error(
                    "The embedded PostgreSQL cannot be started again; trying on. Its last words stand in {}",
                    logFile,
                    failed);
        }
    }

    void stop() throws IOException, InterruptedException {
        stopping = true;
        synchronized (lock) {
            if (server != null && server.isAlive()) {
                stopServer();
                if (!server.waitFor(2, TimeUnit.SECONDS)) {
                    server.destroyForcibly();
                }
            }
        }
    }

    private void stopServer() throws IOException, InterruptedException {
        try {
            binaries.run(logFile, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "7");
        } catch (StartRefused tooSlow) {
            binaries.run(logFile, "pg_ctl", "stop", "-D", data.toString(), "-m", "immediate", "-w", "-t", "7");
        }
    }

    private String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException missing) {
            throw new StartRefused(
                    "The password of the embedded database, %s, cannot be read.".formatted(passwordFile),
                    "Restore that file from a copy of the data folder, and start as the user who owns it.");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
