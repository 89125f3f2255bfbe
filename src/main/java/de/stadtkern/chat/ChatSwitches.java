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

/// Switches for the moment in which something goes wrong: topics the chat says nothing about, each by its words on a
/// line, and the language model. They hold from the next question on, until an editor turns them back.
@Service
class ChatSwitches implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "chat-switches";
    private static final String SILENT = "silent";
    private static final String MODEL = "model";
    private static final String OFF = "off";
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 300;

    private final JdbcClient jdbc;
    private final Wordings wordings;
    private final Rights rights;
    private final Changes changes;

    ChatSwitches(JdbcClient jdbc, Wordings wordings, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.wordings = wordings;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.EDITOR, Area.CHAT);
    }

    /// @param silent  topics the chat is silent about, one a line
    /// @param modelOn whether a language model may be asked, where there is one
    record Choice(String silent, boolean modelOn) {

        Map<String, String> tree() {
            return Map.of("lines", silent, MODEL, modelOn ? "on" : OFF);
        }

        String version() {
            return Version.of(tree());
        }
    }

    /// Whether a question is about a topic that is switched off.
    boolean isSilentAbout(String question) {
        return stored(SILENT)
                .lines()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(phrase -> wordings.holds(question, phrase));
    }

    boolean isModelOn() {
        return !stored(MODEL).equals(OFF);
    }

    private String stored(String name) {
        return jdbc.sql("select value from chat_switch where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private Choice stored() {
        return new Choice(stored(SILENT), isModelOn());
    }

    /// For editors.
    Choice choice() {
        require();
        return stored();
    }

    /// @param version of the switches the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(String version, String silent, boolean modelOn) {
        require();
        lock();
        Choice before = stored();
        Version.require(version, before.version());
        List<String> lines = silent.lines()
                .map(CuratedForm::line)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() > MOST_LINES || lines.stream().anyMatch(line -> line.length() > LONGEST_LINE)) {
            throw Problem.field(
                    "lines", "silent-too-long", "There are at most 200 lines, each of at most 300 characters.");
        }
        return write(before, new Choice(String.join("\n", lines), modelOn));
    }

    private void lock() {
        jdbc.sql("lock table chat_switch in share row exclusive mode").update();
    }

    private long write(Choice before, Choice after) {
        set(SILENT, after.silent());
        set(MODEL, after.modelOn() ? "" : OFF);
        return changes.record(new Changes.Subject(Area.CHAT, KIND, "1", KIND), before.tree(), after.tree(), "")
                .orElse(0L);
    }

    private void set(String name, String value) {
        jdbc.sql("""
            insert into chat_switch (name, value) values (?, ?) on conflict (name) do update set value = excluded.value
            """).params(name, value).update();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode state(String subject) {
        return JSON.valueToTree(stored().tree());
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        lock();
        Choice after = state == null
                ? new Choice("", true)
                : new Choice(
                        state.path("lines").asString(""),
                        !state.path(MODEL).asString("").equals(OFF));
        write(stored(), after);
    }
}
