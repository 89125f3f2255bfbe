package de.stadtkern.sensorthings.query;

import de.stadtkern.city.CityContext;
import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.ResourcePath.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a request into SQL: one statement for the rows, one for their number.
///
/// Aliases are one per entity type; a parent stands in a subquery of its own that refers to nothing outside, so the
/// same type may occur twice on a path. Every statement of one shape has the same text, so that it is planned once.
public final class Statements {

    private final ResourcePath path;
    private final Options options;
    private final Selection selection;
    private final List<Branch> branches;
    private final Flattened flattened;
    private final int groupColumn;
    private final List<OrderKey> order;
    private final KeyColumns keys;
    private final Sql where;
    private final @Nullable SeriesFilter series;

    private Statements(ResourcePath path, Options options, Selection selection, Shapes shapes) {
        this.path = path;
        this.options = options;
        this.selection = selection;
        boolean isTable = options.format() != Request.Format.JSON;
        this.branches = Branch.of(isTable ? List.of() : options.expand(), selection, shapes, options.metadata());
        this.flattened = Flattened.of(isTable ? options.expand() : List.of(), selection);
        this.groupColumn = options.format() == Request.Format.DATA_ARRAY && path.type() == EntityType.OBSERVATION
                ? selection.hidden("o.datastream_id")
                : 0;
        if (groupColumn > 0) {
            selection.hidden(Selection.OF_MULTI_DATASTREAM);
        }
        this.order = OrderKey.of(path.type(), options.orderBy(), shapes);
        if (isOrdered(path.last().relation()) && options.orderBy().isEmpty()) {
            order.addFirst(OrderKey.position(idOf(path.parent())));
        }
        this.keys = new KeyColumns(selection, order);
        this.where = where(path);
        if (options.filter() != null) {
            where.add(" and ").add(FilterSql.of(path.type(), options.filter(), shapes));
        }
        boolean isOfAll = path.type() == EntityType.OBSERVATION && path.last().relation() == null && !path.isOne();
        this.series = isOfAll && options.filter() != null ? SeriesFilter.of(options.filter(), shapes) : null;
    }

    /// @param shapes what the spatial functions of the request give
    public static Statements of(Request request, Shapes shapes) {
        EntityType type = request.path().type();
        return switch (request) {
            case Request.EntitySet(var path, var options) ->
                new Statements(
                        path,
                        options,
                        Selection.of(
                                type,
                                options.select(),
                                options.expand(),
                                options.metadata(),
                                path.last().relation()),
                        shapes);
            case Request.Entity(var path, var options) ->
                new Statements(
                        path,
                        options,
                        Selection.of(
                                type,
                                options.select(),
                                options.expand(),
                                options.metadata(),
                                path.last().relation()),
                        shapes);
            case Request.References(var path, var options) ->
                new Statements(
                        path,
                        options,
                        Selection.of(
                                type, List.of(new Request.Selected.SelfLink()), List.of(), Request.Metadata.FULL, null),
                        shapes);
            case Request.Count(var path, var options) ->
                new Statements(
                        path,
                        options,
                        Selection.of(
                                type,
                                List.of(new Request.Selected.Value(type.id())),
                                List.of(),
                                Request.Metadata.NONE,
                                null),
                        shapes);
            case Request.Downsampled(var path, var options, var _) ->
                new Statements(
                        path,
                        options,
                        Selection.of(
                                type,
                                List.of(
                                        new Request.Selected.Value(type.id()),
                                        new Request.Selected.Value(
                                                type.findProperty("result").orElseThrow())),
                                List.of(),
                                Request.Metadata.NONE,
                                null),
                        shapes);
            case Request.Applied _ -> throw new IllegalArgumentException("Summaries have statements of their own");
            case Request.PropertyOf wanted ->
                new Statements(
                        wanted.path(),
                        Options.NONE,
                        Selection.ofProperty(type, wanted.property(), wanted.inner()),
                        shapes);
        };
    }

    public Selection selection() {
        return selection;
    }

    /// What `$expand` asks for.
    public List<Branch> branches() {
        return branches;
    }

    /// What `$expand` adds to the columns of a table.
    public List<Flattened.Field> flattened() {
        return flattened.fields();
    }

    /// Where the Datastream of an Observation stands in an answer of data arrays, and after it whether it is a
    /// MultiDatastream; 0 in others.
    public int groupColumn() {
        return groupColumn;
    }

    /// The columns that hold the order keys, from 1 on; some are columns of the [Selection], others follow them.
    public int[] keyColumns() {
        return keys.columns();
    }

    /// Whether an index holds the rows in the order asked for: Observations by phenomenonTime, of all or of one
    /// Datastream; everything else by id.
    public boolean followsIndex() {
        Relation relation = path.last().relation();
        if (path.type() != EntityType.OBSERVATION) {
            return order.size() == 1;
        }
        return (relation == null || relation.source().isSeries())
                && order.size() == 2
                && order.getFirst().isColumn("o.phenomenon_start")
                && order.getFirst().descending() == order.getLast().descending();
    }

