package de.stadtkern.imports;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How the bound town's imports are, for whoever operates it.
@Service
public class ImportFigures {

    private static final int MOST = 10;

    private final JdbcClient jdbc;
    private final Rights rights;
    private final ImportStore store;
    private final ImportRunner runner;

    ImportFigures(JdbcClient jdbc, Rights rights, ImportStore store, ImportRunner runner) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.store = store;
        this.runner = runner;
    }

    /// @param percent how far the one is that is furthest behind; 100 if none is running
    public record Figures(int waiting, int running, int percent) {}

    /// @param resumable whether it can go on where it failed
    public record Failed(
            long id, String file, Instant at, @Nullable ImportFailure failure, boolean resumable) {

        /// Of its page, for editors.
        public String address() {
            return "/imports/" + id;
        }

        /// Why, in the reader's language.
        public String text(Wording wording) {
            return failure == null ? "" : failure.text(wording);
        }
    }

    public Figures read() {
        rights.require(Role.OPERATOR, Area.TOWN);
        return jdbc.sql("""
            select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'running') as running,
              coalesce(min(coalesce((report ->> 'percent')::int, 0)) filter (where state = 'running'), 100) as percent
            from import_job where state in ('waiting', 'running')
            """)
                .query((row, _) -> new Figures(row.getInt("waiting"), row.getInt("running"), row.getInt("percent")))
                .single();
    }

    /// Those of the last seven days, the newest first.
    public List<Failed> failed() {
        rights.require(Role.OPERATOR, Area.TOWN);
        return jdbc.sql("""
            select id, file_name, ended_at, problem, problem_name, problem_facts, task = 'import' and stored_size > 0 as resumable
            from import_job where state = 'failed' and ended_at > now() - interval '7 days' order by ended_at desc limit ?
            """)
                .param(MOST)
                .query((row, _) -> new Failed(
                        row.getLong("id"),
                        row.getString("file_name"),
                        row.getTimestamp("ended_at").toInstant(),
                        ImportStore.failure(row),
                        row.getBoolean("resumable")))
                .list();
    }

    /// Goes on with one where it failed, in the name and with the rights of whoever asked for it.
    public void tryNow(long id) {
        rights.require(Role.OPERATOR, Area.TOWN);
        if (!store.wantAgain(id)) {
            throw new Problem(
                    Problem.Kind.MISSING, "import-unknown", "There is no import %d that has failed.".formatted(id));
        }
        runner.look();
    }
}
