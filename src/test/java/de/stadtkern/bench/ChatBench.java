package de.stadtkern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fifty people who ask the chat at once, each as soon as the answer before is in, over 20,000 passages; beside it the
/// plain search over the same passages, asked in the same way without HTTP, without a database and without anything
/// that makes an answer of what it finds. The passages are sentences of real services put together anew, so that there
/// are enough of them.
final class ChatBench {

    private static final Path FILES =
            Path.of("../shared/data/chat").toAbsolutePath().normalize();
    private static final int DOCUMENTS = 5_000;
    private static final int SECTIONS = 4;
    private static final int PARAGRAPHS = 3;
    private static final int PEOPLE = 50;
    private static final int QUESTIONS = 20;
    private static final int WARM_ROUNDS = 12;
    private static final int RUNS = 5;
    private static final JsonMapper JSON = new JsonMapper();

    private final BenchServer server;
    private final Table table;

    ChatBench(BenchServer server, Table table) {
        this.server = server;
        this.table = table;
    }

    /// One of several who ask.
    private interface Asking extends AutoCloseable {

        void ask(String question) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    private record Connected(Load.Reader connection) implements Asking {

        @Override
        public void ask(String question) throws IOException {
            connection.send(request(question));
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /// A text of the town.
    record Text(String title, List<String> headings, List<String> bodies) {}

    void run() throws Exception {
        if (!Files.isDirectory(FILES)) {
            System.out.println("The texts of the chat's bench are not here: " + FILES);
            return;
        }
        List<Text> texts = texts();
        List<String> questions = questions();
        index(texts, questions.getFirst());
        try (PlainSearch plain = new PlainSearch(texts)) {
            double[] asked = new double[RUNS];
            double[] floor = new double[RUNS];
            double[] middle = new double[RUNS];
            for (int round = 0; round < WARM_ROUNDS; round++) {
                server(questions);
                atOnce(questions, () -> plain::find);
            }
            for (int run = 0; run < RUNS; run++) {
                double[] sorted = server(questions);
                asked[run] = at(sorted, 0.95);
                middle[run] = at(sorted, 0.5);
                floor[run] = at(atOnce(questions, () -> plain::find), 0.95);
            }
            table.addTime(
                    "20,000 passages, 50 people asking the chat at once",
                    "p50 %s, p95 %s".formatted(Table.millis(Table.median(middle)), Table.millis(Table.median(asked))),
                    Table.median(asked),
                    Table.median(floor),
                    150);
        }
        double[] alone = new double[questions.size()];
        try (Load.Reader connection = new Load.Reader()) {
            for (int number = 0; number < alone.length; number++) {
                long from = System.nanoTime();
                connection.send(request(questions.get(number)));
                alone[number] = (System.nanoTime() - from) / 1e6;
            }
        }
        Arrays.sort(alone);
        table.add(
                "20,000 passages, one person asking the chat",
                "p50 %s, p95 %s".formatted(Table.millis(at(alone, 0.5)), Table.millis(at(alone, 0.95))),
                "",
                "p95 ≤ 150 ms",
                at(alone, 0.95) <= 150);
    }

    /// In a process whose whole heap is smaller than what is allowed.
    private void index(List<Text> texts, String question) throws Exception {
        Path file = Files.createTempFile("texts", ".jsonl");
        try {
            List<String> lines = new ArrayList<>();
            for (int number = 0; number < texts.size(); number++) {
                lines.add(JSON.writeValueAsString(Map.of(
                        "id", "text-" + number, "title", texts.get(number).title(), "html", html(texts.get(number)))));
            }
            Files.write(file, lines);
            long from = System.nanoTime();
            server.command("import-knowledge", file.toString(), "--town", "stadt");
            double read = (System.nanoTime() - from) / 1e9;
            server.post("/api/chat/questions", body(question));
            double seconds = (System.nanoTime() - from) / 1e9;
            table.add(
                    "20,000 passages brought and indexed, within 256 MB of heap",
                    "%.1f s, %.1f s of it for the import".formatted(seconds, read),
                    "",
                    "≤ 60 s, ≤ 400 MB",
                    seconds <= 60);
        } finally {
            Files.delete(file);
        }
    }

    private static String html(Text text) {
        StringBuilder html = new StringBuilder();
        for (int section = 0; section < SECTIONS; section++) {
            html.append("<h2>").append(text.headings().get(section)).append("</h2><p>");
            html.append(text.bodies().get(section)).append("</p>");
        }
        return html.toString();
    }

    private double[] server(List<String> questions) throws InterruptedException, ExecutionException {
        return atOnce(questions, () -> new Connected(new Load.Reader()));
    }

    private static byte[] request(String question) {
        return Load.post("/api/chat/questions", body(question));
    }

    private static String body(String question) {
        return JSON.writeValueAsString(Map.of("question", question));
    }

    private interface Person {
        Asking come() throws IOException;
    }

    /// @return milliseconds of all answers, the shortest first
    private static double[] atOnce(List<String> questions, Person person)
            throws InterruptedException, ExecutionException {
        List<Future<double[]>> people = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(PEOPLE)) {
            for (int number = 0; number < PEOPLE; number++) {
                int mine = number;
                people.add(threads.submit(() -> {
                    double[] millis = new double[QUESTIONS];
                    try (Asking asking = person.come()) {
                        for (int one = 0; one < QUESTIONS; one++) {
                            long from = System.nanoTime();
                            asking.ask(questions.get((mine * QUESTIONS + one) % questions.size()));
                            millis[one] = (System.nanoTime() - from) / 1e6;
                        }
                    }
                    return millis;
                }));
            }
            double[] all = new double[0];
            for (Future<double[]> one : people) {
                double[] millis = one.get();
                all = Arrays.copyOf(all, all.length + millis.length);
                System.arraycopy(millis, 0, all, all.length - millis.length, millis.length);
            }
            Arrays.sort(all);
            return all;
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) (sorted.length * share)];
    }

    private static List<String> questions() throws IOException {
        List<String> questions = new ArrayList<>();
        for (String line : Files.readAllLines(FILES.resolve("dev/D.jsonl"))) {
            questions.add(JSON.readTree(line).path("question").asString());
        }
        return questions;
    }

    private static List<Text> texts() throws IOException {
        List<String> paragraphs = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (JsonNode service : JSON.readTree(Files.readString(FILES.resolve("munich_services.json")))) {
            titles.add(service.path("name").asString());
            String html = service.path("description").asString("")
                    + service.path("fees").asString("");
            for (String paragraph : html.split("</p>|</li>")) {
                String text = paragraph.replaceAll("<[^>]*>", " ").strip();
                if (text.length() > 60) {
                    paragraphs.add(text);
                }
            }
        }
        Random random = new Random(7);
        List<Text> texts = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            List<String> headings = new ArrayList<>();
            List<String> bodies = new ArrayList<>();
            for (int section = 0; section < SECTIONS; section++) {
                headings.add(one(titles, random));
                StringBuilder body = new StringBuilder();
                for (int paragraph = 0; paragraph < PARAGRAPHS; paragraph++) {
                    body.append(one(paragraphs, random)).append(' ');
                }
                bodies.add(body.toString());
            }
            texts.add(new Text(one(titles, random) + " " + number, headings, bodies));
        }
        return texts;
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