    /// The ObservedProperties of a MultiDatastream come in the order of its results.
    static boolean isOrdered(@Nullable Relation relation) {
        return relation != null
                && relation.source() == EntityType.MULTI_DATASTREAM
                && relation.target() == EntityType.OBSERVED_PROPERTY;
    }

    /// A row of a set or the one entity.
    ///
    /// @param after where to go on; null to begin at the beginning
    public Sql rows(@Nullable SkipToken after, long skip, int limit) {
        Sql sql = new Sql()
                .add("select ")
                .add(columns())
                .add(" from " + from() + flattened.joins())
                .add(" where ")
                .add(where);
        if (after != null) {
            sql.add(" and ").add(OrderKey.after(order, after));
        }
        if (!path.isOne()) {
            sql.add(" order by ");
            for (int i = 0; i < order.size(); i++) {
                sql.add(i == 0 ? "" : ", ").add(order.get(i).orderBy());
            }
            sql.add(" limit " + limit);
        }
        if (skip > 0) {
            sql.add(" offset ").bind(skip);
        }
        return sql;
    }

    /// What tells which way to the rows is the shorter one: the number of Datastreams that fit, of their Observations,
    /// and of all Observations. Null where there is but one way.
    public @Nullable Sql share() {
        if (series == null || !followsIndex()) {
            return null;
        }
        return new Sql()
                .add("select count(*), coalesce(sum(st.n), 0), (select coalesce(sum(n), 0) from datastream_state)"
                        + " from datastream_state st where st.datastream_id in (")
                .add(series.datastreams())
                .add(")");
    }

    /// The same rows as [#rows] by the other way: the next ones of each Datastream that fits, and of these the next.
    /// The index over all Observations by time would be followed through everything between them.
    public Sql rowsBySeries(@Nullable SkipToken after, long skip, int limit) {
        if (series == null) {
            throw new IllegalStateException("Nothing is said of Datastreams");
        }
        String direction = order.getFirst().descending() ? " desc" : "";
        String inOrder = " order by o.phenomenon_start%1$s, o.id%1$s limit %2$d".formatted(direction, limit + skip);
        Sql sql = new Sql()
                .add("select ")
                .add(columns())
                .add(" from (select o.* from (")
                .add(series.datastreams())
                .add(") s cross join lateral (select * from observation o where o.datastream_id = s.id");
        if (series.rest() != null) {
            sql.add(" and ").add(series.rest());
        }
        if (after != null) {
            sql.add(" and ").add(OrderKey.after(order, after));
        }
        sql.add(inOrder + ") o" + inOrder + ") o" + flattened.joins() + inOrder);
        return skip == 0 ? sql : sql.add(" offset ").bind(skip);
    }

    /// Those of the rows that are among these entities, in no order.
    public Sql among(long[] ids) {
        return new Sql()
                .add("select ")
                .add(columns())
                .add(" from " + from() + " where ")
                .add(where)
                .add(" and " + path.type().alias() + ".id = any(")
                .bind(ids)
                .add(")");
    }

    /// The same for Observations, which are found by their Datastream and the beginning of their phenomenonTime: one
    /// look
    /// for each, whatever the planner thinks of their number (`offset 0`).
    ///
    /// @param starts in microseconds since 1970
    public Sql among(long[] ids, long[] datastreams, long[] starts) {
        return new Sql()
                .add("select ")
                .add(columns())
                .add(" from unnest(")
                .bind(ids)
                .add("::bigint[], ")
                .bind(datastreams)
                .add("::bigint[], ")
                .bind(starts)
                .add("::bigint[]) as k(i, d, s) cross join lateral (select * from observation where datastream_id ="
                        + " k.d and id = k.i and phenomenon_start = timestamptz 'epoch' + (k.s / 1000000) * interval"
                        + " '1 second' + (k.s % 1000000) * interval '1 microsecond' offset 0) o where ")
                .add(where);
    }

    private Sql columns() {
        Sql columns = new Sql().add(String.join(", ", selection.columns()));
        keys.added().forEach(key -> columns.add(", ").add(key.expression()));
        return columns;
    }

    /// The number of rows of all pages. Observations of which only Datastreams or a time are picked are counted by the
    /// totals of these and by hours, not by looking at them.
    public Sql count() {
        if (path.type() == EntityType.OBSERVATION && !path.isOne()) {
            Filter ofEach = series == null ? options.filter() : series.ofEach();
            TimeRange range = ofEach == null ? null : TimeRange.of(ofEach);
            Sql picked = pickedDatastreams();
            if (picked != null && ofEach == null) {
                return new Sql()
                        .add("select coalesce(sum(st.n), 0) from datastream_state st where st.datastream_id ")
                        .add(picked);
            }
            if (picked != null && ofEach != null && range != null) {
                return CountByHours.of(
                        picked,
                        range,
                        FilterSql.of(EntityType.OBSERVATION, ofEach, Shapes.NONE),
                        CityContext.current().zone());
            }
        }
        return new Sql().add("select count(*) from " + from() + " where ").add(where);
    }

