package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.Request.Expand;
import java.util.ArrayList;
import java.util.List;

/// One name of `$expand` as SQL: one statement brings what hangs on a whole batch of rows above, however many these
/// are. Columns are those of the [Selection], then the keys of the order, then the place of the row above in the
/// batch.
public final class Branch {

    /// Rows a branch gives for each row above unless `$top` says otherwise, and at most.
    public static final int DEFAULT_PAGE = 100;

    private static final int LARGEST_PAGE = 100_000;

    private final Expand expand;
    private final int keyColumn;
    private final Selection selection;
    private final List<Branch> branches;
    private final List<OrderKey> order;

    private Branch(Expand expand, int keyColumn) {
        EntityType type = expand.relation().target();
        this.expand = expand;
        this.keyColumn = keyColumn;
        this.selection =
                Selection.of(type, expand.options().select(), expand.options().expand());
        this.branches = of(expand.options().expand(), selection);
        this.order = OrderKey.of(type, expand.options().orderBy());
    }

    /// @param above what the rows above show; the columns that lead from there are added to it
    static List<Branch> of(List<Expand> expands, Selection above) {
        List<Branch> branches = new ArrayList<>();
        for (Expand expand : expands) {
            EntityType source = expand.relation().source();
            int keyColumn = expand.relation().join() instanceof Join.Names(var column)
                    ? above.hidden(source.alias() + "." + column)
                    : 1;
            branches.add(new Branch(expand, keyColumn));
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

    /// The options as they were written, without where to begin.
    public List<String> optionsText() {
        return expand.text();
    }

    /// Where a row above has the value that leads here.
    public int keyColumn() {
        return keyColumn;
    }

    public int firstKeyColumn() {
        return selection.columns().size() + 1;
    }

    public int keys() {
        return order.size();
    }

    public int placeColumn() {
        return firstKeyColumn() + keys();
    }

    /// At most so many rows for each row above; one more is read, to know whether there are more.
    public int page() {
        return relation().isToMany()
                ? (int) Math.min(LARGEST_PAGE, expand.options().top().orElse(DEFAULT_PAGE))
                : 1;
    }

    /// What hangs on the rows above, for each in its order.
    public Sql rows(long[] above) {
        List<String> columns = new ArrayList<>();
        for (String column : selection.columns()) {
            columns.add(column + " as c" + columns.size());
        }
        List<String> places = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            columns.add(order.get(i).expression() + " as k" + i);
            places.add(order.get(i).orderBy("x.k" + i));
        }
        Sql sql = new Sql()
                .add(isNewest() ? "select x.*, above.n, above.total > 1 from " : "select x.*, above.n from ")
                .add(above(above))
                .add(" cross join lateral (select " + String.join(", ", columns) + " from "
                        + Statements.from(relation().target()) + " where ")
                .add(where())
                .add(" order by ")
                .add(String.join(", ", order.stream().map(OrderKey::orderBy).toList()))
                .add(" limit " + (page() + 1));
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
        return relation().source() == EntityType.DATASTREAM && relation().target() == EntityType.OBSERVATION;
    }

    private Sql where() {
        Sql sql = new Sql()
                .add(Statements.visible(relation().target(), isObservationsOfDatastream()))
                .add(" and ")
                .add(join());
        if (expand.options().filter() != null) {
            sql.add(" and ").add(FilterSql.of(expand.options().filter()));
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
        return isObservationsOfDatastream()
                && page() == 1
                && expand.options().skip() == 0
                && expand.options().filter() == null
                && order.size() == 2
                && order.getFirst().expression().equals("o.phenomenon_start")
                && order.getFirst().descending()
                && order.getLast().descending();
    }
}
