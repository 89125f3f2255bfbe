package de.stadtkern.chat;

import de.stadtkern.TestTown;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A town with texts, and people and programs who ask its chat.
final class ChatScenario {

    static final String QUESTION = "Wann wird Sperrmüll abgeholt?";
    static final String SENTENCE = "Sperrmüll wird zweimal im Jahr abgeholt.";

    final TestTown town;
    final PeopleScenario people;
    private final ApplicationContext context;

    ChatScenario(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
        people = new PeopleScenario(context, town);
        town.send(town.request("/api/knowledge/documents")
                .header("Authorization", "Bearer " + key())
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString("""
                    {"id": "sperr", "url": "https://example.org/sperr", "title": "Sperrmüll abholen lassen", "updated": "2026-11-01", "html": "<h2 id='wann'>Wann</h2><p>Sperrmüll wird zweimal im Jahr abgeholt.</p><h2 id='kosten'>Kosten</h2><p>Die Abholung von Sperrmüll kostet 30 Euro.</p>"}
                    {"id": "pass", "url": "https://example.org/pass", "title": "Reisepass beantragen", "html": "<h2 id='kosten'>Kosten</h2><p>Ein Reisepass kostet 70 Euro.</p>"}
                    """)));
    }

    private String key() {
        return town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish("texts", Area.CHAT, Role.EDITOR, null, Duration.ofDays(1)))
                        .token()));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> ask(String json) {
        return town.post("/api/chat/questions", json);
    }

    /// The key of a fresh conversation.
    String begin(String question) {
        return json(ask("{\"question\": \"%s\"}".formatted(question)).body())
                .get("conversation")
                .asString();
    }

    HttpResponse<String> conversation(String method, String key) {
        return town.send(town.request("/api/chat/conversation")
                .header("Conversation", key)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /// Status, name of the problem and field.
    static String said(HttpResponse<String> answer) {
        JsonNode problem = json(answer.body());
        return "%d %s %s"
                .formatted(
                        answer.statusCode(),
                        problem.path("type").asString("").replace("urn:stadtkern:problem:", ""),
                        problem.path("field").asString(""));
    }

    static JsonNode json(String body) {
        return new JsonMapper().readTree(body);
    }

    /// Tables of the town in which this stands anywhere, whatever their columns are.
    List<String> tablesWith(String text) {
        return town.in(() -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            List<String> found = new ArrayList<>();
            jdbc.sql("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ? and c.relkind in ('r', 'p') order by 1
                """).param(town.city().schema()).query(String.class).list().forEach(table -> {
                if (jdbc.sql(
                                "select exists (select from \"%s\".\"%s\" t where position(lower(?) in lower(t::text)) > 0)"
                                        .formatted(town.city().schema(), table))
                        .param(text)
                        .query(Boolean.class)
                        .single()) {
                    found.add(table);
                }
            });
            return found;
        });
    }
}
