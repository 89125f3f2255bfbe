package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.Request.Expand;
import de.stadtkern.sensorthings.query.Request.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One name of `$expand` as SQL: one statement brings what hangs on a whole batch of rows above, however many these
/// are. Columns are those of the [Selection], then those [KeyColumns] adds, then the place of the row above in
/// the batch.
public final class Branch {

    /// Rows a branch gives for each row above unless `$top` says otherwise, and at most.
    public static final int DEFAULT_PAGE = 100;

    private static final int LARGEST_PAGE = 100_000;

    private final Expand expand;
    private final Shapes shapes;
    private final Metadata metadata;
    private final int keyColumn;
    private final Selection selection;
    private final List<Branch> branches;
    private final List<OrderKey> order;
    private final KeyColumns keys;

    private Branch(Expand expand, int keyColumn, Shapes shapes, Metadata above) {
        EntityType type = expand.relation().target();
        // What the whole answer leaves out is left out here too.
        this.metadata = expand.options().metadata() == Metadata.FULL
                ? above
                : expand.options().metadata();
        this.expand = expand;
        this.shapes = shapes;
        this.keyColumn = keyColumn;
        this.selection =
                Selection.of(type, expand.options().select(), expand.options().expand(), metadata, expand.relation());
        this.branches = of(expand.options().expand(), selection, shapes, metadata);
        this.order = OrderKey.of(type, expand.options().orderBy(), shapes);
        if (Statements.isOrdered(expand.relation())
                && expand.options().orderBy().isEmpty()) {
            order.addFirst(OrderKey.position(new Sql().add("above.id")));
        }
        this.keys = new KeyColumns(selection, order);
    }

    /// @param above what the rows above show; the columns that lead from there are added to it
    static List<Branch> of(List<Expand> expands, Selection above, Shapes shapes, Metadata metadata) {
        List<Branch> branches = new ArrayList<>();
        for (Expand expand : expands) {
            EntityType source = expand.relation().source();
            int keyColumn = expand.relation().join() instanceof Join.Names(var column)
                    ? above.hidden(source.alias() + "." + column)
                    : 1;
            branches.add(new Branch(expand, keyColumn, shapes, metadata));
        }
        return branches;
    }

    public Relation relation() {
        return expand.relation();
    }

    public Selection selection() {
        return selection;
    }

    public List<Branch> branches() {
        return branches;
    }

    public boolean isCounted() {
        return expand.options().count();
    }

    /// The options as they were written, without where to begin, and what holds for the whole answer.
    public List<String> optionsText() {
        if (metadata == expand.options().metadata()) {
            return expand.text();
        }
        List<String> all = new ArrayList<>(expand.text());
        all.add("$resultMetadata=" + metadata.name().toLowerCase(Locale.ROOT));
        return all;
    }

    /// Where a row above has the value that leads here.
    public int keyColumn() {
        return keyColumn;
    }

    /// The columns that hold the order keys, from 1 on.
    public int[] keyColumns() {
        return keys.columns();
    }

    public int placeColumn() {
        return keys.end();
    }

    /// At most so many rows for each row above; one more is read, to know whether there are more.
    public int page() {
        return relation().isToMany()
                ? (int) Math.min(LARGEST_PAGE, expand.options().top().orElse(DEFAULT_PAGE))
                : 1;
    }