    /// What holds for the ids of those Datastreams whose Observations make the set, as far as no Observation is looked
    /// at; null if it depends on each.
    private @Nullable Sql pickedDatastreams() {
        if (series != null) {
            return new Sql().add("in (").add(series.datastreams()).add(")");
        }
        if (!path.hasParent()) {
            return new Sql().add("not in (" + Visible.hiddenDatastreams() + ")");
        }
        Relation relation = path.last().relation();
        return relation != null && relation.source().isSeries() && !relation.isShortcut()
                ? new Sql().add("= ").add(idOf(path.parent()))
                : null;
    }

    /// The id of the one entity, if it is there.
    public static Sql id(ResourcePath path) {
        return selectFrom(path, "id");
    }

    /// The Datastream, the phenomenonTime and the resultTime of an Observation.
    public static Sql placeOf(long observationId) {
        return new Sql()
                .add("select o.datastream_id, o.phenomenon_start, o.phenomenon_end, o.result_time from observation"
                        + " o where ")
                .add(where(ResourcePath.of(EntityType.OBSERVATION, observationId)));
    }

    private String from() {
        return from(path.type());
    }

    static String from(EntityType type) {
        return Alias.outermost(type).from();
    }

    private static Sql where(ResourcePath path) {
        Step last = path.last();
        Sql sql = visible(path);
        if (last.key().isPresent()) {
            sql.add(" and ")
                    .add(FilterSql.byId(Alias.outermost(last.type()), last.key().getAsLong()));
        }
        if (last.relation() != null) {
            sql.add(" and ").add(related(last.relation(), path.parent()));
            boolean isHiddenUnseen = last.relation().join() instanceof Join.NamedBy
                    || last.relation().isShortcut();
            if (isKnownById(path.parent()) && isHiddenUnseen) {
                sql.add(" and exists (").add(id(path.parent())).add(")");
            }
        }
        return sql;
    }

    private static Sql visible(ResourcePath path) {
        return new Sql().add(visible(path.type(), isOfOneDatastream(path)));
    }

    /// @param ofOneDatastream whether a Datastream that is visible is known already
    static String visible(EntityType type, boolean ofOneDatastream) {
        return Visible.of(type, type.alias(), ofOneDatastream);
    }

    /// Then the Datastream itself is asked whether it is visible, once.
    private static boolean isOfOneDatastream(ResourcePath path) {
        Relation relation = path.last().relation();
        return relation != null && relation.source().isSeries();
    }

    private static boolean isKnownById(ResourcePath path) {
        return path.last().key().isPresent();
    }

    /// The rows that hang on the parent by this relation.
    private static Sql related(Relation relation, ResourcePath parent) {
        String target = relation.target().alias();
        return switch (relation.join()) {
            case Join.Names(var column) ->
                new Sql()
                        .add(target + ".id = (")
                        .add(selectFrom(parent, column))
                        .add(")");
            case Join.NamedBy(var column) ->
                new Sql().add(target + "." + column + " = ").add(idOf(parent));
            case Join.Pairs pairs ->
                new Sql()
                        .add("%s.id in (select j.%s from %s j where j.%s in ("
                                .formatted(target, pairs.targetColumn(), pairs.table(), pairs.sourceColumn()))
                        .add(selectFrom(parent, "id"))
                        .add("))");
            case Join.Newest _ ->
                new Sql().add(newest(relation)).add(idOf(parent)).add(")");
            case Join.Observed _ ->
                new Sql()
                        .add("o.datastream_id in (select j.datastream_id from datastream_feature j where"
                                + " j.feature_id = ")
                        .add(idOf(parent))
                        .add(") and o.feature_id = ")
                        .add(idOf(parent));
        };
    }

    /// The newest Observations; the id of the Datastream or Thing follows, and a parenthesis.
    static String newest(Relation relation) {
        String key = relation.source().isSeries() ? "l.datastream_id" : "ld.thing_id";
        return "(o.datastream_id, o.phenomenon_start, o.id) in (select l.datastream_id, l.last_start, l.last_id from"
                + " datastream_state l join datastream ld on ld.id = l.datastream_id where " + Visible.series("ld")
                + " and " + key + " = ";
    }

    /// The id itself where the address names it, so that the planner sees a value and not a subquery.
    private static Sql idOf(ResourcePath path) {
        Step last = path.last();
        return isKnownById(path)
                ? new Sql().bind(last.key().getAsLong())
                : new Sql().add("(").add(selectFrom(path, "id")).add(")");
    }

    private static Sql selectFrom(ResourcePath path, String column) {
        EntityType type = path.type();
        return new Sql()
                .add("select %s.%s from %s where ".formatted(type.alias(), column, type.table()))
                .add(where(path));
    }
}
