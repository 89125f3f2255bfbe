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

/// `$apply` on Observations: which ones, in which groups, and what is said of each group. On Datastreams it is the same
/// with `Observations/` before what is said of these, and they can be counted themselves.
///
/// @param of     what the filter chooses from
/// @param keys   entities of which each gets groups of its own
/// @param bucket stretches of time of which each gets groups of its own; null for all time in one
public record Apply(
        EntityType of,
        @Nullable Filter filter,
        List<Key> keys,
        @Nullable Bucket bucket,
        List<Aggregate> aggregates) {

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
        LAST,
        /// From the numbers themselves, never from summaries.
        QUANTILE,
        /// How many Datastreams there are.
        DATASTREAMS
    }

    /// @param name     how the answer calls it
    /// @param fraction of a quantile: a half for the median; 0 for other methods
    public record Aggregate(Method method, String name, double fraction) {}

    /// Hours may be all that is left of the time before `raw_from`.
    private static final String FIRST =
            "case when st.raw_from is null then st.phenomenon_min else least(st.phenomenon_min,"
                    + " (select min(h.hour) from rollup_hour h where h.datastream_id = d.id)) end";

    private static final String LAST = "coalesce(st.last_start, case when st.raw_from is not null then"
            + " (select max(h.hour) from rollup_hour h where h.datastream_id = d.id) end)";

    private static final List<Method> METHODS =
            List.of(Method.SUM, Method.MIN, Method.MAX, Method.AVERAGE, Method.FIRST, Method.LAST);
    private static final Pattern STEP = Pattern.compile("(filter|groupby|aggregate)\\((.*)\\)");
    private static final Pattern BUCKET =
            Pattern.compile("bucket\\(\\s*(?:Observations/)?phenomenonTime\\s*,\\s*'([^']*)'\\s*\\)");
    private static final Pattern AGGREGATE = Pattern.compile(
            "(Observations/)?(?:result with ([a-z]+\\d{0,2})|(\\$count)) as ([A-Za-z][A-Za-z0-9_]{0,40})");
    private static final Pattern PERCENTILE = Pattern.compile("p([1-9]\\d?)");

    public Apply {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    static Apply parse(EntityType of, Piece text) {
        Filter filter = null;
        Apply grouped = null;
        for (Piece part : text.split('/')) {
            Piece step = part.strip();
            Matcher matcher = STEP.matcher(step.text());
            if (!matcher.matches() || grouped != null) {
                throw wrong(step, "filter(…), then groupby((…),aggregate(…)) or aggregate(…)");
            }
            Piece inner = step.between(matcher.start(2), matcher.end(2));
            switch (matcher.group(1)) {
                case "filter" -> {
                    Filter more = FilterParser.parse(of, inner);
                    filter = filter == null ? more : new Filter.And(filter, more);
                }
                case "groupby" -> grouped = grouped(of, inner);
                default -> grouped = new Apply(of, null, List.of(), null, aggregates(of, inner));
            }
        }
        if (grouped == null) {
            throw wrong(text, "groupby((…),aggregate(…)) or aggregate(…) at the end");
        }
        return new Apply(of, filter, grouped.keys, grouped.bucket, grouped.aggregates);
    }

    private static Apply grouped(EntityType of, Piece inner) {
        List<Piece> parts = inner.split(',');
        Piece keys = parts.getFirst().strip();
        Piece last = parts.getLast().strip();
        if (parts.size() != 2
                || !keys.text().startsWith("(")
                || !keys.text().endsWith(")")
                || !last.text().startsWith("aggregate(")) {
            throw wrong(
                    inner, "groupby((Datastream,bucket(phenomenonTime,'day')),aggregate(result with average as mean))");
        }
        List<Key> entities = new ArrayList<>();
        Bucket bucket = null;
        for (Piece part : keys.between(1, keys.text().length() - 1).split(',')) {
            Piece key = part.strip();
            Matcher time = BUCKET.matcher(key.text());
            if (time.matches() && bucket == null) {
                bucket = bucket(key.between(time.start(1), time.end(1)));
            } else {
                entities.add(key(key));
            }
        }
        Piece aggregates = last.between("aggregate(".length(), last.text().length() - 1);
        return new Apply(of, null, entities, bucket, aggregates(of, aggregates));
    }

    private static Bucket bucket(Piece word) {
        for (Bucket bucket : Bucket.values()) {
            if (bucket.word.equals(word.text())) {
                return bucket;
            }
        }
        throw wrong(word, "15min, hour, day, week, month or year");
    }

    private static Key key(Piece piece) {
        String word = piece.text();
        String entity = word.substring(word.lastIndexOf('/') + 1).equals("id")
                ? word.substring(0, word.lastIndexOf('/'))
                : word;
        return switch (entity) {
            case "Datastream", "" -> Key.DATASTREAM;
            case "Datastream/Thing", "Thing" -> Key.THING;
            case "Datastream/ObservedProperty", "ObservedProperty" -> Key.OBSERVED_PROPERTY;
            default ->
                throw wrong(
                        piece,
                        "Datastream, Datastream/Thing, Datastream/ObservedProperty or bucket(phenomenonTime,'day')");
        };
    }

    private static List<Aggregate> aggregates(EntityType of, Piece text) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (Piece item : text.split(',')) {
            Piece part = item.strip();
            Matcher matcher = AGGREGATE.matcher(part.text());
            Optional<Aggregate> aggregate = matcher.matches() ? aggregate(of, matcher) : Optional.empty();
            aggregates.add(aggregate.orElseThrow(() -> wrong(
                    part,
                    "'result with METHOD as NAME' with sum, min, max, average, first, last, median or p1 to p99, or"
                            + " '$count as NAME'; at Datastreams with 'Observations/' before it")));
        }
        return aggregates;
    }

    private static Optional<Aggregate> aggregate(EntityType of, Matcher matcher) {
        boolean isOfObservations = of == EntityType.OBSERVATION;
        boolean isCount = matcher.group(3) != null;
        String name = matcher.group(4);
        if (isOfObservations == (matcher.group(1) != null)) {
            return isOfObservations || !isCount
                    ? Optional.empty()
                    : Optional.of(new Aggregate(Method.DATASTREAMS, name, 0));
        }
        if (isCount) {
            return Optional.of(new Aggregate(Method.COUNT, name, 0));
        }
        String word = matcher.group(2);
        Matcher percentile = PERCENTILE.matcher(word.equals("median") ? "p50" : word);
        if (percentile.matches()) {
            return Optional.of(new Aggregate(Method.QUANTILE, name, Integer.parseInt(percentile.group(1)) / 100.0));
        }
        return METHODS.stream()
                .filter(method -> method.name().toLowerCase(Locale.ROOT).equals(word))
                .map(method -> new Aggregate(method, name, 0))
                .findFirst();
    }

    private static RequestRefused wrong(Piece found, String expected) {
        return found.refused(
                "'%s' is not understood".formatted(RequestRefused.shown(found.text())),
                0,
                "Expected %s.".formatted(expected));
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

    private Parts parts() {
        return of == EntityType.DATASTREAM ? new Parts(null, null, filter, true) : parts(filter);
    }

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
        return parts().isWhole;
    }

    public @Nullable Instant from() {
        return parts().from;
    }

    public @Nullable Instant to() {
        return parts().to;
    }

    /// Whether Datastreams are asked for as well as what they observed.
    public boolean countsDatastreams() {
        return aggregates.stream().anyMatch(aggregate -> aggregate.method() == Method.DATASTREAMS);
    }

    /// The fractions of all quantiles asked for.
    public List<Double> fractions() {
        return aggregates.stream()
                .filter(aggregate -> aggregate.method() == Method.QUANTILE)
                .map(Aggregate::fraction)
                .distinct()
                .toList();
    }

    /// The Datastreams in question: id, Thing, ObservedProperty, time of the first and of the newest Observation.
    ///
    /// @param path of the request: to Observations or to Datastreams
    public Sql series(ResourcePath path, Shapes shapes) {
        Sql sql = new Sql()
                .add("select d.id, d.thing_id, (select j.observed_property_id from datastream_observed_property j")
                .add(" where j.datastream_id = d.id order by j.position limit 1), " + FIRST + ", " + LAST + " from ")
                .add(Statements.from(EntityType.DATASTREAM) + " where ")
                .add(countsDatastreams() ? "" : "(st.n > 0 or st.raw_from is not null) and ")
                .add(Statements.visible(EntityType.DATASTREAM, false));
        ResourcePath datastreams = path.type() == EntityType.DATASTREAM || !path.hasParent() ? path : path.parent();
        if (datastreams.type() == EntityType.DATASTREAM && (datastreams.hasParent() || datastreams.isOne())) {
            sql.add(" and d.id in (").add(Statements.id(datastreams)).add(")");
        }
        Filter series = parts().series;
        if (series != null) {
            sql.add(" and ").add(FilterSql.of(EntityType.DATASTREAM, series, shapes));
        }
        return sql.add(" order by d.id");
    }

    /// The quantiles of each group: its keys (0 where it is none), its beginning, the values in the order of
    /// [#fractions].
    ///
    /// @param keys of each Datastream the Datastream, Thing and ObservedProperty that make its group
    public Sql quantiles(long[] datastreams, List<long[]> keys, String zone, Shapes shapes) {
        Sql sql = new Sql().add("select k.d, k.t, k.p, ").add(beginning(zone));
        sql.add(", percentile_cont(")
                .bind(fractions().stream().mapToDouble(Double::doubleValue).toArray())
                .add("::float8[]) within group (order by o.result) from (select unnest(")
                .bind(datastreams)
                .add("::bigint[]) as id");
        for (int i = 0; i < keys.size(); i++) {
            sql.add(", unnest(").bind(keys.get(i)).add("::bigint[]) as " + "dtp".charAt(i));
        }
        return sql.add(") k join observation o on o.datastream_id = k.id where o.result is not null")
                .add(chosen(shapes))
                .add(" group by 1, 2, 3, 4");
    }

    /// The groups of these Datastreams from the Observations themselves: Datastream, beginning, count, sum, min, max,
    /// first, last; in the order of the former two.
    public Sql rows(long[] datastreams, String zone, Shapes shapes) {
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
        return sql.add(chosen(shapes)).add(" group by 1, 2 order by 1, 2");
    }

    /// What of the filter Observations have to answer.
    private Sql chosen(Shapes shapes) {
        Sql sql = new Sql();
        if (filter != null && !isWhole()) {
            sql.add(" and ").add(FilterSql.of(EntityType.OBSERVATION, filter, shapes));
        }
        Parts parts = parts();
        if (parts.from != null) {
            sql.add(" and o.phenomenon_start >= ").bind(parts.from.atOffset(ZoneOffset.UTC));
        }
        if (parts.to != null) {
            sql.add(" and o.phenomenon_start < ").bind(parts.to.atOffset(ZoneOffset.UTC));
        }
        return sql;
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
