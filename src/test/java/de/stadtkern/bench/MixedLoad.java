package de.stadtkern.bench;

import de.stadtkern.ProcessScenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// `bin/bench --long`: everything at once for half an hour, with PostgreSQL killed every minute and a half and the JVM
/// killed twice. What was acknowledged must be there once, totals and roll-ups must equal a recount, no answer may be
/// an error that should not be, and the heap must not grow.
public final class MixedLoad {

    private static final int ARRAY = 50;
    private static final int SERIES = 50;
    private static final long KILL_SECONDS = 90;
    private static final String THING = """
        {"name": "%s", "description": "", "Locations": [{"name": "O", "description": "", "encodingType": "application/geo+json",
          "location": {"type": "Point", "coordinates": [11.5, 50.9]}}], "Datastreams": [%s]}
        """;
    private static final String DATASTREAM = """
        {"name": "D", "description": "", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
         "unitOfMeasurement": {"name": "Personen", "symbol": "1", "definition": "1"},
         "Sensor": {"name": "S", "description": "", "encodingType": "text/plain", "metadata": "m"},
         "ObservedProperty": {"name": "P", "definition": "p", "description": "", "properties": {"aggregation": "sum"}}}
        """;
    private static final List<String> QUESTIONS = List.of(
            "/",
            "/sensors",
            "/sta/v1.1/Things?$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime%20desc))&$top=20",
            "/sta/v1.1/Observations?$top=1000&$orderby=phenomenonTime%20desc",
            "/sta/v1.1/Datastreams(7)/Observations?$filter=result%20gt%2010&$top=100&$count=true",
            "/sta/v1.1/Observations?$resultFormat=CSV&$top=20000",
            "/sta/v1.1/Observations?$apply=groupby((Datastream,bucket(phenomenonTime,'hour')),aggregate(result%20with%20sum%20as%20s))"
                    .replace("'", "%27"),
            "/api/v1/latest",
            "/api/v1/datastreams/3/days?from=2026-01-01&to=2027-01-01");

    /// What the values of one way in are numbered with, and which of them were acknowledged.
    private enum Way {
        SINGLE(1),
        ARRAYS(100_000_000L),
        MQTT(200_000_000L);

        private final long first;
        private final AtomicLong next;
        private final BitSet acknowledged = new BitSet();

        Way(long first) {
            this.first = first;
            this.next = new AtomicLong(first);
        }

        synchronized void acknowledge(long from, int size) {
            acknowledged.set((int) (from - first), (int) (from - first) + size);
        }

        static Way of(long value) {
            return value >= MQTT.first ? MQTT : value >= ARRAYS.first ? ARRAYS : SINGLE;
        }
    }

    private final ProcessScenario server;
    private final int mqttPort;
    private final LongAdder answers = new LongAdder();
    private final LongAdder away = new LongAdder();
    private final Map<String, LongAdder> wrong = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> heaps = new TreeMap<>();
    private volatile boolean going = true;

    private MixedLoad(ProcessScenario server, int mqttPort) {
        this.server = server;
        this.mqttPort = mqttPort;
    }

