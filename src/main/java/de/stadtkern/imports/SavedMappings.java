package de.stadtkern.imports;

import de.stadtkern.connect.Mapping;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.StaffTraces;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Mappings kept under a name for the next file of the same form. Every change of one can be taken back.
@Service
class SavedMappings implements Versioned, StaffTraces {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "import-mapping";

    private final JdbcClient jdbc;
    private final Rights rights;
    private final Changes changes;

    SavedMappings(JdbcClient jdbc, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.changes = changes;
    }

    /// @param draft     as it was clicked together, null if it was written as text
    /// @param changedBy empty once that is forgotten
    record Saved(
            long id, String name, String mapping, @Nullable String draft, Instant changedAt, String changedBy) {

        /// Of what editors see and change.
        String version() {
            return Version.of(tree(this));
        }
    }

    List<Saved> list() {
        rights.require(Role.EDITOR, Area.PLATFORM);
        return jdbc.sql("select * from import_mapping order by lower(name), id")
                .query(SavedMappings::row)
                .list();
    }

    Saved get(long id) {
        rights.require(Role.EDITOR, Area.PLATFORM);
        return find(id).orElseThrow(() ->
                new Problem(Problem.Kind.MISSING, "mapping-unknown", "There is no saved mapping %d.".formatted(id)));
    }

    private Optional<Saved> find(long id) {
        return jdbc.sql("select * from import_mapping where id = ?")
                .param(id)
                .query(SavedMappings::row)
                .optional();
    }

    /// Keeps a mapping; one of the same name is replaced.
    @Transactional
    public long put(String name, String mapping, @Nullable String draft) {
        rights.require(Role.EDITOR, Area.PLATFORM);
        requireName(ImportPageController.NAME, name);
        Optional<Saved> before = byName(name.strip());
        if (before.isPresent()) {
            return write(before.get().id(), before, name.strip(), mapping, draft);
        }
        long id = jdbc.sql("""
            insert into import_mapping (name, mapping, draft, changed_by)
            values (:name, :mapping, cast(:draft as jsonb), :by) returning id
            """)
                .param("name", name.strip())
                .param("mapping", mapping)
                .param("draft", draft)
                .param("by", rights.caller().name())
                .query(Long.class)
                .single();
        return record(id, Optional.empty());
    }

    /// Another name or text for one that is there.
    ///
    /// @param version of the one the editor saw
    @Transactional
    public long change(long id, String version, String name, String mapping) {
        rights.require(Role.EDITOR, Area.PLATFORM);
        jdbc.sql("select id from import_mapping where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        Saved before = get(id);
        Version.require(version, before.version());
        Flaws flaws = new Flaws();
        flaws.check(() -> requireName("name", name));
        if (byName(name.strip()).filter(other -> other.id() != id).isPresent()) {
            flaws.add(Problem.field("name", "name-taken", "There is another mapping of this name."));
        }
        boolean sameText = before.mapping().strip().equals(mapping.strip().replace("\r\n", "\n"));
        if (!sameText) {
            flaws.check(() -> requireGood(mapping));
        }
        flaws.end();
        return write(
                id,
                Optional.of(before),
                name.strip(),
                sameText ? before.mapping() : mapping,
                sameText ? before.draft() : null);
    }

    /// Says what is wrong with a mapping at the field `yaml`, with its line.
    static void requireGood(String mapping) {
        try {
            Mapping.read(mapping);
        } catch (Problem wrong) {
            String reason = String.valueOf(wrong.getMessage());
            Object line = wrong.facts().getOrDefault("line", 1);
            throw Problem.field("yaml", "mapping-invalid", reason, Map.of("line", line, "reason", reason));
        }
    }

    private long write(long id, Optional<Saved> before, String name, String mapping, @Nullable String draft) {
        jdbc.sql("""
            update import_mapping set name = :name, mapping = :mapping, draft = cast(:draft as jsonb), changed_at = now(),
              changed_by = :by where id = :id
            """)
                .param("name", name)
                .param("mapping", mapping)
                .param("draft", draft)
                .param("by", rights.caller().name())
                .param("id", id)
                .update();
        return record(id, before);
    }

    /// @return number of the change, by which it comes back
    @Transactional
    public long delete(long id) {
        Saved before = get(id);
        jdbc.sql("delete from import_mapping where id = ?").param(id).update();
        return record(id, Optional.of(before));
    }

    private long record(long id, Optional<Saved> before) {
        Optional<Saved> after = find(id);
        String title = after.or(() -> before).map(Saved::name).orElse("");
        return changes.record(
                        new Changes.Subject(Area.PLATFORM, KIND, String.valueOf(id), title),
                        before.map(SavedMappings::tree).orElse(null),
                        after.map(SavedMappings::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    private static Map<String, String> tree(Saved saved) {
        Map<String, String> tree = new HashMap<>(Map.of("name", saved.name(), "mapping", saved.mapping()));
        if (saved.draft() instanceof String draft) {
            tree.put("draft", draft);
        }
        return tree;
    }

    static void requireName(String field, String name) {
        if (name.isBlank() || name.length() > 200) {
            throw Problem.field(field, "name-invalid", "A name has 1 to 200 characters.");
        }
    }

    private Optional<Saved> byName(String name) {
        return jdbc.sql("select * from import_mapping where name = ?")
                .param(name)
                .query(SavedMappings::row)
                .optional();
    }

    /// The mapping stays; who wrote it does not.
    @Override
    public void forgetOlder(Duration age) {
        jdbc.sql("""
            update import_mapping set changed_by = ''
            where changed_by <> '' and changed_at < now() - make_interval(secs => ?)
            """).param(age.toSeconds()).update();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return find(Long.parseLong(subject))
                .<JsonNode>map(saved -> JSON.valueToTree(tree(saved)))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        rights.require(Role.EDITOR, Area.PLATFORM);
        long id = Long.parseLong(subject);
        Optional<Saved> before = find(id);
        if (state == null) {
            delete(id);
            return;
        }
        String name = state.path("name").asString();
        String mapping = state.path("mapping").asString();
        String draft = state.has("draft") ? state.path("draft").asString() : null;
        if (byName(name).filter(other -> other.id() != id).isPresent()) {
            throw new Problem(
                    Problem.Kind.CONFLICTING, "name-taken", "There is another mapping '%s' by now.".formatted(name));
        }
        if (before.isEmpty()) {
            jdbc.sql("""
                insert into import_mapping (id, name, mapping, draft, changed_by) overriding system value
                values (:id, :name, :mapping, cast(:draft as jsonb), :by)
                """)
                    .param("id", id)
                    .param("name", name)
                    .param("mapping", mapping)
                    .param("draft", draft)
                    .param("by", rights.caller().name())
                    .update();
            record(id, before);
        } else {
            write(id, before, name, mapping, draft);
        }
    }

    private static Saved row(ResultSet row, int number) throws SQLException {
        return new Saved(
                row.getLong("id"),
                row.getString("name"),
                row.getString("mapping"),
                row.getString("draft"),
                row.getTimestamp("changed_at").toInstant(),
                row.getString("changed_by"));
    }
}
