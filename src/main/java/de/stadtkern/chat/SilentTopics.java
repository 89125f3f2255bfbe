package de.stadtkern.chat;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.knowledge.Wordings;
import de.stadtkern.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the chat says nothing about until an editor lets it again: a switch for the moment in which answers to a topic
/// are wrong. Each line is a topic by its words; a question that has one of them is not answered, from the next one on.
@Service
class SilentTopics implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "chat-silent";
    private static final String NAME = "silent";
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 300;

    private final JdbcClient jdbc;
    private final Wordings wordings;
    private final Rights rights;
    private final Changes changes;

    SilentTopics(JdbcClient jdbc, Wordings wordings, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.wordings = wordings;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.EDITOR, Area.CHAT);
    }

    /// Whether a question is about one of them.
    boolean hold(String question) {
        return stored().lines()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(phrase -> wordings.holds(question, phrase));
    }

    private String stored() {
        return jdbc.sql("select value from chat_switch where name = ?")
                .param(NAME)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /// For editors: one topic a line.
    String text() {
        require();
        return stored();
    }

    static String version(String text) {
        return Version.of(Map.of("lines", text));
    }

    /// @param version of the lines the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(String version, String text) {
        require();
        lock();
        String before = stored();
        Version.require(version, version(before));
        List<String> lines = text.lines()
                .map(CuratedForm::line)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() > MOST_LINES || lines.stream().anyMatch(line -> line.length() > LONGEST_LINE)) {
            throw Problem.field(
                    "lines", "silent-too-long", "There are at most 200 lines, each of at most 300 characters.");
        }
        return write(before, String.join("\n", lines));
    }

    private void lock() {
        jdbc.sql("lock table chat_switch in share row exclusive mode").update();
    }

    private long write(String before, String after) {
        jdbc.sql("""
            insert into chat_switch (name, value) values (?, ?) on conflict (name) do update set value = excluded.value
            """).params(NAME, after).update();
        return changes.record(
                        new Changes.Subject(Area.CHAT, KIND, NAME, KIND),
                        Map.of("lines", before),
                        Map.of("lines", after),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode state(String subject) {
        return JSON.valueToTree(Map.of("lines", stored()));
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        lock();
        write(stored(), state == null ? "" : state.path("lines").asString(""));
    }
}
