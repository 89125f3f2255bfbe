package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.city.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The partitions of `observation`: a year each, or a month for a very large town. Those from 1990 to two years ahead
/// are made when somebody writes into them; all else goes to two catch-all partitions, so no input can create more than
/// some forty, or five hundred.
///
/// A *slot* is a month, counted from year 0; 0 itself stands for the catch-all partitions. A year's partition has
/// twelve of them.
@Component
class Partitions {

    static final int FIRST_YEAR = 1990;
    private static final int YEARS_AHEAD = 2;
    private static final Pattern OWN = Pattern.compile("observation_(\\d{4})(?:_(\\d{2}))?");
    private static final Pattern CATCH_ALL = Pattern.compile("observation_from_(\\d{4})");
    private static final int TRIES = 5;

    private final JdbcClient jdbc;
    private final Clock clock = Clock.systemUTC();
    private final Map<Long, Set<Integer>> knownSlots = new ConcurrentHashMap<>();

    Partitions(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /// Makes sure that an Observation of this moment has its partition. Cheap when it has; otherwise creates it in a
    /// transaction of its own on the given connection, which must be in auto-commit.
    void require(City city, Connection connection, Set<Integer> slots) throws SQLException {
        Set<Integer> known = knownSlots.get(city.id());
        if (known == null) {
            known = read(connection);
            knownSlots.put(city.id(), known);
        }
        if (known.containsAll(slots)) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                create(connection, slots);
                break;
            } catch (SQLException busy) {
                // A long reader holds the parent's lock (55P03), or another process creates the same one.
                if (attempt == TRIES
                        || !Set.of("55P03", "42P07", "42P17", "40P01", "23505")
                                .contains(String.valueOf(busy.getSQLState()))) {
                    throw busy;
                }
            }
        }
        knownSlots.put(city.id(), read(connection));
    }

    /// The slot to name to [#require] for a moment.
    int slotOf(Instant moment) {
        OffsetDateTime utc = moment.atOffset(ZoneOffset.UTC);
        int year = utc.getYear();
        return year >= FIRST_YEAR && year <= lastYear() ? slot(year, utc.getMonthValue()) : 0;
    }

    private static int slot(int year, int month) {
        return year * 12 + month - 1;
    }

    private int lastYear() {
        return Year.now(clock).getValue() + YEARS_AHEAD;
    }

    private Set<Integer> read(Connection connection) throws SQLException {
        Set<Integer> slots = ConcurrentHashMap.newKeySet();
        for (String table : partitions(connection)) {
            Matcher own = OWN.matcher(table);
            if (own.matches()) {
                int year = Integer.parseInt(own.group(1));
                int first = own.group(2) == null ? 1 : Integer.parseInt(own.group(2));
                int last = own.group(2) == null ? 12 : first;
                for (int month = first; month <= last; month++) {
                    slots.add(slot(year, month));
                }
            }
            if (table.equals("observation_from_" + (lastYear() + 1))) {
                slots.add(0);
            }
        }
        return slots;
    }

    private void create(Connection connection, Set<Integer> wanted) throws SQLException {
        try (Transaction transaction = Transaction.begin(connection);
                Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            moveCatchAll(connection, statement);
            for (int slot : new TreeSet<>(wanted)) {
                createUnlessThere(connection, statement, slot);
            }
            transaction.commit();
        }
    }

    /// Asks the database and not the memory: another process may have made it.
    private void createUnlessThere(Connection connection, Statement statement, int slot) throws SQLException {
        Set<Integer> there = read(connection);
        if (slot != 0 && !there.contains(slot)) {
            createFor(statement, there, slot);
        }
    }

    /// A year of which some months have partitions of their own goes on in months. Made beside the parent and attached:
    /// `partition of` would wait for everybody who reads, and everybody else for it.
    private static void createFor(Statement statement, Set<Integer> there, int slot) throws SQLException {
        int year = slot / 12;
        boolean monthly = months(statement) == 1
                || IntStream.rangeClosed(1, 12).anyMatch(month -> there.contains(slot(year, month)));
        LocalDate from = LocalDate.of(year, monthly ? slot % 12 + 1 : 1, 1);
        LocalDate to = monthly ? from.plusMonths(1) : from.plusYears(1);
        String name = "observation_" + (monthly ? "%d_%02d".formatted(year, from.getMonthValue()) : year);
        statement.execute("""
            create table %s (like observation including defaults)
              with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 10000)
            """.formatted(name));
        statement.execute("""
            alter table observation attach partition %s for values from ('%s 00:00:00+00') to ('%s 00:00:00+00')
            """.formatted(name, from, to));
    }

    private static int months(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select months from partition_length")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// Decides how long the partitions are that come; those there stay as they are.
    void setMonths(int months) {
        jdbc.sql("update partition_length set months = ?").param(months).update();
    }

    /// The upper catch-all begins after the last yearly partition that may exist. When a year has passed its border
    /// moves: the old one is taken out, a new one made, and what it held is put back in through the parent.
    private void moveCatchAll(Connection connection, Statement statement) throws SQLException {
        int border = lastYear() + 1;
        int there = 0;
        for (String table : partitions(connection)) {
            Matcher catchAll = CATCH_ALL.matcher(table);
            if (catchAll.matches()) {
                there = Integer.parseInt(catchAll.group(1));
            }
        }
        if (there == border) {
            return;
        }
        if (there != 0) {
            statement.execute("alter table observation detach partition observation_from_" + there);
        }
        statement.execute("create table observation_from_%d (like observation including defaults)".formatted(border));
        statement.execute(
                "alter table observation attach partition observation_from_%1$d for values from ('%1$d-01-01 00:00:00+00') to (maxvalue)"
                        .formatted(border));
        if (there != 0) {
            for (int slot = slot(there, 1); slot <= slot(border - 1, 12); slot++) {
                createUnlessThere(connection, statement, slot);
            }
            statement.execute("insert into observation select * from observation_from_" + there);
            statement.execute("drop table observation_from_" + there);
        }
    }

    private static Set<String> partitions(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                    where i.inhparent = 'observation'::regclass
                    """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    @EventListener
    void forget(CityRemoved event) {
        knownSlots.remove(event.city().id());
    }
}
