package de.stadtkern.sensorthings.query;

import java.util.ArrayList;
import java.util.List;

/// Where the keys of an order stand in a result. What the answer shows anyway is not read twice.
final class KeyColumns {

    private final Selection selection;
    private final List<OrderKey> added = new ArrayList<>();
    private final int[] columns;

    /// @param selection complete: nothing is added to it any more
    KeyColumns(Selection selection, List<OrderKey> order) {
        this.selection = selection;
        this.columns = order.stream().mapToInt(this::column).toArray();
    }

    private int column(OrderKey key) {
        int shown = key.isBound()
                ? -1
                : selection.columns().indexOf(key.expression().text());
        if (shown < 0) {
            added.add(key);
        }
        return shown < 0 ? selection.columns().size() + added.size() : shown + 1;
    }

    /// Those that follow the columns of the selection.
    List<OrderKey> added() {
        return added;
    }

    /// The number of the column of each key, from 1 on.
    int[] columns() {
        return columns.clone();
    }

    /// The column behind the last one.
    int end() {
        return selection.columns().size() + added.size() + 1;
    }
}
