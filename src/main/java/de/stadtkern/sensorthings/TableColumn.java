package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Flattened;
import de.stadtkern.sensorthings.query.Selection;
import de.stadtkern.sensorthings.query.Statements;
import java.util.ArrayList;
import java.util.List;

/// The columns of an answer that is a table: what is selected of the entities themselves, then what `$expand` leads to.
///
/// @param name  as the table calls it
/// @param isOwn whether it is of the entity itself
record TableColumn(String name, Selection.Field field, boolean isOwn) {

    static List<TableColumn> of(Statements statements) {
        List<TableColumn> columns = new ArrayList<>();
        for (Selection.Field field : statements.selection().fields()) {
            String name = EntityJson.columnName(field);
            if (name != null) {
                columns.add(new TableColumn(name, field, true));
            }
        }
        for (Flattened.Field field : statements.flattened()) {
            columns.add(new TableColumn(field.name(), new Selection.Field(field.what(), field.column()), false));
        }
        return columns;
    }
}
