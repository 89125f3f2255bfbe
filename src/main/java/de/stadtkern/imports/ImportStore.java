package de.stadtkern.imports;

import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Reason;
import de.stadtkern.connect.Refusal;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.WrittenBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Remembers imports, their work and what it left.
@Repository
class ImportStore {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String COLUMNS = """
        id, file_name, file_size, stored_size, created_at, created_by, mapping, draft, mapping_name, task, state, stop_wanted,
        run, started_at, ended_at, report, problem, problem_name, problem_facts, handled, written, taken_back
        """;

    /// Refused lines that are kept of one import: a file of the wrong kind may be refused line by line, and nobody
    /// reads more.
    static final int MOST_REFUSALS = 100_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ImportStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    long insert(String file, String by) {
        return jdbc.sql("""
            insert into import_job (file_name, file_hash, file_size, stored_size, created_by)
            values (?, '', 0, 0, ?) returning id
            """).params(file, by).query(Long.class).single();
    }

    void received(long id, byte[] hash, long size, long stored) {
        jdbc.sql("update import_job set file_hash = ?, file_size = ?, stored_size = ? where id = ?")
                .params(hash, size, stored, id)
                .update();
    }

    Optional<ImportJob> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from import_job where id = ?")
                .param(id)
                .query(ImportStore::job)
                .optional();
    }

    /// The newest first.
    List<ImportJob> list(int most) {
        return jdbc.sql("select " + COLUMNS + " from import_job order by id desc limit ?")
                .param(most)
                .query(ImportStore::job)
                .list();
    }

    /// An import of the very same file that has written something, the newest.
    Optional<ImportJob> sameFile(long id) {
        return jdbc.sql("select " + COLUMNS + """
             from import_job where id < :id and written > taken_back and task = 'import'
              and file_hash = (select file_hash from import_job where id = :id)
            order by id desc limit 1
            """)
                .param("id", id)
                .query(ImportStore::job)
                .optional();
    }

    int countAtWork() {
        return jdbc.sql("select count(*) from import_job where state in ('waiting', 'running')")
                .query(Integer.class)
                .single();
    }

    /// @return whether it still was a draft
    boolean setMapping(long id, String mapping, @Nullable String draft, String mappingName) {
        return jdbc.sql("""
            update import_job set mapping = :mapping, draft = cast(:draft as jsonb), mapping_name = :name,
              task = 'draft', state = 'open', report = null, problem = '', problem_name = '', problem_facts = '{}'
            where id = :id and (task = 'draft' or task = 'check' and state not in ('waiting', 'running'))
            """)
                        .param("mapping", mapping)
                        .param("draft", draft)
                        .param("name", mappingName)
                        .param("id", id)
                        .update()
                == 1;
    }

    /// Puts work in front of the runners, unless some is going on.
    ///
    /// @param writable restricted data sets that whoever asks may write
    boolean want(long id, ImportJob.Task task, Set<Long> writable) {
        return jdbc.sql("""
            update import_job set task = :task, may_write = :writable, state = 'waiting', stop_wanted = false, problem = '', problem_name = '', problem_facts = '{}', ended_at = null,
              started_at = case when task = :task then started_at end
            where id = :id and state not in ('waiting', 'running')
            """)
                        .param("task", task.key())
                        .param(
                                "writable",
                                writable.stream().mapToLong(Long::longValue).toArray())
                        .param("id", id)
                        .update()
                == 1;
    }

    /// The same once more, as it was asked for, if it failed and can go on.
    boolean wantAgain(long id) {
        return jdbc.sql("""
            update import_job set state = 'waiting', stop_wanted = false, problem = '', problem_name = '', problem_facts = '{}', ended_at = null
            where id = ? and state = 'failed' and task = 'import' and stored_size > 0
            """).param(id).update() == 1;
    }

    /// The restricted data sets that whoever asked for the work may write.
    Set<Long> writable(long id) {
        return Set.copyOf(jdbc.sql("select unnest(may_write) from import_job where id = ?")
                .param(id)
                .query(Long.class)
                .list());
    }

    void wantStop(long id) {
        jdbc.sql("""
            update import_job set stop_wanted = true,
              state = case when state = 'waiting' then 'cancelled' else state end,
              ended_at = case when state = 'waiting' then :now::timestamptz end
            where id = :id and state in ('waiting', 'running')
            """)
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /// Takes up the oldest work that nobody does: it waits, or whoever did it has not been heard of for a while.
    Optional<ImportJob> claim(Duration lease) {
        return jdbc.sql("""
            update import_job set state = 'running', run = run + 1, started_at = coalesce(started_at, :now::timestamptz),
              claimed_until = now() + make_interval(secs => :lease)
            where id = (select id from import_job
              where state = 'waiting' or (state = 'running' and claimed_until < now())
              order by id limit 1 for update skip locked)
            returning\s
            """ + COLUMNS)
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .param("lease", lease.toSeconds())
                .query(ImportStore::job)
                .optional();
    }

    /// Says that the work goes on, and how far it is.
    ///
    /// @return whether it is to be stopped; empty if another run has taken over
    Optional<Boolean> goesOn(ImportJob job, Duration lease, @Nullable ImportReport report) {
        return jdbc.sql("""
            update import_job set claimed_until = now() + make_interval(secs => :lease),
              report = coalesce(cast(:report as jsonb), report)
            where id = :id and run = :run and state = 'running' returning stop_wanted
            """)
                .param("lease", lease.toSeconds())
                .param("report", report == null ? null : json(report))
                .param("id", job.id())
                .param("run", job.run())
                .query(Boolean.class)
                .optional();
    }

    void end(ImportJob job, ImportJob.State state, @Nullable ImportReport report, @Nullable ImportFailure failure) {
        jdbc.sql("""
            update import_job set state = :state, ended_at = now(), claimed_until = null, problem = :problem,
              problem_name = :name, problem_facts = :facts,
              report = coalesce(cast(:report as jsonb), report)
            where id = :id and run = :run and state = 'running'
            """)
                .param("state", state.key())
                .param("problem", failure == null ? "" : failure.message())
                .param("name", failure == null ? "" : failure.name())
                .param("facts", (failure == null ? List.<String>of() : failure.facts()).toArray(String[]::new))
                .param("report", report == null ? null : json(report))
                .param("id", job.id())
                .param("run", job.run())
                .update();
    }

    /// Gives the work back, because this process ends.
    void release(ImportJob job) {
        jdbc.sql("""
            update import_job set state = 'waiting', claimed_until = null where id = ? and run = ? and state = 'running'
            """).params(job.id(), job.run()).update();
    }

    /// In the transaction of a batch: which Observations it created. Refused if another run has taken over.
    static void addBatch(Connection connection, ImportJob job, List<NewObservation> rows, long firstNumber, int created)
            throws SQLException {
        count(
                connection,
                "update import_job set handled = handled + ?, written = written + ? where id = ? and run = ?",
                rows.size(),
                created,
                job);
        if (created == 0) {
            return;
        }
        WrittenBatch batch = WrittenBatch.of(rows, firstNumber, created);
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into import_batch (import_id, datastreams, first_number, created, time_from, time_to)
            values (?, ?, ?, ?, ?, ?)
            """)) {
            statement.setLong(1, job.id());
            statement.setObject(
                    2, batch.datastreams().stream().mapToLong(Long::longValue).toArray());
            statement.setLong(3, firstNumber);
            statement.setInt(4, created);
            statement.setObject(5, batch.from().atOffset(ZoneOffset.UTC));
            statement.setObject(6, batch.to().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /// In the transaction that removes what a batch created.
    static void removeBatch(Connection connection, ImportJob job, long batch, int created) throws SQLException {
        count(
                connection,
                "update import_job set taken_back = taken_back + ? + ? where id = ? and run = ?",
                created,
                0,
                job);
        try (PreparedStatement statement = connection.prepareStatement("delete from import_batch where id = ?")) {
            statement.setLong(1, batch);
            statement.executeUpdate();
        }
    }

    private static void count(Connection connection, String sql, int first, int second, ImportJob job)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, first);
            statement.setInt(2, second);
            statement.setLong(3, job.id());
            statement.setInt(4, job.run());
            if (statement.executeUpdate() == 0) {
                throw new TakenOver();
            }
        }
    }

    /// Another run does this work now.
    static final class TakenOver extends IllegalStateException {
        TakenOver() {
            super("Another run of this import has taken over");
        }
    }

    record Batch(long id, WrittenBatch batch) {}

    Optional<Batch> lastBatch(long importId) {
        return jdbc.sql("select * from import_batch where import_id = ? order by id desc limit 1")
                .param(importId)
                .query((row, number) -> new Batch(
                        row.getLong("id"),
                        new WrittenBatch(
                                Stream.of((Long[]) row.getArray("datastreams").getArray())
                                        .toList(),
                                row.getLong("first_number"),
                                row.getInt("created"),
                                row.getTimestamp("time_from").toInstant(),
                                row.getTimestamp("time_to").toInstant())))
                .optional();
    }

    /// Ids of the Datastreams it wrote to, as far as its batches are still known.
    List<Long> datastreams(long importId) {
        return jdbc.sql("""
            select distinct unnest(datastreams) as d from import_batch where import_id = ? order by d
            """)
                .param(importId)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    void forgetRefusals(long importId) {
        jdbc.sql("delete from import_refusal where import_id = ?")
                .param(importId)
                .update();
    }

    void addRefusals(long importId, int from, List<Refusal> refusals) {
        batches.batchUpdate("""
            insert into import_refusal (import_id, number, line, column_name, value, reason, arguments)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """, new org.springframework.jdbc.core.BatchPreparedStatementSetter() {
            @Override
            public void setValues(PreparedStatement statement, int i) throws SQLException {
                Refusal refusal = refusals.get(i);
                statement.setLong(1, importId);
                statement.setInt(2, from + i);
                statement.setLong(3, refusal.line());
                statement.setString(4, storable(refusal.column()));
                statement.setString(5, storable(refusal.value()));
                statement.setString(6, refusal.reason().kind().name().toLowerCase(Locale.ROOT));
                statement.setArray(
                        7,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "text",
                                        refusal.reason().arguments().stream()
                                                .map(ImportStore::storable)
                                                .toArray()));
            }

            @Override
            public int getBatchSize() {
                return refusals.size();
            }
        });
    }

    /// A refused value may hold what no text of the database can.
    private static String storable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(letter -> clean.appendCodePoint(
                        letter == 0 || Character.getType(letter) == Character.SURROGATE ? '\ufffd' : letter));
        return clean.toString();
    }

    List<Refusal> refusals(long importId, int most) {
        return jdbc.sql("select * from import_refusal where import_id = ? order by number limit ?")
                .params(importId, most)
                .query((row, number) -> new Refusal(
                        row.getLong("line"),
                        row.getString("column_name"),
                        row.getString("value"),
                        new Reason(
                                Reason.Kind.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                                List.of((String[]) row.getArray("arguments").getArray()))))
                .list();
    }

    boolean hasRefusals(long importId) {
        return jdbc.sql("select exists (select from import_refusal where import_id = ?)")
                .param(importId)
                .query(Boolean.class)
                .single();
    }

    void delete(long id) {
        jdbc.sql("delete from import_job where id = ?").param(id).update();
    }

    /// Uploads that were never finished, files of imports long over, and imports older than traces are kept.
    void clean(Duration finished, Duration unfinished, Duration traces) {
        jdbc.sql("""
            delete from import_job where stored_size = 0 and file_size = 0 and created_at < now() - interval '1 day'
            """).update();
        jdbc.sql("""
            with old as (
              update import_job set stored_size = 0
              where stored_size > 0 and state not in ('waiting', 'running')
                and coalesce(ended_at, created_at) < now() - make_interval(secs => case
                  when task <> 'draft' and state = 'done' and task <> 'check' then :finished else :unfinished end)
              returning id
            )
            delete from import_content where import_id in (select id from old)
            """)
                .param("finished", finished.toSeconds())
                .param("unfinished", unfinished.toSeconds())
                .update();
        jdbc.sql("""
            delete from import_job where created_at < now() - make_interval(secs => ?) and state not in ('waiting', 'running')
            """).param(traces.toSeconds()).update();
    }

    private static String json(ImportReport report) {
        return JSON.writeValueAsString(report.withoutRefusals());
    }

    private static ImportJob job(ResultSet row, int number) throws SQLException {
        String report = row.getString("report");
        long written = row.getLong("written");
        long handled = row.getLong("handled");
        ImportJob.Task task = ImportJob.Task.valueOf(row.getString("task").toUpperCase(Locale.ROOT));
        ImportReport read = report == null ? null : JSON.readValue(report, ImportReport.class);
        boolean stores = task == ImportJob.Task.IMPORT || task == ImportJob.Task.TAKE_BACK;
        return new ImportJob(
                row.getLong("id"),
                row.getString("file_name"),
                row.getLong("file_size"),
                row.getLong("stored_size"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                row.getString("mapping"),
                row.getString("draft"),
                row.getString("mapping_name"),
                task,
                ImportJob.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("stop_wanted"),
                row.getInt("run"),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")),
                read == null || !stores ? read : read.withTotals(written, handled - written),
                failure(row),
                handled,
                written,
                row.getLong("taken_back"));
    }

    static @Nullable ImportFailure failure(ResultSet row) throws SQLException {
        String message = row.getString("problem");
        return message.isEmpty()
                ? null
                : new ImportFailure(
                        row.getString("problem_name"),
                        List.of((String[]) row.getArray("problem_facts").getArray()),
                        message);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
