package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityRemoved;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The yearly partitions of `observation`. Years from 1990 to two ahead get their own when somebody writes into them;
/// all else goes to two catch-all partitions, so no input can create more than some forty.
@Component
class Partitions {

    static final int FIRST_YEAR = 1990;
    private static final int YEARS_AHEAD = 2;
    private static final Pattern YEARLY = Pattern.compile("observation_(\\d{4})");
    private static final Pattern CATCH_ALL = Pattern.compile("observation_from_(\\d{4})");
    private static final int TRIES = 5;

    private final Clock clock = Clock.systemUTC();
    private final Map<Long, Set<Integer>> knownYears = new ConcurrentHashMap<>();

    /// Makes sure that an Observation of this moment has its partition. Cheap when it has; otherwise creates it in a
    /// transaction of its own on the given connection, which must be in auto-commit.
    void require(City city, Connection connection, Set<Integer> years) throws SQLException {
        Set<Integer> known = knownYears.get(city.id());
        if (known == null) {
            known = read(connection);
            knownYears.put(city.id(), known);
        }
        if (known.containsAll(years)) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                create(connection, years);
                break;
            } catch (SQLException busy) {
                // A long reader holds the parent's lock (55P03), or another process creates the same one.
                if (attempt == TRIES
                        || !Set.of("55P03", "42P07", "40P01", "23505").contains(String.valueOf(busy.getSQLState()))) {
                    throw busy;
                }
            }
        }
        knownYears.put(city.id(), read(connection));
    }

    /// The year to name to [#require] for a moment; 0 stands for the catch-all partitions.
    int yearOf(Instant moment) {
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        return year >= FIRST_YEAR && year <= lastYear() ? year : 0;
    }

    private int lastYear() {
        return Year.now(clock).getValue() + YEARS_AHEAD;
    }

    private Set<Integer> read(Connection connection) throws SQLException {
        Set<Integer> years = ConcurrentHashMap.newKeySet();
        for (String table : partitions(connection)) {
            Matcher yearly = YEARLY.matcher(table);
            if (yearly.matches()) {
                years.add(Integer.parseInt(yearly.group(1)));
            }
            if (table.equals("observation_from_" + (lastYear() + 1))) {
                years.add(0);
            }
        }
        return years;
    }

    private void create(Connection connection, Set<Integer> years) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            moveCatchAll(connection, statement);
            for (int year : new TreeSet<>(years)) {
                if (year != 0) {
                    statement.execute("""
                        create table if not exists observation_%1$d partition of observation
                          for values from ('%1$d-01-01 00:00:00+00') to ('%2$d-01-01 00:00:00+00')
                          with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 10000)
                        """.formatted(year, year + 1));
                }
            }
            connection.commit();
        } catch (SQLException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
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
        statement.execute(
                "create table observation_from_%1$d partition of observation for values from ('%1$d-01-01 00:00:00+00') to (maxvalue)"
                        .formatted(border));
        if (there != 0) {
            for (int year = there; year < border; year++) {
                statement.execute(
                        "create table if not exists observation_%d partition of observation for values from ('%d-01-01 00:00:00+00') to ('%d-01-01 00:00:00+00')"
                                .formatted(year, year, year + 1));
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
        knownYears.remove(event.city().id());
    }
}
