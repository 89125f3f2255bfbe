package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Request.Selected;
import de.stadtkern.sensorthings.query.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Entities as a GeoJSON FeatureCollection, for maps; the geometry is their own or the first one `$expand` leads to.
/// What lies in `properties`
/// stands beside the other properties, as map programs expect it.
final class GeoJsonRows implements AnswerFormat {

    private static final Set<String> GEOMETRIES = Set.of("location", "feature", "observedArea");

    private final EntityJson entity;
    private final List<TableColumn> columns;
    private final JsonGenerator json;

    GeoJsonRows(Statements statements, Address address, Spool out) {
        this.entity = new EntityJson(statements.selection(), address.root());
        this.columns = TableColumn.of(statements);
        this.json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    @Override
    public String contentType() {
        return "application/geo+json;charset=UTF-8";
    }

    @Override
    public void begin(@Nullable Long count) {
        json.writeStartObject();
        json.writeStringProperty("type", "FeatureCollection");
        if (count != null) {
            json.writeNumberProperty("numberMatched", count);
        }
        json.writeArrayPropertyStart("features");
    }

    @Override
    public void row(ResultSet row) throws SQLException {
        json.writeStartObject();
        json.writeStringProperty("type", "Feature");
        json.writeNumberProperty("id", row.getLong(1));
        json.writeName("geometry");
        String geometry = geometry(row);
        json.writeRawValue(geometry == null ? "null" : geometry);
        json.writeObjectPropertyStart("properties");
        for (TableColumn column : columns) {
            if (!isGeometry(column)) {
                writeProperty(row, column);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static boolean isGeometry(TableColumn column) {
        return column.field().what() instanceof Selected.Value(Property property)
                && GEOMETRIES.contains(property.name());
    }

    private void writeProperty(ResultSet row, TableColumn column) throws SQLException {
        if (column.name().equals("properties")) {
            String value = row.getString(column.field().column());
            if (value != null) {
                EntityBody.MAPPER.readTree(value).properties().forEach(part -> {
                    json.writeName("properties/" + part.getKey());
                    json.writeRawValue(part.getValue().toString());
                });
            }
        } else {
            json.writeName(column.name());
            entity.writeBare(row, column.field(), json);
        }
    }

    private @Nullable String geometry(ResultSet row) throws SQLException {
        for (TableColumn column : columns) {
            if (isGeometry(column)) {
                String value = row.getString(column.field().column());
                return value == null || !isGeoJson(row, column) ? null : geometry(value);
            }
        }
        return null;
    }

    /// As far as the answer knows its encodingType: one that `$select` leaves out says nothing.
    private boolean isGeoJson(ResultSet row, TableColumn geometry) throws SQLException {
        String beside = geometry.name().substring(0, geometry.name().lastIndexOf('/') + 1) + "encodingType";
        for (TableColumn column : columns) {
            if (column.name().equals(beside)) {
                String encoding = row.getString(column.field().column());
                return encoding == null || GeoJson.isNamedBy(encoding);
            }
        }
        return true;
    }

    private static @Nullable String geometry(String value) {
        if (!value.startsWith("{")) {
            return null;
        }
        return value.contains("\"Feature") ? ofFeature(EntityBody.MAPPER.readTree(value)) : value;
    }

    /// A collection of features is a geometry only as the collection of theirs.
    private static @Nullable String ofFeature(JsonNode value) {
        return switch (value.path("type").asString("")) {
            case "Feature" -> value.path("geometry").toString();
            case "FeatureCollection" -> {
                ObjectNode all = EntityBody.MAPPER.createObjectNode().put("type", "GeometryCollection");
                ArrayNode geometries = all.putArray("geometries");
                value.path("features").forEach(feature -> {
                    if (feature.path("geometry").isObject()) {
                        geometries.add(feature.path("geometry"));
                    }
                });
                yield all.toString();
            }
            default -> value.toString();
        };
    }

    @Override
    public long waiting() {
        return json.streamWriteOutputBuffered();
    }

    @Override
    public void flush() {
        json.flush();
    }

    @Override
    public void end(@Nullable String nextLink) {
        json.writeEndArray();
        if (nextLink != null) {
            json.writeStringProperty("@iot.nextLink", nextLink);
        }
        json.writeEndObject();
        json.flush();
    }
}
