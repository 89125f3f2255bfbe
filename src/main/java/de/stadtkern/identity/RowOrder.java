package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.util.Map;

/// By what the rows of a list are sorted, as whoever looks at it has chosen.
///
/// @param column     empty for the newest first
/// @param descending the other way round
public record RowOrder(String column, boolean descending) {

    public static final RowOrder NEWEST = new RowOrder("", true);

    /// Behind `order by`.
    ///
    /// @param columns what may be chosen, and the SQL of each
    String sql(Map<String, String> columns) {
        if (column.isEmpty()) {
            return "id desc";
        }
        String by = columns.get(column);
        if (by == null) {
            throw Problem.field("sort", "column-unknown", "There is no column '%.40s'.".formatted(column));
        }
        return by + (descending ? " desc nulls last, id desc" : " nulls last, id");
    }
}