    /// @param arguments minutes
    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length == 0 ? 30 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-data")), "mixed");
        int port = ProcessScenario.freePort();
        boolean isRight;
        try (ProcessScenario server = new ProcessScenario(
                folder.resolve("data").toAbsolutePath(),
                "--stadtkern.demo=false",
                "--stadtkern.mqtt.port=" + port,
                "--logging.level.root=warn")) {
            isRight = new MixedLoad(server, port).run(minutes);
        }
        if (!isRight) {
            System.exit(1);
        }
    }

    /// Whether everything was as it must be.
    private boolean run(int minutes) throws Exception {
        server.start("bin/stadtkern");
        String series = LongStream.range(0, SERIES).mapToObj(_ -> DATASTREAM).collect(Collectors.joining(","));
        if (server.post("/sta/v1.1/Things", THING.formatted("Zähler", series)).statusCode() != 201) {
            throw new IOException("The Datastreams could not be made");
        }
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            load.add(Thread.ofVirtual().start(() -> whileGoing(this::writeOne)));
            load.add(Thread.ofVirtual().start(() -> whileGoing(this::read)));
        }
        load.add(Thread.ofVirtual().start(() -> whileGoing(this::writeArray)));
        load.add(Thread.ofVirtual().start(() -> whileGoing(this::makeAndRemove)));
        load.add(Thread.ofPlatform().start(this::publish));
        killNowAndThen(minutes);
        going = false;
        for (Thread thread : load) {
            thread.join();
        }
        return report();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void whileGoing(Work work) {
        while (going) {
            try {
                work.run();
            } catch (IOException dead) {
                away.increment();
                sleep(50);
            }
        }
    }

    private void writeOne() throws IOException {
        long value = Way.SINGLE.next.getAndIncrement();
        var answer = server.post(
                "/sta/v1.1/Datastreams(%d)/Observations".formatted(1 + value % SERIES),
                "{\"result\": %d}".formatted(value));
        if (isGood(answer.statusCode(), answer.body(), 201, "POST")) {
            Way.SINGLE.acknowledge(value, 1);
        }
    }

    private void writeArray() throws IOException {
        long first = Way.ARRAYS.next.getAndAdd(ARRAY);
        String rows = LongStream.range(first, first + ARRAY)
                .mapToObj(value -> "[" + value + "]")
                .collect(Collectors.joining(","));
        var answer =
                server.post("/sta/v1.1/CreateObservations", """
                    [{"Datastream": {"@iot.id": %d}, "components": ["result"], "dataArray@iot.count": %d, "dataArray": [%s]}]
                    """.formatted(1 + first / ARRAY % SERIES, ARRAY, rows));
        if (isGood(answer.statusCode(), answer.body(), 201, "CreateObservations")
                && !answer.body().contains("error")) {
            Way.ARRAYS.acknowledge(first, ARRAY);
        }
    }

    private void read() throws IOException {
        String question = QUESTIONS.get((int) (System.nanoTime() % QUESTIONS.size()));
        var answer = server.get(question);
        isGood(answer.statusCode(), answer.body(), 200, question);
    }

    private void makeAndRemove() throws IOException {
        var answer = server.post("/sta/v1.1/Things", THING.formatted("Kurz", DATASTREAM));
        if (isGood(answer.statusCode(), answer.body(), 201, "POST Things")) {
            String made = answer.headers().firstValue("Location").orElseThrow();
            var gone = server.delete(made.substring(made.indexOf("/sta/")));
            isGood(gone.statusCode(), gone.body(), 200, "DELETE Thing");
        }
        sleep(200);
    }

    /// 503 and 429 are right while processes are dead or many ask; everything else than what was expected is not.
    private boolean isGood(int status, String body, int expected, String what) {
        answers.increment();
        if (status == 503 || status == 429) {
            away.increment();
            sleep(20);
        } else if (status != expected) {
            String said = "%s: %d %.200s".formatted(what, status, body);
            wrong.computeIfAbsent(said, _ -> new LongAdder()).increment();
        }
        return status == expected;
    }

    private void publish() {
        while (going) {
            try (MqttLoad client = new MqttLoad("mixed", mqttPort)) {
                while (going) {
                    long value = Way.MQTT.next.getAndIncrement();
                    client.publish(
                            "v1.1/Datastreams(%d)/Observations".formatted(1 + value % SERIES),
                            "{\"result\": %d}".formatted(value));
                    Way.MQTT.acknowledge(value, 1);
                    sleep(2);
                }
            } catch (IOException dead) {
                away.increment();
                sleep(200);
            }
        }
    }

    private void killNowAndThen(int minutes) throws Exception {
        long seconds = TimeUnit.MINUTES.toSeconds(minutes);
        int life = 1;
        for (long second = 0; second < seconds; second += KILL_SECONDS) {
            TimeUnit.SECONDS.sleep(KILL_SECONDS / 2);
            measureHeap("life " + life + " of the JVM");
            TimeUnit.SECONDS.sleep(KILL_SECONDS / 2);
            boolean isThird = (second + KILL_SECONDS) * 3 / seconds != second * 3 / seconds;
            if (isThird && second + KILL_SECONDS < seconds) {
                server.killTheJvm();
                server.start("bin/stadtkern");
                life++;
            } else {
                server.killPostgres();
            }
            System.out.printf(
                    "%d s: %,d answers, %,d refused or broken off, wrong: %s%n",
                    second + KILL_SECONDS, answers.sum(), away.sum(), wrong.keySet());
        }
        TimeUnit.SECONDS.sleep(10);
    }

    /// What is left after a collection.
    private void measureHeap(String life) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String pid = String.valueOf(server.pid());
        new ProcessBuilder(jcmd, pid, "GC.run").start().waitFor();
        Process said = new ProcessBuilder(jcmd, pid, "GC.heap_info").start();
        long kilobytes = new String(said.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("(DefNew|Tenured) .*"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")))
                .sum();
        heaps.computeIfAbsent(life, _ -> new ArrayList<>()).add(kilobytes / 1024);
    }

    private boolean report() throws Exception {
        try (Connection database = server.database()) {
            for (int i = 0;
                    i < 600 && !text(database, "select count(*) from dirty_log").equals("0");
                    i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            System.out.printf("%n| what | found |%n|---|---|%n");
            System.out.printf("| answers; of these refused or broken off | %,d; %,d |%n", answers.sum(), away.sum());
            System.out.printf("| wrong answers | %s |%n", wrong.isEmpty() ? "none" : wrong);
            String recount = "select count(*) || ' ' || sum(result)::numeric from observation";
            List<Boolean> right = List.of(
                    wrong.isEmpty(),
                    areThereOnce(database),
                    same(database, "totals", "select sum(n) from datastream_state", "select count(*) from observation"),
                    same(database, "hours", "select sum(n) || ' ' || sum(sum)::numeric from rollup_hour", recount),
                    same(database, "days", "select sum(n) || ' ' || sum(sum)::numeric from rollup_day", recount));
            heaps.forEach((life, megabytes) -> System.out.printf("| heap in use, %s | %s MB |%n", life, megabytes));
            return !right.contains(false) && heaps.values().stream().allMatch(MixedLoad::isFlat);
        }
    }

    /// Whether the second half of what was measured lies at most a quarter above the first; what a process needs in its
    /// first minutes does not count.
    private static boolean isFlat(List<Long> megabytes) {
        if (megabytes.size() < 4) {
            return true;
        }
        double first = mean(megabytes.subList(1, megabytes.size() / 2 + 1));
        double second = mean(megabytes.subList(megabytes.size() / 2 + 1, megabytes.size()));
        return second <= 1.25 * first;
    }

    private static double mean(List<Long> megabytes) {
        return megabytes.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    private static boolean areThereOnce(Connection database) throws SQLException {
        Map<Way, BitSet> there = new TreeMap<>();
        long twice = 0;
        long lost = 0;
        database.setAutoCommit(false);
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(10_000);
            try (ResultSet rows = statement.executeQuery("select result::bigint from observation")) {
                while (rows.next()) {
                    Way way = Way.of(rows.getLong(1));
                    int number = (int) (rows.getLong(1) - way.first);
                    BitSet found = there.computeIfAbsent(way, _ -> new BitSet());
                    twice += found.get(number) ? 1 : 0;
                    found.set(number);
                }
            }
        } finally {
            database.setAutoCommit(true);
        }
        for (Way way : Way.values()) {
            BitSet missing = (BitSet) way.acknowledged.clone();
            missing.andNot(there.getOrDefault(way, new BitSet()));
            lost += missing.cardinality();
            System.out.printf(
                    "| %s: acknowledged; lost | %,d; %,d |%n",
                    way, way.acknowledged.cardinality(), missing.cardinality());
        }
        System.out.printf("| values that are there twice | %,d |%n", twice);
        // A way in on which nothing was acknowledged proves nothing.
        return lost == 0 && twice == 0 && Stream.of(Way.values()).noneMatch(way -> way.acknowledged.isEmpty());
    }

    private static boolean same(Connection database, String what, String kept, String counted) throws SQLException {
        String found = text(database, kept);
        String right = text(database, counted);
        boolean isSame = found.equals(right);
        System.out.printf("| %s | %s |%n", what, isSame ? "equal to a recount" : "WRONG: " + found + ", not " + right);
        return isSame;
    }

    private static String text(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
