package de.stadtkern.watches;

import de.stadtkern.watches.Watch.Kind;
import de.stadtkern.watches.Watch.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers watches and how far they have looked.
@Repository
class WatchStore {

    private final JdbcClient jdbc;

    WatchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// True for one caller at a time, until the end of its transaction.
    boolean tryLock() {
        return jdbc.sql("select one from watch_lock for update skip locked")
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /// Waits for whoever looks or changes at this moment. They lock incidents and watches in an order of their own, so
    /// a
    /// lock of one watch alone could end in two waiting for each other.
    void lock() {
        jdbc.sql("select one from watch_lock for update").query(Boolean.class).single();
    }

    List<Watch> list() {
        return jdbc.sql("select * from watch order by lower(name), id")
                .query(WatchStore::watch)
                .list();
    }

    List<Watch> active(Kind kind) {
        return jdbc.sql("select * from watch where not paused and kind = ? order by id")
                .param(kind.key())
                .query(WatchStore::watch)
                .list();
    }

    Optional<Watch> find(long id) {
        return jdbc.sql("select * from watch where id = ?")
                .param(id)
                .query(WatchStore::watch)
                .optional();
    }

    /// @param id null for a new one
    long insert(@Nullable Long id, Wish wish, String secret, boolean paused) {
        String columns = """
            (%sname, datastream_id, kind, above, below, for_seconds, margin, intervals, silence_seconds, factor, mails, hook,
              hook_secret, feed, quiet_from, quiet_to, paused)
            values (%s:name, :datastream, :kind, :above, :below, :lasting, :margin, :intervals, :silence, :factor, :mails, :hook,
              :secret, :feed, :from, :to, :paused) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, ");
        return bind(jdbc.sql("insert into watch " + columns), wish)
                .param("id", id, Types.BIGINT)
                .param("secret", secret)
                .param("paused", paused)
                .query(Long.class)
                .single();
    }

    void update(long id, Wish wish, String secret, boolean paused) {
        bind(jdbc.sql("""
            update watch set name = :name, datastream_id = :datastream, kind = :kind, above = :above, below = :below,
              for_seconds = :lasting, margin = :margin, intervals = :intervals, silence_seconds = :silence, factor = :factor,
              mails = :mails, hook = :hook, hook_secret = :secret, feed = :feed, quiet_from = :from, quiet_to = :to,
              paused = :paused, outside_since = null where id = :id
            """), wish)
                .param("id", id)
                .param("secret", secret)
                .param("paused", paused)
                .update();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Wish wish) {
        return statement
                .param("name", wish.name())
                .param("datastream", wish.datastreamId())
                .param("kind", wish.kind().key())
                .param("above", wish.above(), Types.DOUBLE)
                .param("below", wish.below(), Types.DOUBLE)
                .param("lasting", wish.lasting().toSeconds())
                .param("margin", wish.margin())
                .param("intervals", wish.intervals())
                .param("silence", wish.silence().toSeconds())
                .param("factor", wish.factor())
                .param("mails", String.join(" ", wish.mails()))
                .param("hook", wish.hook())
                .param("feed", wish.feed())
                .param("from", wish.quietFrom(), Types.TIME)
                .param("to", wish.quietTo(), Types.TIME);
    }

    void delete(long id) {
        jdbc.sql("delete from watch where id = ?").param(id).update();
    }

    /// A Datastream that is deleted takes its watches along, and what was going on with them is over.
    void deleteOfGone() {
        jdbc.sql("""
            delete from watch w where not exists (select from datastream d where d.id = w.datastream_id and not d.hidden)
            """).update();
        jdbc.sql("""
            update watch_incident i set ended_at = now()
            where ended_at is null and not exists (select from watch w where w.id = i.watch_id)
            """).update();
    }

    /// How far each limit has been looked at, in one statement.
    void looked(Map<Long, Instant> until, Map<Long, Instant> outsideSince) {
        if (until.isEmpty()) {
            return;
        }
        Long[] ids = until.keySet().toArray(Long[]::new);
        String[] seen = new String[ids.length];
        @Nullable String[] outside = new @Nullable String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            seen[i] = String.valueOf(until.get(ids[i]));
            Instant since = outsideSince.get(ids[i]);
            outside[i] = since == null ? null : since.toString();
        }
        jdbc.sql("""
            with x as materialized (
              select i, s, o from unnest(:ids::bigint[], :seen::timestamptz[], :outside::timestamptz[]) as x(i, s, o)
            )
            update watch w set seen_until = x.s, outside_since = x.o from x where w.id = x.i
            """)
                .param("ids", ids)
                .param("seen", seen, Types.ARRAY)
                .param("outside", outside, Types.ARRAY)
                .update();
    }

    void comparedHour(List<Long> ids, Instant hour) {
        jdbc.sql("update watch set seen_hour = :hour where id = any(:ids::bigint[])")
                .param("hour", hour.atOffset(ZoneOffset.UTC))
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /// Datastreams whose usual interval was not looked up for an hour.
    List<Long> withoutUsual() {
        return jdbc.sql("""
            select distinct datastream_id from watch
            where kind = 'silence' and intervals > 0 and (usual_at is null or usual_at < now() - interval '1 hour') limit 2000
            """).query((row, number) -> row.getLong(1)).list();
    }

    void setUsual(List<Long> datastreams, Map<Long, Duration> usual) {
        jdbc.sql("update watch set usual_at = now() where datastream_id = any(?::bigint[])")
                .param(datastreams.toArray(Long[]::new))
                .update();
        Map<Long, Duration> known = new HashMap<>(usual);
        Long[] ids = known.keySet().toArray(Long[]::new);
        Long[] seconds = new Long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            seconds[i] = Math.max(
                    1, known.getOrDefault(ids[i], Duration.ofSeconds(1)).toSeconds());
        }
        jdbc.sql("""
            with x as materialized (select d, s from unnest(:ids::bigint[], :seconds::bigint[]) as x(d, s))
            update watch w set usual_seconds = x.s from x where w.datastream_id = x.d
            """).param("ids", ids).param("seconds", seconds).update();
    }

    private static Watch watch(ResultSet row, int number) throws SQLException {
        long usual = row.getLong("usual_seconds");
        Duration known = row.wasNull() ? null : Duration.ofSeconds(usual);
        return new Watch(
                row.getLong("id"),
                new Wish(
                        row.getString("name"),
                        row.getLong("datastream_id"),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getObject("above", Double.class),
                        row.getObject("below", Double.class),
                        Duration.ofSeconds(row.getLong("for_seconds")),
                        row.getDouble("margin"),
                        row.getInt("intervals"),
                        Duration.ofSeconds(row.getLong("silence_seconds")),
                        row.getDouble("factor"),
                        Wish.mails(row.getString("mails")),
                        row.getString("hook"),
                        row.getBoolean("feed"),
                        row.getObject("quiet_from", LocalTime.class),
                        row.getObject("quiet_to", LocalTime.class)),
                row.getString("hook_secret"),
                row.getBoolean("paused"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                known,
                instant(row, "seen_until"),
                instant(row, "seen_hour"),
                instant(row, "outside_since"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
