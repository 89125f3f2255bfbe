package de.stadtkern;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stadtkern as a process of its own with a data folder, to be stopped the hard way.
public final class ProcessScenario implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path data;
    private final int port;
    private final List<String> settings;
    private final String scheme;
    private final HttpClient client;
    private @Nullable Process process;

    public ProcessScenario(Path data, String... settings) throws IOException {
        this(data, "http", CLIENT, settings);
    }

    /// @param client trusts the certificate of a Stadtkern that speaks TLS
    public ProcessScenario(Path data, String scheme, HttpClient client, String... settings) throws IOException {
        this.scheme = scheme;
        this.client = client;
        this.data = data;
        this.settings = List.of(settings);
        this.port = freePort();
    }

    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /// Starts and waits for the first answer.
    public void start() throws IOException, InterruptedException {
        start(fromClasses());
    }

    private static String[] fromClasses() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            // It lives for seconds: half of its work would be to compile itself.
            "-XX:TieredStopAtLevel=1",
            // As in the jar: without the developer's restarts, which also swallow the exit code.
            "-Dspring.devtools.restart.enabled=false",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "de.stadtkern.Stadtkern"
        };
    }

    /// Runs a command on its data folder and returns what it says; it must end well.
    public String command(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(fromClasses()));
        command.addAll(List.of(words));
        command.add("--stadtkern.data=" + data);
        Process ran = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ran.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return said;
    }

    /// Starts it with other words than from the classes of the build, and waits for the first answer.
    public void start(String... program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(
                "--stadtkern.data=" + data, "--server.port=" + port, "--stadtkern.sensorthings.anonymous-writes=true"));
        if (settings.stream().noneMatch(setting -> setting.startsWith("--stadtkern.mqtt.port="))) {
            command.add("--stadtkern.mqtt.port=0");
        }
        command.addAll(settings);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()))
                .start();
        process = started;
        for (int i = 0; i < 1200 && started.isAlive(); i++) {
            if (isAnswering()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("It does not answer; see the log beside " + data);
    }

    /// The same process, asked by another client.
    public Client through(HttpClient other) {
        return path -> send(other, HttpRequest.newBuilder(uri(path)).GET());
    }

    /// One who asks.
    public interface Client {
        HttpResponse<String> get(String path) throws IOException;
    }

    public boolean isAnswering() {
        try {
            return get("/sta/v1.1").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /// As a browser would ask.
    public HttpResponse<String> page(String path) throws IOException {
        return send(
                HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").GET());
    }

    public HttpResponse<String> post(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    private URI uri(String path) {
        return URI.create(scheme + "://localhost:" + port + path);
    }

    /// With the headers a program or a proxy would send.
    public HttpResponse<String> get(String path, String... headers) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).headers(headers).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return send(client, request);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException(ended);
        }
    }

    /// `kill -9` of the JVM; its PostgreSQL lives on as an orphan.
    public void killTheJvm() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    public long pid() {
        return running().pid();
    }

    private Process running() {
        return Objects.requireNonNull(process, "not started");
    }

    /// `kill -9` of the PostgreSQL server process; the JVM lives on.
    public void killPostgres() throws IOException {
        ProcessHandle.of(postgresPid()).orElseThrow().destroyForcibly();
    }

    /// Takes away the program that would be started again, or puts it back.
    public void keepPostgresDown(boolean down) throws IOException {
        Path program = data.resolve("postgres-bin/18/bin/postgres");
        Path away = program.resolveSibling("postgres.away");
        Files.move(down ? program : away, down ? away : program);
    }

    public long postgresPid() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(0)
                .strip());
    }

    public boolean postgresIsAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /// Stops it as Ctrl-C or systemd would and returns the seconds that took.
    public double stop() throws InterruptedException {
        long from = System.nanoTime();
        running().destroy();
        running().waitFor();
        return (System.nanoTime() - from) / 1e9;
    }

    /// A connection of our own to its database, in the schema of its first town. Waits for a server that is coming
    /// back: after a kill the old one's children may still have answered the last write.
    public Connection database() throws IOException, SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return connect();
            } catch (IOException | SQLException notYet) {
                if (attempt == 300) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    public int port() {
        return port;
    }

    public int postgresPort() throws IOException {
        return Integer.parseInt(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(3)
                .strip());
    }

    private Connection connect() throws IOException, SQLException {
        String password = Files.readString(data.resolve("postgres-password")).strip();
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgresPort() + "/postgres", "stadtkern", password);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select schema_name from stadtkern.town where is_default")) {
            rows.next();
            connection.setSchema(rows.getString(1));
        }
        return connection;
    }

    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            process.destroy();
            if (!process.waitFor(12, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