    /// What hangs on the rows above, for each in its order.
    public Sql rows(long[] above) {
        Sql columns = new Sql();
        for (int i = 0; i < selection.columns().size(); i++) {
            columns.add((i == 0 ? "" : ", ") + selection.columns().get(i) + " as c" + (i + 1));
        }
        for (int i = 0; i < keys.added().size(); i++) {
            int number = selection.columns().size() + i + 1;
            columns.add(", ").add(keys.added().get(i).expression()).add(" as c" + number);
        }
        int[] columnOf = keys.columns();
        List<String> places = new ArrayList<>();
        List<String> inOrder = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            places.add(order.get(i).orderBy("x.c" + columnOf[i]));
            inOrder.add(order.get(i).orderBy("c" + columnOf[i]));
        }
        Sql sql = new Sql()
                .add(isNewest() ? "select x.*, above.n, above.total > 1 from " : "select x.*, above.n from ")
                .add(above(above))
                .add(" cross join lateral (select ")
                .add(columns)
                .add(" from " + Statements.from(relation().target()) + " where ")
                .add(where())
                .add(" order by " + String.join(", ", inOrder) + " limit " + (page() + 1));
        if (expand.options().skip() > 0) {
            sql.add(" offset ").bind(expand.options().skip());
        }
        return sql.add(") x order by above.n, " + String.join(", ", places));
    }

    /// How many hang on each row above, all pages together: number of the row above, count.
    public Sql counts(long[] above) {
        if (isObservationsOfDatastream() && expand.options().filter() == null) {
            return new Sql().add("select above.n, above.total from ").add(above(above));
        }
        return new Sql()
                .add("select above.n, x.count from ")
                .add(above(above))
                .add(" cross join lateral (select count(*) as count from "
                        + Statements.from(relation().target()) + " where ")
                .add(where())
                .add(") x");
    }

    private Sql above(long[] above) {
        Sql rows = new Sql().add("unnest(").bind(above).add("::bigint[]) with ordinality as above(id, n)");
        return isObservationsOfDatastream()
                ? new Sql()
                        .add("(select above.*, s.n as total, s.phenomenon_min, s.last_start, s.last_id from ")
                        .add(rows)
                        .add(" join datastream_state s on s.datastream_id = above.id) above")
                : rows;
    }

    private boolean isObservationsOfDatastream() {
        return relation().source().isSeries() && relation().target() == EntityType.OBSERVATION;
    }

    private Sql where() {
        Sql sql = new Sql()
                .add(Statements.visible(relation().target(), isObservationsOfDatastream()))
                .add(" and ")
                .add(join());
        if (expand.options().filter() != null) {
            sql.add(" and ")
                    .add(FilterSql.of(relation().target(), expand.options().filter(), shapes));
        }
        return sql;
    }

    private String join() {
        String target = relation().target().alias();
        return switch (relation().join()) {
            case Join.Names _ -> target + ".id = above.id";
            case Join.NamedBy(var column) ->
                isObservationsOfDatastream()
                        ? "o.datastream_id = above.id and " + times()
                        : target + "." + column + " = above.id";
            case Join.Pairs pairs ->
                "%s.id in (select j.%s from %s j where j.%s = above.id)"
                        .formatted(target, pairs.targetColumn(), pairs.table(), pairs.sourceColumn());
            case Join.Newest _ ->
                isObservationsOfDatastream()
                        ? "o.datastream_id = above.id and " + times()
                        : Statements.newest(relation()) + "above.id)";
            case Join.Observed _ ->
                "o.datastream_id in (select j.datastream_id from datastream_feature j where j.feature_id = above.id)"
                        + " and o.feature_id = above.id";
        };
    }

    /// The Datastream's totals say where its Observations lie, so that no partition is opened for nothing; and they
    /// know the newest one.
    private String times() {
        return isNewest()
                ? "o.phenomenon_start = above.last_start and o.id = above.last_id"
                : "o.phenomenon_start >= above.phenomenon_min and o.phenomenon_start <= above.last_start";
    }

    /// Whether only the newest Observation of each Datastream is asked for. Then the column after the place tells
    /// whether there are more.
    public boolean isNewest() {
        if (isObservationsOfDatastream() && relation().isShortcut()) {
            return true;
        }
        return isObservationsOfDatastream()
                && page() == 1
                && expand.options().skip() == 0
                && expand.options().filter() == null
                && order.size() == 2
                && order.getFirst().isColumn("o.phenomenon_start")
                && order.getFirst().descending()
                && order.getLast().descending();
    }
}
