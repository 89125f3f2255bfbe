package de.stadtkern.watches;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.Outgoing;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.StaffTraces;
import de.stadtkern.watches.Watch.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Opens and ends incidents and tells of them, each at most once: the telling is written in the same transaction as the
/// mark that it was done. In quiet hours nothing is told; what is over when they end is not told at all and stands in
/// the list.
@Component
class Incidents implements StaffTraces, Outgoing {

    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final HookQueue hooks;
    private final IncidentText texts;
    private final WatchStore watches;

    Incidents(JdbcClient jdbc, Outbox outbox, HookQueue hooks, IncidentText texts, WatchStore watches) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.hooks = hooks;
        this.texts = texts;
        this.watches = watches;
    }

    /// Ids of the watches that have an open one.
    Set<Long> open() {
        return new HashSet<>(jdbc.sql("select watch_id from watch_incident where ended_at is null")
                .query((row, number) -> row.getLong(1))
                .list());
    }

    void open(Incident.Found found) {
        Watch.Wish wish = found.watch().wish();
        jdbc.sql("""
            insert into watch_incident (watch_id, watch_name, datastream_id, kind, began_at, value, usual, feed, tell_at)
            values (:watch, :name, :datastream, :kind, :began, :value, :usual, :feed, :tell)
            on conflict do nothing
            """)
                .param("watch", found.watch().id())
                .param("name", wish.name())
                .param("datastream", wish.datastreamId())
                .param("kind", wish.kind().key())
                .param("began", found.beganAt().atOffset(ZoneOffset.UTC))
                .param("value", found.value(), Types.DOUBLE)
                .param("usual", found.usual(), Types.DOUBLE)
                .param("feed", wish.feed())
                .param("tell", tellAt(wish, Instant.now()).atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Now, or when the quiet hours end.
    static Instant tellAt(Watch.Wish wish, Instant now) {
        ZonedDateTime local = now.atZone(CityContext.current().zone());
        LocalTime end = wish.quietTo();
        if (end == null || !wish.isQuiet(local.toLocalTime())) {
            return now;
        }
        ZonedDateTime today = local.with(end);
        return (today.isAfter(local) ? today : today.plusDays(1)).toInstant();
    }

    void end(long watchId) {
        jdbc.sql("update watch_incident set ended_at = now() where watch_id = ? and ended_at is null")
                .param(watchId)
                .update();
    }

    /// Tells what is due: beginnings of what is still going on, and ends of what was told.
    void tell() {
        for (Incident incident : due("told_at is null and tell_at <= now()")) {
            Optional<Watch> watch = watches.find(incident.watchId());
            boolean tell = incident.endedAt() == null && watch.isPresent();
            if (tell) {
                send(watch.get(), incident, false);
            }
            jdbc.sql("update watch_incident set told_at = now(), told = ? where id = ?")
                    .params(tell, incident.id())
                    .update();
        }
        for (Incident incident : due("told_at is not null and ended_at is not null and end_told_at is null")) {
            Optional<Watch> watch = watches.find(incident.watchId());
            if (watch.isPresent()
                    && incident.told()
                    && tellAt(watch.get().wish(), Instant.now()).isAfter(Instant.now())) {
                continue;
            }
            if (incident.told() && watch.isPresent()) {
                send(watch.get(), incident, true);
            }
            jdbc.sql("update watch_incident set end_told_at = now() where id = ?")
                    .param(incident.id())
                    .update();
        }
    }

    private List<Incident> due(String which) {
        return jdbc.sql("select * from watch_incident where " + which + " order by id limit " + AT_ONCE)
                .query(Incidents::incident)
                .list();
    }

    private void send(Watch watch, Incident incident, boolean over) {
        IncidentText.Message message = texts.of(watch, incident, over);
        watch.wish().mails().forEach(mail -> outbox.put(mail, message.subject(), message.body()));
        if (!watch.wish().hook().isEmpty()) {
            hooks.put(watch, incident, over ? "ended" : "opened", message.subject());
        }
    }

    /// What a test button sends: the same ways, marked as a test.
    void test(Watch watch) {
        IncidentText.Message message = texts.test(watch);
        watch.wish().mails().forEach(mail -> outbox.put(mail, message.subject(), message.body()));
        if (!watch.wish().hook().isEmpty()) {
            hooks.put(watch, null, "test", message.subject());
        }
    }

    /// The newest, and how many there are.
    ///
    /// @param unreadable Datastreams whoever asks may not read
    Incident.Listed list(boolean open, Set<Long> unreadable, int most) {
        String which = "from watch_incident where ended_at is %s and datastream_id <> all(:unreadable::bigint[])"
                .formatted(open ? "null" : "not null");
        List<Incident> newest = jdbc.sql("select * " + which + " order by id desc limit :most")
                .param("unreadable", array(unreadable))
                .param("most", most)
                .query(Incidents::incident)
                .list();
        long all = newest.size() < most
                ? newest.size()
                : jdbc.sql("select count(*) " + which)
                        .param("unreadable", array(unreadable))
                        .query(Long.class)
                        .single();
        return new Incident.Listed(newest, all);
    }

    /// For the feed: the newest of those whose watches want to be in it. It hears no sooner than everybody else, so
    /// not in quiet hours, and not of what was over when they ended.
    List<Incident.Told> inFeed(Set<Long> unreadable, int most) {
        return jdbc.sql("""
            select id, watch_name, datastream_id, began_at, told_at, end_told_at from watch_incident
            where feed and told and datastream_id <> all(:unreadable::bigint[]) order by id desc limit :most
            """)
                .param("unreadable", array(unreadable))
                .param("most", most)
                .query((row, number) -> new Incident.Told(
                        row.getLong("id"),
                        row.getString("watch_name"),
                        row.getLong("datastream_id"),
                        row.getObject("began_at", OffsetDateTime.class).toInstant(),
                        row.getObject("told_at", OffsetDateTime.class).toInstant(),
                        instant(row, "end_told_at")))
                .list();
    }

    boolean acknowledge(long id, Set<Long> unreadable, String by, String note) {
        return jdbc.sql("""
            update watch_incident set acknowledged_at = coalesce(acknowledged_at, :now::timestamptz),
              acknowledged_by = case when acknowledged_at is null then :by else acknowledged_by end, note = :note
            where id = :id and datastream_id <> all(:unreadable::bigint[])
            """)
                        .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                        .param("by", by)
                        .param("note", note)
                        .param("id", id)
                        .param("unreadable", array(unreadable))
                        .update()
                == 1;
    }

    /// What is over goes; what goes on is nobody's any more and can be noted as seen anew.
    @Override
    public void forgetOlder(Duration age) {
        jdbc.sql("delete from watch_incident where ended_at < now() - make_interval(secs => ?)")
                .param(age.toSeconds())
                .update();
        jdbc.sql("""
            update watch_incident set acknowledged_at = null, acknowledged_by = '', note = ''
            where acknowledged_at < now() - make_interval(secs => ?)
            """).param(age.toSeconds()).update();
    }

    /// Watches are paused, and what was going on is over without a word.
    @Override
    public String stop(JdbcClient copy) {
        copy.sql("""
            update watch_incident set ended_at = coalesce(ended_at, :now::timestamptz),
              told_at = coalesce(told_at, :now::timestamptz), end_told_at = coalesce(end_told_at, :now::timestamptz)
            where ended_at is null or told_at is null or end_told_at is null
            """).param("now", OffsetDateTime.now(ZoneOffset.UTC)).update();
        int paused = copy.sql("update watch set paused = true where not paused").update();
        return paused == 0 ? "" : "watches paused: " + paused;
    }

    private static long[] array(Set<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    private static Incident incident(ResultSet row, int number) throws SQLException {
        return new Incident(
                row.getLong("id"),
                row.getLong("watch_id"),
                row.getString("watch_name"),
                row.getLong("datastream_id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("began_at", OffsetDateTime.class).toInstant(),
                row.getObject("value", Double.class),
                row.getObject("usual", Double.class),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                instant(row, "acknowledged_at"),
                row.getString("acknowledged_by"),
                row.getString("note"),
                row.getBoolean("told"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return WatchStore.instant(row, column);
    }
}
