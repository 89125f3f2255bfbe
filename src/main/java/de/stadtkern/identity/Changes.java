package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who changed what, the one mechanism for it. Modules call [#record] in the transaction of the change itself.
@Service
public class Changes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> COLUMNS = Map.of("at", "at", "who", "who", "title", "title");
    private static final String FOUND = """
        where (:area = '' or area = :area)
          and position(lower(:text) in lower(concat_ws(' ', title, who, why))) > 0
        """;

    private final JdbcClient jdbc;
    private final Rights rights;
    private final ObjectProvider<Versioned> versioned;

    Changes(JdbcClient jdbc, Rights rights, ObjectProvider<Versioned> versioned) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.versioned = versioned;
    }

    /// What the change is about.
    public record Subject(Area area, String kind, String id, String title) {}

    /// Keeps a version; nothing where nothing changed.
    ///
    /// @param before anything that becomes JSON, null for what was created
    /// @param after  null for what was removed
    /// @return number of the version, empty where nothing changed
    public Optional<Long> record(Subject subject, @Nullable Object before, @Nullable Object after, String why) {
        return record(jdbc, subject, before, after, why);
    }

    /// The same in the transaction that is open on this connection.
    public Optional<Long> record(
            Connection connection, Subject subject, @Nullable Object before, @Nullable Object after, String why) {
        return record(JdbcClient.create(new SingleConnectionDataSource(connection, true)), subject, before, after, why);
    }

    private Optional<Long> record(
            JdbcClient transaction, Subject subject, @Nullable Object before, @Nullable Object after, String why) {
        JsonNode was = tree(before);
        JsonNode is = tree(after);
        if (Objects.equals(was, is)) {
            return Optional.empty();
        }
        Caller caller = rights.caller();
        return transaction
                .sql("""
                    insert into change (account_id, who, area, kind, subject, title, before, after, why)
                    values (:account, :who, :area, :kind, :subject, :title, cast(:before as jsonb), cast(:after as jsonb), :why)
                    returning id
                    """)
                .param("account", caller.account().orElse(null))
                .param("who", caller.name())
                .param("area", subject.area().key())
                .param("kind", subject.kind())
                .param("subject", subject.id())
                .param("title", subject.title())
                .param("before", was == null ? null : was.toString())
                .param("after", is == null ? null : is.toString())
                .param("why", why)
                .query(Long.class)
                .optional();
    }

    private static @Nullable JsonNode tree(@Nullable Object value) {
        return value == null ? null : JSON.valueToTree(value);
    }

    /// Which changes somebody looks for.
    ///
    /// @param text in what was changed, by whom and why; empty for all
    /// @param area key of an area of work, empty for all
    public record Sought(String text, String area) {}

    public int count(Sought sought) {
        rights.require(Role.ADMIN, Area.TOWN);
        return jdbc.sql("select count(*) from change " + FOUND)
                .param("text", sought.text())
                .param("area", sought.area())
                .query(Integer.class)
                .single();
    }

    /// @param from how many of them to leave out
    /// @param most of them to give
    public List<Change> list(Sought sought, RowOrder order, int from, int most) {
        rights.require(Role.ADMIN, Area.TOWN);
        return jdbc.sql("select * from change %s order by %s limit :most offset :from"
                        .formatted(FOUND, order.sql(COLUMNS)))
                .param("text", sought.text())
                .param("area", sought.area())
                .param("most", most)
                .param("from", from)
                .query(Changes::row)
                .list();
    }

    /// All versions of one thing, the newest first. The calling module decides who may see them.
    public List<Change> of(String kind, String subject) {
        return jdbc.sql("select * from change where kind = :kind and subject = :subject order by id desc limit 500")
                .param("kind", kind)
                .param("subject", subject)
                .query(Changes::row)
                .list();
    }

    /// Whether [#undo] would do it now: the thing is still as this change left it.
    public boolean isUndoable(Change change) {
        Versioned module = byKind().get(change.kind());
        return module != null && Objects.equals(module.state(change.subject()), change.after());
    }

    /// Whether what [#undo] does cannot be taken back in turn.
    public boolean isFinal(Change change) {
        Versioned module = byKind().get(change.kind());
        return module != null && module.isFinal();
    }

    /// Makes a thing again what it was before a change; that is a change of its own.
    @Transactional
    public void undo(long id) {
        Change change = jdbc.sql("select * from change where id = :id")
                .param("id", id)
                .query(Changes::row)
                .optional()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "change-unknown", "There is no change %d.".formatted(id), Map.of()));
        rights.require(Role.EDITOR, change.area());
        Versioned module = byKind().get(change.kind());
        if (module == null || !Objects.equals(module.state(change.subject()), change.after())) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "change-overtaken",
                    "Something else was changed since; this change cannot be taken back any more.");
        }
        module.restore(change.subject(), change.before());
    }

    void deleteOlder(Duration age) {
        jdbc.sql("delete from change where at < now() - make_interval(secs => :age)")
                .param("age", age.toSeconds())
                .update();
    }

    private Map<String, Versioned> byKind() {
        return versioned.stream().collect(Collectors.toMap(Versioned::kind, Function.identity()));
    }

    private static Change row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Change(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("who"),
                Area.of(row.getString("area")),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("title"),
                json(row.getString("before")),
                json(row.getString("after")),
                row.getString("why"));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : JSON.readTree(text);
    }
}
