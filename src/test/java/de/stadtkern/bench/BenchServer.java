package de.stadtkern.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The real jar with its real settings in a process of its own, and ways past it to its database for the floors.
final class BenchServer implements AutoCloseable {

    static final int PORT = 18080;
    static final int MQTT_PORT = 18083;

    private static final String MONITORING_TOKEN = "a-token-for-benchmarks-only-0123";
    private static final String STORED = "stadtkern_observations_stored_total";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern ONE_TIME = Pattern.compile("one-time password +(\\S+)");
    private static final Pattern TOKEN = Pattern.compile("name=\"_form\" value=\"([^\"]+)\"");

    private final Path data;
    private final Process process;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    final double secondsToFirstPage;

    BenchServer(Path data, String... settings) throws IOException, InterruptedException {
        this(data, true, settings);
    }

    /// @param cached whether with the JDK's cache of classes
    BenchServer(Path data, boolean cached, String... settings) throws IOException, InterruptedException {
        this.data = data;
        Files.createDirectories(data);
        List<String> command = new ArrayList<>(List.of(
                "bin/stadtkern",
                "--stadtkern.data=" + data.toAbsolutePath(),
                "--server.port=" + PORT,
                "--stadtkern.mqtt.port=" + MQTT_PORT,
                "--stadtkern.sensorthings.anonymous-writes=true",
                "--stadtkern.identity.monitoring-token=" + MONITORING_TOKEN,
                "--logging.level.root=warn"));
        command.addAll(List.of(settings));
        long from = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()));
        builder.environment().put("STADTKERN_AOT", cached ? "" : "off");
        process = builder.start();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended; see " + data + ".log");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        secondsToFirstPage = (System.nanoTime() - from) / 1e9;
    }

    private boolean answers() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(uri("/")).GET()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + PORT + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// As the first admin, with the one-time password the server has printed; from here on [#get] asks as that person.
    void logIn() throws IOException, InterruptedException {
        String log = Files.readString(data.resolveSibling(data.getFileName() + ".log"));
        Matcher once = ONE_TIME.matcher(log);
        if (!once.find()) {
            throw new IllegalStateException("No one-time password was printed");
        }
        fill("/login", "login=admin&password=" + once.group(1));
        fill(
                "/first",
                "name=Bench&mail=bench%%40example.org&password=%1$s&repeated=%1$s".formatted("messen+am+Fluss+7"));
        if (get("/people").contains("action=\"/login\"")) {
            throw new IllegalStateException("Nobody is logged in");
        }
    }

    /// Fills in the form of a page.
    void fill(String path, String fields) throws IOException, InterruptedException {
        HttpResponse<String> page = keep(send(HttpRequest.newBuilder(uri(path)).GET()));
        Matcher token = TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new IllegalStateException("There is no form on " + path);
        }
        keep(send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_form=" + token.group(1) + "&" + fields))));
    }

    private HttpResponse<String> keep(HttpResponse<String> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] parts = cookie.split("[=;]", 3);
            cookies.put(parts[0], parts[1]);
        }
        return answer;
    }

    String get(String path) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(uri(path)).GET());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /// Where an address leads that is no longer the right one.
    String movedTo(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET())
                .headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException(path + " leads nowhere"));
    }

    /// A form with files, each as text.
    void upload(String path, Map<String, String> parts) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        parts.forEach((name, content) ->
                body.append("--part\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(name, name, content)));
        var answer = send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "multipart/form-data; boundary=part")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(body + "--part--\r\n")));
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    String post(String path, String json) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    void delete(String path) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(uri(path)).DELETE());
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    int databasePort() throws IOException {
        return Integer.parseInt(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(3)
                .strip());
    }

    String databasePassword() throws IOException {
        return Files.readString(data.resolve("postgres-password")).strip();
    }

    /// A bare JDBC connection in the schema of a town.
    Connection database(String schema) throws IOException, SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort() + "/postgres?prepareThreshold=1&currentSchema="
                        + schema,
                "stadtkern",
                databasePassword());
        try (Statement statement = connection.createStatement()) {
            statement.execute("set jit = off");
        }
        return connection;
    }

    /// Proportional set size in MB, summed over this process and all below it, so that shared pages count once.
    double memory() {
        Memory now = memoryByProgram();
        return now.pss() + now.databasePss();
    }

    /// In MB, of Stadtkern and of all processes of its PostgreSQL together.
    record Memory(double rss, double pss, int databaseProcesses, double databaseRss, double databasePss) {

        String text() {
            return "RSS %.0f MB (PSS %.0f), RSS %.0f MB in %d processes (PSS %.0f)"
                    .formatted(rss, pss, databaseRss, databaseProcesses, databasePss);
        }
    }

    Memory memoryByProgram() {
        List<ProcessHandle> database = process.descendants().toList();
        return new Memory(
                megabytes(process.pid(), "Rss:"),
                megabytes(process.pid(), "Pss:"),
                database.size(),
                database.stream()
                        .mapToDouble(one -> megabytes(one.pid(), "Rss:"))
                        .sum(),
                database.stream()
                        .mapToDouble(one -> megabytes(one.pid(), "Pss:"))
                        .sum());
    }

    /// Observations this process has stored since its start, as it counts them itself.
    double stored() throws IOException, InterruptedException {
        return figure(STORED);
    }

    /// A figure of the server's own, summed over its labels.
    double figure(String name) throws IOException, InterruptedException {
        String figures = send(HttpRequest.newBuilder(uri("/actuator/prometheus"))
                        .header("Authorization", "Bearer " + MONITORING_TOKEN)
                        .GET())
                .body();
        if (!figures.contains(name)) {
            throw new IOException("The server does not say " + name + ": " + figures);
        }
        return figures.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// What all these processes have computed so far, in seconds of a core.
    double cpuSeconds() {
        double ticks = ticks(process.pid());
        for (ProcessHandle child : process.descendants().toList()) {
            ticks += ticks(child.pid());
        }
        return ticks / 100;
    }

    private static double ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // Behind the name, which may have blanks: state is field 3, utime and stime are 14 and 15.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static double megabytes(long pid, String measure) {
        Path smaps = Path.of("/proc/" + pid + "/smaps_rollup");
        if (!Files.isReadable(smaps)) {
            return 0;
        }
        try {
            return Files.readAllLines(smaps).stream()
                    .filter(line -> line.startsWith(measure))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }

    /// Runs a command of bin/stadtkern against this server and returns what it printed.
    String command(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bin/stadtkern"));
        command.addAll(List.of(words));
        command.add("--stadtkern.data=" + data.toAbsolutePath());
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(run.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + output);
        }
        return output;
    }

    double stop() throws InterruptedException {
        long from = System.nanoTime();
        process.destroy();
        process.waitFor();
        return (System.nanoTime() - from) / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }
}
