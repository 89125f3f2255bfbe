package de.stadtkern.knowledge;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.page.SearchText;
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

/// Words that mean the same, kept by staff as lines. They are applied to questions, so a change needs no new index.
@Service
class Synonyms implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "knowledge-synonyms";
    private static final int MOST_LINES = 2_000;
    private static final int LONGEST_LINE = 500;

    private final JdbcClient jdbc;
    private final Rights rights;
    private final Changes changes;

    Synonyms(JdbcClient jdbc, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.EDITOR, Area.CHAT);
    }

    /// As they are compared: lines of words or phrases.
    List<List<String>> plain() {
        return lines().stream().map(Synonyms::terms).toList();
    }

    private static List<String> terms(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(term -> SearchText.plain(term)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip())
                .filter(term -> !term.isEmpty())
                .distinct()
                .toList();
    }

    private List<String> lines() {
        return jdbc.sql("select words from knowledge_synonym order by id")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// For editors: one line each.
    String text() {
        require();
        return String.join("\n", lines());
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
        String before = text();
        Version.require(version, version(before));
        List<String> lines = Arrays.stream(text.split("\\R", -1))
                .map(Sections::line)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() > MOST_LINES) {
            throw Problem.field(
                    "lines",
                    "synonyms-too-many",
                    "There are at most %d lines.".formatted(MOST_LINES),
                    Map.of("most", MOST_LINES));
        }
        for (String line : lines) {
            if (terms(line).size() < 2 || line.length() > LONGEST_LINE) {
                throw Problem.field(
                        "lines",
                        "synonyms-line",
                        "Each line holds two words or more with commas between them: '%.60s'".formatted(line),
                        Map.of("line", line.length() > 60 ? line.substring(0, 60) + "…" : line));
            }
        }
        return replace(before, lines);
    }

    private void lock() {
        jdbc.sql("select version from knowledge_state for update")
                .query(Long.class)
                .single();
    }

    private long replace(String before, List<String> lines) {
        jdbc.sql("delete from knowledge_synonym").update();
        for (String line : lines) {
            jdbc.sql("insert into knowledge_synonym (words) values (?)")
                    .param(line)
                    .update();
        }
        return changes.record(
                        new Changes.Subject(Area.CHAT, KIND, "1", KIND),
                        Map.of("lines", before),
                        Map.of("lines", String.join("\n", lines)),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode state(String subject) {
        return JSON.valueToTree(Map.of("lines", String.join("\n", lines())));
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        lock();
        String lines = state == null ? "" : state.path("lines").asString("");
        replace(text(), lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1)));
    }
}
