package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.AppliedGroups.Group;
import de.stadtkern.sensorthings.AppliedGroups.Owner;
import de.stadtkern.sensorthings.query.Apply;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.Shapes;
import de.stadtkern.sensorthings.query.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Answers `$apply`: from roll-ups, which are exact at every moment, where hours or days are enough, else from the
/// Observations. Numbers only; a group without any is absent.
@Component
class AppliedAnswer {

    private static final long MOST_BUCKETS = 2_000_000;

    /// Datastreams are read in portions of about so many buckets, so that no answer takes the memory away from others.
    private static final long PORTION = 50_000;

    private final DataSource dataSource;
    private final Rollups rollups;

    AppliedAnswer(DataSource dataSource, Rollups rollups) {
        this.dataSource = dataSource;
        this.rollups = rollups;
    }

    /// @param first null while there are no Observations, as `last`
    private record Series(
            long datastream,
            long thing,
            long observedProperty,
            @Nullable Instant first,
            @Nullable Instant last) {}

    /// How the request is to be read.
    private record Question(Apply apply, ResourcePath path, Shapes shapes, ZoneId zone) {}

    /// About Observations or Datastreams.
    Spool answer(Request.Applied request) {
        Apply apply = request.apply();
        ZoneId zone = CityContext.current().zone();
        Question question = new Question(apply, request.path(), GeoSearch.shapes(dataSource, request), zone);
        try (Connection connection = ChangeSet.connection(dataSource)) {
            List<Series> series = series(connection, question);
            boolean fromRollups = apply.isWhole() && isAligned(apply, zone);
            AppliedGroups groups = new AppliedGroups(apply, zone);
            for (List<Series> portion : portions(series, apply)) {
                Map<Long, List<Bucket>> found =
                        fromRollups ? rolledUp(apply, portion, zone) : rows(connection, question, portion);
                for (Series one : portion) {
                    groups.add(owner(groups, one), found.getOrDefault(one.datastream, List.of()));
                }
            }
            Spool out = new Spool();
            groups.write(out, apply.fractions().isEmpty() ? Map.of() : quantiles(connection, question, groups, series));
            return out;
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    private static Owner owner(AppliedGroups groups, Series series) {
        return groups.owner(series.datastream, series.thing, series.observedProperty);
    }

    private static List<Series> series(Connection connection, Question question) throws SQLException {
        List<Series> series = new ArrayList<>();
        try (PreparedStatement statement =
                        EntityReader.prepare(connection, question.apply.series(question.path, question.shapes));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                series.add(new Series(
                        rows.getLong(1), rows.getLong(2), rows.getLong(3), instant(rows, 4), instant(rows, 5)));
            }
        }
        return series;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// In their order; refuses what would be too many buckets in all.
    private static List<List<Series>> portions(List<Series> all, Apply apply) {
        List<List<Series>> portions = new ArrayList<>();
        long sum = 0;
        long inPortion = PORTION;
        for (Series one : all) {
            long buckets = buckets(one, apply);
            sum += buckets;
            if (inPortion + buckets > PORTION) {
                portions.add(new ArrayList<>());
                inPortion = 0;
            }
            portions.getLast().add(one);
            inPortion += buckets;
        }
        if (sum > MOST_BUCKETS) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "apply-too-large",
                    "This $apply reads more than %d buckets; ask for a shorter time or fewer Datastreams."
                            .formatted(MOST_BUCKETS),
                    Map.of("option", "$apply"));
        }
        return portions;
    }

    /// How many hours, days or quarters of an hour lie in the time asked for at most.
    private static long buckets(Series series, Apply apply) {
        if (series.first == null || series.last == null) {
            return 1;
        }
        Instant from = later(series.first, apply.from());
        Instant to = apply.to() != null && apply.to().isBefore(series.last) ? apply.to() : series.last;
        long minutes = Math.max(0, ChronoUnit.MINUTES.between(from, to));
        return 1
                + minutes
                        / switch (apply.bucket()) {
                            case QUARTER_OF_AN_HOUR -> 15;
                            case HOUR -> 60;
                            case null -> 24 * 60;
                            case DAY, WEEK, MONTH, YEAR -> 24 * 60;
                        };
    }

