package de.stadtkern.imports;

import de.stadtkern.TestTown;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationContext;

/// An editor at the import pages: sends files, presses buttons, reads what stands there.
final class ImportDeskScenario {

    private static final Pattern UPLOAD = Pattern.compile("action=\"(/imports\\?_form=[^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("<(input|select|textarea)[^>]* name=\"([^\"]+)\"[^>]*>");

    private final ApplicationContext context;
    private final TestTown town;
    private final PeopleScenario people;
    final PeopleScenario.Browser editor;

    ImportDeskScenario(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
        people = new PeopleScenario(context, town);
        editor = people.loggedIn("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
    }

    /// Sends a file; says where that leads, or what is wrong with it.
    String upload(String name, String content) {
        return upload(name, content, StandardCharsets.UTF_8);
    }

    String upload(String name, String content, Charset charset) {
        return editor.where(send(name, content.getBytes(charset)));
    }

    HttpResponse<String> send(String name, byte[] content) {
        Matcher address = UPLOAD.matcher(editor.open("/imports").body());
        if (!address.find()) {
            throw new IllegalStateException("There is no upload on the page");
        }
        return editor.upload(address.group(1), "file", name, content);
    }

    /// Says that a file of so many bytes is coming and sends its first ones only; what is answered to that.
    String announce(String name, long bytes) throws IOException {
        Matcher address = UPLOAD.matcher(editor.open("/imports").body());
        if (!address.find()) {
            throw new IllegalStateException("There is no upload on the page");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("""
                        POST %s HTTP/1.1\r
                        Host: %s.localhost\r
                        Cookie: session=%s\r
                        Accept: text/html\r
                        Accept-Language: de\r
                        Content-Type: multipart/form-data; boundary=x\r
                        Content-Length: %d\r
                        \r
                        --x\r
                        Content-Disposition: form-data; name="file"; filename="%s"\r
                        \r
                        Zeit;Anzahl
                        """.formatted(address.group(1), town.city().slug(), editor.session(), bytes, name)
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            var answer = new ByteArrayOutputStream();
            while (!answer.toString(StandardCharsets.UTF_8).contains("</html>")) {
                answer.write(socket.getInputStream().read());
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    /// The page of an import that was just begun.
    String begin(String name, String content) {
        String where = upload(name, content);
        if (!where.startsWith("303 /imports/")) {
            throw new IllegalStateException(where);
        }
        return where.substring(4);
    }

    /// The draft's form as the page shows it, with some fields filled in otherwise, sent by one of its buttons.
    HttpResponse<String> press(String page, String button, String... namesAndValues) {
        String body = editor.open(page).body();
        String form = body.substring(
                body.indexOf("<form class=\"draft\""), body.indexOf("</form>", body.indexOf("<form class=\"draft\"")));
        Map<String, String> values = values(form);
        for (int at = 0; at < namesAndValues.length; at += 2) {
            if (namesAndValues[at + 1].isEmpty()) {
                values.remove(namesAndValues[at]);
            } else {
                values.put(namesAndValues[at], namesAndValues[at + 1]);
            }
        }
        values.put("do", button);
        return editor.send(page + "/mapping", values);
    }

    private static Map<String, String> values(String form) {
        Map<String, String> values = new HashMap<>();
        for (Matcher field = FIELD.matcher(form); field.find(); ) {
            String tag = field.group();
            String name = field.group(2);
            switch (field.group(1)) {
                case "select" -> {
                    String options = form.substring(field.end(), form.indexOf("</select>", field.end()));
                    Matcher selected = Pattern.compile("<option value=\"([^\"]*)\" selected")
                            .matcher(options);
                    Matcher first =
                            Pattern.compile("<option value=\"([^\"]*)\"").matcher(options);
                    values.put(name, selected.find() ? selected.group(1) : first.find() ? first.group(1) : "");
                }
                case "textarea" ->
                    values.put(name, unescape(form.substring(field.end(), form.indexOf("</textarea>", field.end()))));
                default -> {
                    Matcher value = Pattern.compile(" value=\"([^\"]*)\"").matcher(tag);
                    boolean choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                    if (!choice || tag.contains(" checked")) {
                        values.put(name, value.find() ? unescape(value.group(1)) : "");
                    }
                }
            }
        }
        return values;
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /// Waits until nothing works on it, and says how it ended: the sentence and the numbers of the page.
    String end(String page) {
        for (int look = 0; look < 400; look++) {
            String body = editor.open(page).body();
            if (!body.contains("data-poll=")) {
                return ended(body);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        throw new AssertionError(
                "The import has not ended: " + editor.open(page).body());
    }

    static String ended(String body) {
        Matcher alert = Pattern.compile("data-fresh=\"job\".*?kern-title\">([^<]*)<", Pattern.DOTALL)
                .matcher(body);
        String sentence = alert.find() ? alert.group(1) : "";
        String numbers = Pattern.compile("<dt>([^<]*)</dt><dd>([^<]*)</dd>")
                .matcher(body)
                .results()
                .map(count -> count.group(2) + " " + count.group(1))
                .collect(Collectors.joining(", "));
        return (sentence + " " + numbers).strip();
    }

    /// What the preview says: each value as `WHEN | WHAT | VALUE`.
    String preview(String page) {
        String body = editor.open(page).body();
        int from = body.indexOf("data-fresh=\"preview\"");
        return Pattern.compile("<tr class=\"kern-table__row\"><td class=\"kern-table__cell \">([^<]*)</td><td"
                        + " class=\"kern-table__cell \">([^<]*)</td><td class=\"kern-table__cell \">([^<]*)</td></tr>")
                .matcher(body.substring(from))
                .results()
                .map(row -> unescape(row.group(1) + " | " + row.group(2) + " | " + row.group(3)))
                .collect(Collectors.joining("\n"));
    }

    /// Puts a Thing where only stewards write.
    void protect(long thing) {
        town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(DataSets.class)
                        .create(new DataSet.Wish(
                                "Schutz",
                                "",
                                DataSet.Openness.PROTECTED,
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(thing),
                                Set.of()))));
    }

    /// Each Datastream of the town with its number of values.
    String datastreams() {
        MeasuringPoints points = context.getBean(MeasuringPoints.class);
        return town.in(points::list).stream()
                .flatMap(point -> point.series().stream()
                        .map(series -> "%s, %s: %d".formatted(point.name(), series.name(), series.count())))
                .collect(Collectors.joining("\n"));
    }

    String text(String sql) {
        return people.text(sql);
    }

    void execute(String sql) {
        people.execute(sql);
    }

    PeopleScenario people() {
        return people;
    }

    static String minutes(int count) {
        return "Zeit;Anzahl\n"
                + IntStream.range(0, count)
                        .mapToObj(minute -> "%s;%d\n"
                                .formatted(
                                        java.time.LocalDateTime.of(2026, 3, 1, 0, 0)
                                                .plusMinutes(minute)
                                                .format(java.time.format.DateTimeFormatter.ofPattern(
                                                        "dd.MM.yyyy HH:mm")),
                                        minute % 100))
                        .collect(Collectors.joining());
    }

    static byte[] bytes(java.nio.file.Path file) {
        try {
            return java.nio.file.Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
