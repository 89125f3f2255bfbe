package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Value.Literal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `$apply` on Observations: which ones, in which groups, and what is said of each group.
///
/// @param keys   entities of which each gets groups of its own
/// @param bucket stretches of time of which each gets groups of its own; null for all time in one
public record Apply(
        @Nullable Filter filter, List<Key> keys, @Nullable Bucket bucket, List<Aggregate> aggregates) {

    public enum Key {
        DATASTREAM("Datastream"),
        THING("Thing"),
        OBSERVED_PROPERTY("ObservedProperty");

        private final String entity;

        Key(String entity) {
            this.entity = entity;
        }

        public String entity() {
            return entity;
        }
    }

    /// Days and longer ones begin at midnight of the town; weeks on Monday.
    public enum Bucket {
        QUARTER_OF_AN_HOUR("15min"),
        HOUR("hour"),
        DAY("day"),
        WEEK("week"),
        MONTH("month"),
        YEAR("year");

        private final String word;

        Bucket(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public enum Method {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVERAGE,
        FIRST,
        LAST
    }

    /// @param name how the answer calls it
    public record Aggregate(Method method, String name) {}

    private static final Pattern STEP = Pattern.compile("(filter|groupby|aggregate)\\((.*)\\)");
    private static final Pattern BUCKET = Pattern.compile("bucket\\(\\s*phenomenonTime\\s*,\\s*'([^']*)'\\s*\\)");
    private static final Pattern AGGREGATE =
            Pattern.compile("(?:result with ([a-z]+)|(\\$count)) as ([A-Za-z][A-Za-z0-9_]{0,40})");

    public Apply {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    static Apply parse(String text) {
        Filter filter = null;
        Apply grouped = null;
        for (String step : QueryString.split(text, '/')) {
            Matcher matcher = STEP.matcher(step.strip());
            if (!matcher.matches() || grouped != null) {
                throw wrong(step, "filter(…), then groupby((…),aggregate(…)) or aggregate(…)");
            }
            String inner = matcher.group(2);
            switch (matcher.group(1)) {
                case "filter" -> {
                    Filter more = FilterParser.parse(EntityType.OBSERVATION, inner);
                    filter = filter == null ? more : new Filter.And(filter, more);
                }
                case "groupby" -> grouped = grouped(inner);
                default -> grouped = new Apply(null, List.of(), null, aggregates(inner));
            }
        }
        if (grouped == null) {
            throw wrong(text, "groupby((…),aggregate(…)) or aggregate(…) at the end");
        }
        return new Apply(filter, grouped.keys, grouped.bucket, grouped.aggregates);
    }

    private static Apply grouped(String inner) {
        List<String> parts = QueryString.split(inner, ',');
        String keys = parts.getFirst().strip();
        String last = parts.getLast().strip();
        if (parts.size() != 2 || !keys.startsWith("(") || !keys.endsWith(")") || !last.startsWith("aggregate(")) {
            throw wrong(
                    inner, "groupby((Datastream,bucket(phenomenonTime,'day')),aggregate(result with average as mean))");
        }
        List<Key> entities = new ArrayList<>();
        Bucket bucket = null;
        for (String key : QueryString.split(keys.substring(1, keys.length() - 1), ',')) {
            Matcher time = BUCKET.matcher(key.strip());
            if (time.matches() && bucket == null) {
                bucket = bucket(time.group(1));
            } else {
                entities.add(key(key.strip()));
            }
        }
        return new Apply(null, entities, bucket, aggregates(last.substring("aggregate(".length(), last.length() - 1)));
    }

    private static Bucket bucket(String word) {
        for (Bucket bucket : Bucket.values()) {
            if (bucket.word.equals(word)) {
                return bucket;
            }
        }
        throw wrong(word, "15min, hour, day, week, month or year");
    }

    private static Key key(String word) {
        String entity = word.substring(word.lastIndexOf('/') + 1).equals("id")
                ? word.substring(0, word.lastIndexOf('/'))
                : word;
        return switch (entity) {
            case "Datastream" -> Key.DATASTREAM;
            case "Datastream/Thing", "Thing" -> Key.THING;
            case "Datastream/ObservedProperty", "ObservedProperty" -> Key.OBSERVED_PROPERTY;
            default ->
                throw wrong(
                        word,
                        "Datastream, Datastream/Thing, Datastream/ObservedProperty or bucket(phenomenonTime,'day')");
        };
    }

    private static List<Aggregate> aggregates(String text) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (String part : QueryString.split(text, ',')) {
            Matcher matcher = AGGREGATE.matcher(part.strip());
            Optional<Method> method = matcher.matches() ? method(matcher) : Optional.empty();
            aggregates.add(new Aggregate(
                    method.orElseThrow(() -> wrong(
                            part,
                            "'result with METHOD as NAME' with sum, min, max, average, first or last, or '$count as"
                                    + " NAME'")),
                    matcher.group(3)));
        }
        return aggregates;
    }

    private static Optional<Method> method(Matcher matcher) {
        if (matcher.group(2) != null) {
            return Optional.of(Method.COUNT);
        }
        for (Method method : Method.values()) {
            if (method.name().toLowerCase(Locale.ROOT).equals(matcher.group(1))) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    private static RequestRefused wrong(String found, String expected) {
        return RequestRefused.option(
                "$apply",
                "In $apply '%s' is not understood; expected %s.".formatted(RequestRefused.shown(found), expected));
    }

    /// The filter taken apart: what it says of time, of Datastreams, and what only Observations themselves can answer.
    ///
    /// @param from null: no beginning; `to` is not included
    private record Parts(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Filter series,
            boolean isWhole) {

        Parts and(Parts other) {
            return new Parts(
                    from == null || other.from != null && other.from.isAfter(from) ? other.from : from,
                    to == null || other.to != null && other.to.isBefore(to) ? other.to : to,
                    series == null
                            ? other.series
                            : other.series == null ? series : new Filter.And(series, other.series),
                    isWhole && other.isWhole);
        }
    }

    private static final Parts ALL = new Parts(null, null, null, true);

    private static Parts parts(@Nullable Filter filter) {
        return switch (filter) {
            case null -> ALL;
            case Filter.And(var left, var right) -> parts(left).and(parts(right));
            case Filter.Comparison(Value.Path path, var operator, Literal.Moment(var moment))
            when path.isOwn() && path.property().name().equals("phenomenonTime") ->
                switch (operator) {
                    case GE -> new Parts(moment, null, null, true);
                    // A stretch of time counts where it begins.
                    case LT -> new Parts(null, moment, null, true);
                    case GT, LE, EQ, NE -> new Parts(null, null, null, false);
                };
            default -> {
                Filter series = Ways.of(filter, "Datastream");
                yield series == null ? new Parts(null, null, null, false) : new Parts(null, null, series, true);
            }
        };
    }

    /// Whether times and Datastreams alone say which Observations are meant, so that roll-ups can answer.
    public boolean isWhole() {
        return parts(filter).isWhole;
    }

    public @Nullable Instant from() {
        return parts(filter).from;
    }

    public @Nullable Instant to() {
        return parts(filter).to;
    }

    /// The Datastreams in question: id, Thing, ObservedProperty, time of the first and of the newest Observation.
    ///
    /// @param datastream the one of the address; null for all
    public Sql series(@Nullable Long datastream) {
        Sql sql = new Sql()
                .add("select d.id, d.thing_id, (select j.observed_property_id from datastream_observed_property j")
                .add(" where j.datastream_id = d.id order by j.position limit 1), st.phenomenon_min, st.last_start"
                        + " from ")
                .add(Statements.from(EntityType.DATASTREAM) + " where st.n > 0 and ")
                .add(Statements.visible(EntityType.DATASTREAM, false));
        if (datastream != null) {
            sql.add(" and d.id = ").bind(datastream);
        }
        Filter series = parts(filter).series;
        if (series != null) {
            sql.add(" and ").add(FilterSql.of(EntityType.DATASTREAM, series, Shapes.NONE));
        }
        return sql.add(" order by d.id");
    }

    /// The groups of these Datastreams from the Observations themselves: Datastream, beginning, count, sum, min, max,
    /// first, last.
    public Sql rows(long[] datastreams, String zone) {
        Sql sql = new Sql()
                .add("select o.datastream_id, ")
                .add(beginning(zone))
                .add("""
                     , count(*), sum(o.result order by o.phenomenon_start, o.id), min(o.result), max(o.result),
                      (array_agg(o.result order by o.phenomenon_start, o.id))[1],
                      (array_agg(o.result order by o.phenomenon_start desc, o.id desc))[1]
                    from observation o where o.datastream_id = any(\
                    """)
                .bind(datastreams)
                .add("::bigint[]) and o.result is not null");
        if (filter != null && !isWhole()) {
            sql.add(" and ").add(FilterSql.of(EntityType.OBSERVATION, filter, Shapes.NONE));
        }
        Parts parts = parts(filter);
        if (parts.from != null) {
            sql.add(" and o.phenomenon_start >= ").bind(parts.from.atOffset(ZoneOffset.UTC));
        }
        if (parts.to != null) {
            sql.add(" and o.phenomenon_start < ").bind(parts.to.atOffset(ZoneOffset.UTC));
        }
        return sql.add(" group by 1, 2");
    }

    private Sql beginning(String zone) {
        return switch (bucket) {
            case null -> new Sql().add("timestamptz 'epoch'");
            case QUARTER_OF_AN_HOUR ->
                new Sql().add("date_bin('15 minutes', o.phenomenon_start, timestamptz '2000-01-01 00:00:00Z')");
            case HOUR, DAY, WEEK, MONTH, YEAR ->
                new Sql()
                        .add("date_trunc('" + bucket.word + "', o.phenomenon_start, ")
                        .bind(zone)
                        .add("::text)");
        };
    }
}