    /// Quantiles cannot be put together from those of parts, so the database makes each group of the answer itself.
    private static Map<Group, List<Double>> quantiles(
            Connection connection, Question question, AppliedGroups groups, List<Series> series) throws SQLException {
        List<Owner> owners = series.stream().map(one -> owner(groups, one)).toList();
        Sql sql = question.apply.quantiles(
                series.stream().mapToLong(Series::datastream).toArray(),
                List.of(
                        owners.stream().mapToLong(Owner::datastream).toArray(),
                        owners.stream().mapToLong(Owner::thing).toArray(),
                        owners.stream().mapToLong(Owner::observedProperty).toArray()),
                question.zone.getId(),
                question.shapes);
        Map<Group, List<Double>> quantiles = new HashMap<>();
        try (PreparedStatement statement = EntityReader.prepare(connection, sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Owner owner = new Owner(rows.getLong(1), rows.getLong(2), rows.getLong(3));
                Instant start = rows.getObject(4, OffsetDateTime.class).toInstant();
                quantiles.put(new Group(owner, start), List.of((Double[])
                        rows.getArray(5).getArray()));
            }
        }
        return quantiles;
    }

    /// Whether the borders asked for fall between two buckets of the roll-ups.
    private static boolean isAligned(Apply apply, ZoneId zone) {
        if (apply.bucket() == Apply.Bucket.QUARTER_OF_AN_HOUR) {
            return false;
        }
        boolean hours = apply.bucket() == Apply.Bucket.HOUR;
        for (Instant border : new Instant[] {apply.from(), apply.to()}) {
            if (border != null
                    && !border.equals(
                            hours
                                    ? border.truncatedTo(ChronoUnit.HOURS)
                                    : RollupStore.start(LocalDate.ofInstant(border, zone), zone))) {
                return false;
            }
        }
        // Hours of the town begin with those of UTC in all but a few zones.
        return !hours || zone.getRules().getOffset(Instant.now()).getTotalSeconds() % 3600 == 0;
    }

    private Map<Long, List<Bucket>> rolledUp(Apply apply, List<Series> series, ZoneId zone) {
        List<Rollups.Window> windows = new ArrayList<>();
        for (Series one : series) {
            if (one.first == null || one.last == null) {
                continue;
            }
            LocalDate first = LocalDate.ofInstant(later(one.first, apply.from()), zone);
            LocalDate last = LocalDate.ofInstant(one.last, zone).plusDays(1);
            Instant from = later(RollupStore.start(first, zone), apply.from());
            Instant end = RollupStore.start(last, zone);
            Instant to = apply.to() != null && apply.to().isBefore(end) ? apply.to() : end;
            if (from.isBefore(to)) {
                windows.add(new Rollups.Window(one.datastream, from, to));
            }
        }
        return apply.bucket() == Apply.Bucket.HOUR ? rollups.hours(windows) : rollups.days(windows, zone);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private static Map<Long, List<Bucket>> rows(Connection connection, Question question, List<Series> series)
            throws SQLException {
        Map<Long, List<Bucket>> found = new HashMap<>();
        long[] ids = series.stream().mapToLong(Series::datastream).toArray();
        try (PreparedStatement statement = EntityReader.prepare(
                        connection, question.apply.rows(ids, question.zone.getId(), question.shapes));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                        .add(new Bucket(
                                rows.getObject(2, OffsetDateTime.class).toInstant(),
                                rows.getLong(3),
                                rows.getDouble(4),
                                rows.getDouble(5),
                                rows.getDouble(6),
                                rows.getDouble(7),
                                rows.getDouble(8)));
            }
        }
        return found;
    }
}
