package de.stadtkern.footfall;

import de.stadtkern.TestTown;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.StoreScenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;

/// A town that counts passers-by at one place, and an editor who looks after it; its hours are printed as one line.
final class CountingTown {

    private static final Duration HOUR = Duration.ofHours(1);

    final ApplicationContext context;
    final TestTown town;
    final PeopleScenario people;
    final PeopleScenario.Browser editor;
    final StoreScenario store;
    final long datastream;
    long counter;

    CountingTown(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
        people = new PeopleScenario(context, town);
        editor = people.loggedIn("ina@example.org", Grants.of(Area.FOOTFALL, Role.EDITOR));
        store = new StoreScenario(context, town);
        datastream = store.datastream("sum");
    }

    /// Fills in the form that makes the first Thing a counter; says where it leads.
    String register(String slug, String... namesAndValues) {
        return register(1, datastream, slug, namesAndValues);
    }

    String register(long thing, long series, String slug, String... namesAndValues) {
        List<String> values =
                new ArrayList<>(List.of("name", "Markt", "slug", slug, "role-" + series, "total", "shown", "on"));
        values.addAll(List.of(namesAndValues));
        String page = "/counters/new?thing=" + thing;
        String where = editor.where(editor.fill(page, page, values.toArray(String[]::new)));
        var made = Pattern.compile("/counters/(\\d+)$").matcher(where);
        counter = made.find() ? Long.parseLong(made.group(1)) : counter;
        return where;
    }

    /// A count of the hour that begins then; what was there of that time is replaced.
    CountingTown hour(String start, double count) {
        Instant from = Instant.parse(start);
        store.write(Duplicates.REPLACE, NewObservation.of(datastream, from, from.plus(HOUR), count));
        return this;
    }

    /// The same count in each of so many hours.
    CountingTown hours(String start, int number, double count) {
        Instant from = Instant.parse(start);
        List<NewObservation> rows = new ArrayList<>();
        for (int at = 0; at < number; at++) {
            Instant begin = from.plus(HOUR.multipliedBy(at));
            rows.add(NewObservation.of(datastream, begin, begin.plus(HOUR), count));
        }
        store.writeAll(Duplicates.REPLACE, rows);
        return this;
    }

    CountingTown quarters(String hour, double... counts) {
        List<NewObservation> rows = new ArrayList<>();
        for (int at = 0; at < counts.length; at++) {
            Instant begin = Instant.parse(hour).plus(Duration.ofMinutes(15L * at));
            rows.add(NewObservation.of(datastream, begin, begin.plus(Duration.ofMinutes(15)), counts[at]));
        }
        store.writeAll(Duplicates.REPLACE, rows);
        return this;
    }

    /// All hours of a street that are not missing.
    CountingTown street(HourlySeries street) {
        return street(datastream, street);
    }

    /// The same at a place of its own, which becomes a counter.
    CountingTown place(String slug, String name, HourlySeries street) {
        long series = store.datastream("sum");
        street(series, street);
        register(series, series, slug, "name", name);
        return this;
    }

    private CountingTown street(long datastream, HourlySeries street) {
        List<NewObservation> rows = new ArrayList<>();
        for (int at = 0; at < street.size(); at++) {
            if (!street.isMissing(at)) {
                Instant begin = street.hours().start(at);
                rows.add(NewObservation.of(datastream, begin, begin.plus(HOUR), street.count(at)));
            }
        }
        for (int at = 0; at < rows.size(); at += 5_000) {
            store.writeAll(Duplicates.REPLACE, rows.subList(at, Math.min(rows.size(), at + 5_000)));
        }
        return this;
    }

    /// Lets everything be worked out that is to be.
    CountingTown keep() {
        return keep(Instant.now());
    }

    CountingTown keep(Instant now) {
        store.rollUp();
        // The job of the process may hold the lock at this moment; what it has taken is marked until it is done.
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> town.in(() -> {
                    boolean isOurs = context.getBean(HoursJob.class).keep(now);
                    return isOurs && !context.getBean(HourStore.class).hasMarks();
                }));
        return this;
    }

    CountingTown learn() {
        people.execute("update footfall_counter set learn_at = now()");
        town.in(() -> {
            context.getBean(LearnJob.class).learn(Instant.now());
            return true;
        });
        return this;
    }

    /// A factor for everybody at the counter looked at, from a day or from a moment such as `2026-05-01T10:00`.
    CountingTown calibrate(String factor, String from) {
        editor.fill(
                "/counters/" + counter,
                "/counters/" + counter + "/calibrations",
                "role",
                "total",
                "factor",
                factor,
                "uncertainty",
                "1",
                "valid-from",
                from.substring(0, 10),
                "valid-from-time",
                from.length() > 10 ? from.substring(11) : "",
                "why",
                "Abnahme");
        return this;
    }

    /// `period kind from to`: from and to as days or as `2026-05-01T10:00`.
    String period(String kind, String from, String to, String reason) {
        String page = "/counters/" + counter;
        String where = editor.where(editor.fill(
                page,
                page + "/periods",
                "kind",
                kind,
                "from",
                from.substring(0, 10),
                "from-time",
                from.length() > 10 ? from.substring(11) : "",
                "to",
                to.isEmpty() ? "" : to.substring(0, 10),
                "to-time",
                to.length() > 10 ? to.substring(11) : "",
                "reason",
                reason));
        return where;
    }

    /// `10 112 measured, 11 – missing` of these hours of UTC.
    String print(String from, String to) {
        return people.text("""
            select coalesce(string_agg(to_char(hour at time zone 'UTC', 'HH24') || ' ' || coalesce(value::text, '–') || ' ' || state,
              ', ' order by hour), '') from footfall_hour where hour >= '%s' and hour < '%s'
            """.formatted(from, to));
    }

    String text(String sql) {
        return people.text(sql);
    }

    String csv(String slug, String query) {
        return town.get("/footfall/%s/hours.csv%s".formatted(slug, query)).body();
    }
}
