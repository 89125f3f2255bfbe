package de.stadtkern.sensorthings;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Goes through the change log of the bound town, each line once.
///
/// Lines are numbered before they are committed, so one may appear behind a later one: numbers that are missing are
/// looked for until so much time has passed that their transaction must have come to nothing.
final class ChangeReader {

    private static final int LINES = 1_000;
    private static final long LOOK_BACK = 200;
    private static final long GIVE_UP_NANOS = Duration.ofSeconds(60).toNanos();

    private final JdbcClient jdbc;
    /// Number to when it was missed first.
    private final TreeMap<Long, Long> missing = new TreeMap<>();
    private long highest;

    /// Begins with what is committed from now on.
    ChangeReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
        List<Long> last = jdbc.sql("select sequence from change_log order by sequence desc limit " + LOOK_BACK)
                .query((row, number) -> row.getLong(1))
                .list();
        if (!last.isEmpty()) {
            highest = last.getLast() - 1;
            TreeSet<Long> there = new TreeSet<>(last);
            note(there);
        }
    }

    /// What is new, in the order of the log; at most a thousand lines.
    List<Change> read() {
        List<Change> changes = jdbc.sql("""
            select sequence, what, datastream_ids, number_to - number_from + 1, entity_ids, properties from change_log
            where sequence > :highest or sequence = any(:missing::bigint[]) order by sequence limit %d
            """.formatted(LINES))
                .param("highest", highest)
                .param(
                        "missing",
                        missing.keySet().stream().mapToLong(Long::longValue).toArray())
                .query((row, number) -> change(row))
                .list();
        NavigableSet<Long> there = new TreeSet<>();
        changes.forEach(change -> there.add(change.sequence()));
        note(there);
        return changes;
    }

    private void note(NavigableSet<Long> there) {
        long now = System.nanoTime();
        there.forEach(missing::remove);
        long last = there.isEmpty() ? highest : Math.max(highest, there.last());
        for (long number = highest + 1; number < last; number++) {
            if (!there.contains(number)) {
                missing.put(number, now);
            }
        }
        highest = last;
        for (Iterator<Long> since = missing.values().iterator(); since.hasNext(); ) {
            if (now - since.next() > GIVE_UP_NANOS) {
                since.remove();
            }
        }
    }

    private static Change change(ResultSet row) throws SQLException {
        String[] properties = (String[]) array(row.getArray(6));
        return new Change(
                row.getLong(1),
                row.getString(2),
                ids(row.getArray(3)),
                row.getLong(4),
                ids(row.getArray(5)),
                properties == null ? null : Set.of(properties));
    }

    private static List<Long> ids(@Nullable Array array) throws SQLException {
        Long[] ids = (Long[]) array(array);
        return ids == null ? List.of() : new ArrayList<>(Arrays.asList(ids));
    }

    private static Object @Nullable [] array(@Nullable Array array) throws SQLException {
        return array == null ? null : (Object[]) array.getArray();
    }
}
