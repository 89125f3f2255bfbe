package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Apply;
import de.stadtkern.sensorthings.query.Apply.Key;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.Sql;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Answers `$apply`: from roll-ups, which are exact at every moment, where hours or days are enough, else from the
/// Observations. Numbers only; a group without any is absent.
@Component
class AppliedAnswer {

    private static final long MOST_BUCKETS = 2_000_000;

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

    /// One group of the answer; 0 and the beginning of time where it is not a key.
    private record Group(long datastream, long thing, long observedProperty, Instant start)
            implements Comparable<Group> {

        private static final Comparator<Group> ORDER = Comparator.comparingLong(Group::thing)
                .thenComparingLong(Group::observedProperty)
                .thenComparingLong(Group::datastream)
                .thenComparing(Group::start);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    /// @param path to Observations or Datastreams
    byte[] answer(Apply apply, ResourcePath path) {
        ZoneId zone = CityContext.current().zone();
        try (Connection connection = ChangeSet.connection(dataSource)) {
            List<Series> series = series(connection, apply, path);
            boolean fromRollups = apply.isWhole() && isAligned(apply, zone);
            Map<Group, Bucket> groups = new TreeMap<>();
            Map<Long, List<Bucket>> found =
                    fromRollups ? rolledUp(apply, series, zone) : rows(connection, apply, series, zone);
            Map<Group, Integer> counts = new HashMap<>();
            for (Series one : series) {
                Set<Group> own = new HashSet<>();
                if (apply.countsDatastreams() && apply.bucket() == null) {
                    own.add(group(apply, one, Instant.EPOCH));
                }
                for (Bucket bucket : found.getOrDefault(one.datastream, List.of())) {
                    Group group = group(apply, one, start(apply.bucket(), bucket.start(), zone));
                    groups.merge(group, bucket.beginning(group.start), AppliedAnswer::both);
                    own.add(group);
                }
                own.forEach(group -> {
                    groups.putIfAbsent(group, NOTHING);
                    counts.merge(group, 1, Integer::sum);
                });
            }
            Map<Group, List<Double>> quantiles =
                    apply.fractions().isEmpty() ? Map.of() : quantiles(connection, apply, series, zone);
            return new Written(apply, zone, counts, quantiles).json(groups);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// Buckets of one Datastream come in order of time; those of several are put in the order of the Datastreams.
    private static final Bucket NOTHING = new Bucket(Instant.EPOCH, 0, 0, 0, 0, 0, 0);

    private static Bucket both(Bucket one, Bucket next) {
        return one.n() == 0 ? next : one.with(next);
    }

    private static List<Series> series(Connection connection, Apply apply, ResourcePath path) throws SQLException {
        List<Series> series = new ArrayList<>();
        try (PreparedStatement statement = EntityReader.prepare(connection, apply.series(path));
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

    /// Quantiles cannot be put together from those of parts, so the database makes each group of the answer itself.
    private static Map<Group, List<Double>> quantiles(
            Connection connection, Apply apply, List<Series> series, ZoneId zone) throws SQLException {
        List<Group> keys =
                series.stream().map(one -> group(apply, one, Instant.EPOCH)).toList();
        Sql sql = apply.quantiles(
                series.stream().mapToLong(Series::datastream).toArray(),
                List.of(
                        keys.stream().mapToLong(Group::datastream).toArray(),
                        keys.stream().mapToLong(Group::thing).toArray(),
                        keys.stream().mapToLong(Group::observedProperty).toArray()),
                zone.getId());
        Map<Group, List<Double>> quantiles = new HashMap<>();
        try (PreparedStatement statement = EntityReader.prepare(connection, sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Instant start = rows.getObject(4, OffsetDateTime.class).toInstant();
                quantiles.put(new Group(rows.getLong(1), rows.getLong(2), rows.getLong(3), start), List.of((Double[])
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
        boolean hours = apply.bucket() == Apply.Bucket.HOUR;
        List<Rollups.Window> windows = new ArrayList<>();
        long buckets = 0;
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
                buckets += ChronoUnit.HOURS.between(from, to) / (hours ? 1 : 24);
            }
        }
        if (buckets > MOST_BUCKETS) {
            throw tooMuch();
        }
        return hours ? rollups.hours(windows) : rollups.days(windows, zone);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private static Problem tooMuch() {
        return new Problem(
                Problem.Kind.INVALID,
                "apply-too-large",
                "This $apply reads more than %d buckets; ask for a shorter time or fewer Datastreams."
                        .formatted(MOST_BUCKETS),
                Map.of("option", "$apply"));
    }

    private static Map<Long, List<Bucket>> rows(Connection connection, Apply apply, List<Series> series, ZoneId zone)
            throws SQLException {
        Map<Long, List<Bucket>> found = new TreeMap<>();
        long[] ids = series.stream().mapToLong(Series::datastream).toArray();
        try (PreparedStatement statement = EntityReader.prepare(connection, apply.rows(ids, zone.getId()));
                ResultSet rows = statement.executeQuery()) {
            long read = 0;
            while (rows.next()) {
                if (++read > MOST_BUCKETS) {
                    throw tooMuch();
                }
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

    private static Group group(Apply apply, Series series, Instant start) {
        return new Group(
                apply.keys().contains(Key.DATASTREAM) ? series.datastream : 0,
                apply.keys().contains(Key.THING) ? series.thing : 0,
                apply.keys().contains(Key.OBSERVED_PROPERTY) ? series.observedProperty : 0,
                start);
    }

    private static Instant start(Apply.@Nullable Bucket bucket, Instant moment, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return switch (bucket) {
            case null -> Instant.EPOCH;
            case QUARTER_OF_AN_HOUR, HOUR, DAY -> moment;
            case WEEK -> RollupStore.start(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
            case MONTH -> RollupStore.start(day.withDayOfMonth(1), zone);
            case YEAR -> RollupStore.start(day.withDayOfYear(1), zone);
        };
    }

    private static Instant end(Apply.Bucket bucket, Instant start, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(start, zone);
        return switch (bucket) {
            case QUARTER_OF_AN_HOUR -> start.plus(15, ChronoUnit.MINUTES);
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY -> RollupStore.start(day.plusDays(1), zone);
            case WEEK -> RollupStore.start(day.plusWeeks(1), zone);
            case MONTH -> RollupStore.start(day.plusMonths(1), zone);
            case YEAR -> RollupStore.start(day.plusYears(1), zone);
        };
    }

    /// The answer on its way to the caller.
    private record Written(Apply apply, ZoneId zone, Map<Group, Integer> counts, Map<Group, List<Double>> quantiles) {

        byte[] json(Map<Group, Bucket> groups) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                json.writeStartObject();
                json.writeArrayPropertyStart("value");
                groups.forEach((group, bucket) -> write(json, group, bucket));
                json.writeEndArray();
                json.writeEndObject();
            }
            return bytes.toByteArray();
        }

        private void write(JsonGenerator json, Group group, Bucket bucket) {
            json.writeStartObject();
            for (Key key : apply.keys()) {
                long id = switch (key) {
                    case DATASTREAM -> group.datastream;
                    case THING -> group.thing;
                    case OBSERVED_PROPERTY -> group.observedProperty;
                };
                json.writeObjectPropertyStart(key.entity());
                json.writeNumberProperty("@iot.id", id);
                json.writeEndObject();
            }
            if (apply.bucket() != null) {
                json.writeStringProperty("phenomenonTime", group.start + "/" + end(apply.bucket(), group.start, zone));
            }
            for (Apply.Aggregate aggregate : apply.aggregates()) {
                boolean isCount =
                        aggregate.method() == Apply.Method.COUNT || aggregate.method() == Apply.Method.DATASTREAMS;
                boolean isGone = aggregate.method() == Apply.Method.QUANTILE && !quantiles.containsKey(group);
                if (isGone || bucket.n() == 0 && !isCount) {
                    json.writeNullProperty(aggregate.name());
                } else {
                    json.writeName(aggregate.name());
                    EntityJson.writeNumber(json, value(aggregate, group, bucket));
                }
            }
            json.writeEndObject();
        }

        private double value(Apply.Aggregate aggregate, Group group, Bucket bucket) {
            return switch (aggregate.method()) {
                case COUNT -> bucket.n();
                case SUM -> bucket.sum();
                case MIN -> bucket.min();
                case MAX -> bucket.max();
                case AVERAGE -> bucket.mean();
                case FIRST -> bucket.first();
                case LAST -> bucket.last();
                case QUANTILE ->
                    quantiles
                            .getOrDefault(group, List.of())
                            .get(apply.fractions().indexOf(aggregate.fraction()));
                case DATASTREAMS -> counts.getOrDefault(group, 0);
            };
        }
    }
}
