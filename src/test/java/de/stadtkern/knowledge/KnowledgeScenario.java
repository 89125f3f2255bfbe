package de.stadtkern.knowledge;

import de.stadtkern.TestTown;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.installation.Command;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A town with texts, a program that brings them in, and people who look for them.
final class KnowledgeScenario {

    final TestTown town;
    final PeopleScenario people;
    private final ApplicationContext context;
    private final String key;

    KnowledgeScenario(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
        people = new PeopleScenario(context, town);
        key = key(Role.EDITOR);
    }

    String key(Role role) {
        return town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish("texts", Area.CHAT, role, null, Duration.ofDays(1)))
                        .token()));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// Brings in JSON lines as a program does.
    HttpResponse<String> put(String... lines) {
        return putAs(key, String.join("\n", lines));
    }

    HttpResponse<String> putAs(String key, String body) {
        return town.send(town.request("/api/knowledge/documents")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> remove(String document) {
        return town.send(town.request("/api/knowledge/documents/" + document)
                .header("Authorization", "Bearer " + key)
                .DELETE());
    }

    /// `read`, `written` and what was refused.
    static String said(HttpResponse<String> answer) {
        JsonNode said = new JsonMapper().readTree(answer.body());
        if (answer.statusCode() != 200) {
            return "%d %s".formatted(answer.statusCode(), said.path("detail").asString());
        }
        return "%d %d %s"
                .formatted(said.path("read").asInt(), said.path("written").asInt(), said.path("findings"));
    }

    /// A text of the usual sort: a title, a heading and a paragraph.
    static String line(String id, String title, String text) {
        return "{\"id\": \"%s\", \"url\": \"https://example.org/%s\", \"title\": \"%s\", \"html\": \"<h2 id='x'>Mehr</h2><p>%s</p>\"}"
                .formatted(id, id, title, text);
    }

    PeopleScenario.Browser somebodyOf(Area area) {
        return people.loggedIn(area.key() + "@example.org", Grants.of(area, Role.VIEWER));
    }

    /// Titles and how many there are, as nobody in particular finds them.
    String found(String text) {
        return said(search(text, ""));
    }

    Knowledge.Found search(String text, String kind) {
        return town.in(() -> bean(Knowledge.class).search(new Knowledge.Asked(text, java.util.Locale.GERMAN, kind, 1)));
    }

    static String said(Knowledge.Found found) {
        return found.total() + ": "
                + found.hits().stream().map(Knowledge.Hit::title).collect(Collectors.joining(", "));
    }

    static String marked(Excerpt excerpt) {
        return excerpt.pieces().stream()
                .map(piece -> piece.marked() ? "[" + piece.text() + "]" : piece.text())
                .collect(Collectors.joining());
    }

    /// Runs a command as an operator does.
    String command(Path folder, String... words) throws java.io.IOException {
        List<String> said = new ArrayList<>();
        Command command = bean(KnowledgeImportCommand.class);
        int code = command.run(List.of(words), new Terminal(folder, said));
        return code + " " + String.join("\n", said);
    }

    private record Terminal(Path folder, List<String> said) implements Command.Terminal {
        @Override
        public void line(String text) {
            said.add(text);
        }

        @Override
        public void progress(String text) {}

        @Override
        public void error(String text) {
            said.add(text);
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }
}
