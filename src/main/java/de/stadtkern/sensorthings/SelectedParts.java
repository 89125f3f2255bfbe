package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Request.Selected;
import de.stadtkern.sensorthings.query.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Parts of JSON properties where they stand in the whole: `$select=properties/a,properties/b` shows one object with
/// both.
final class SelectedParts {

    private final Map<String, SelectedParts> inner = new LinkedHashMap<>();
    private String json = "";

    private SelectedParts() {}

    static void write(ResultSet row, Selection selection, JsonGenerator json) throws SQLException {
        SelectedParts all = new SelectedParts();
        for (Selection.Field field : selection.fields()) {
            if (field.what() instanceof Selected.Part(var property, var parts)) {
                String value = row.getString(field.column());
                if (value != null) {
                    all.below(List.of(property.name())).below(parts).json = value;
                }
            }
        }
        all.inner.forEach((name, part) -> part.write(name, json));
    }

    private SelectedParts below(List<String> path) {
        SelectedParts at = this;
        for (String name : path) {
            at = at.inner.computeIfAbsent(name, n -> new SelectedParts());
        }
        return at;
    }

    /// A part that is selected whole needs none of its own parts.
    private void write(String name, JsonGenerator out) {
        out.writeName(name);
        if (!json.isEmpty()) {
            out.writeRawValue(json);
            return;
        }
        out.writeStartObject();
        inner.forEach((part, below) -> below.write(part, out));
        out.writeEndObject();
    }
}
