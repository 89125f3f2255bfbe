package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Request.Selected;
import de.stadtkern.sensorthings.query.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;

/// Locations, FeaturesOfInterest or Datastreams as a GeoJSON FeatureCollection, for maps. What lies in `properties`
/// stands beside the other properties, as map programs expect it.
final class GeoJsonRows implements AnswerFormat {

    private static final Set<String> GEOMETRIES = Set.of("location", "feature", "observedArea");

    private final EntityJson entity;
    private final Selection selection;
    private final JsonGenerator json;

    GeoJsonRows(Selection selection, Address address, Spool out) {
        this.entity = new EntityJson(selection, address.root());
        this.selection = selection;
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
        for (Selection.Field field : selection.fields()) {
            String name = EntityJson.columnName(field);
            if (name != null && !GEOMETRIES.contains(name)) {
                writeProperty(row, name, field);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeProperty(ResultSet row, String name, Selection.Field field) throws SQLException {
        if (name.equals("properties")) {
            String value = row.getString(field.column());
            if (value != null) {
                EntityBody.MAPPER.readTree(value).properties().forEach(part -> {
                    json.writeName("properties/" + part.getKey());
                    json.writeRawValue(part.getValue().toString());
                });
            }
        } else {
            json.writeName(name);
            entity.writeBare(row, field, json);
        }
    }

    private @Nullable String geometry(ResultSet row) throws SQLException {
        for (Selection.Field field : selection.fields()) {
            if (field.what() instanceof Selected.Value(Property property) && GEOMETRIES.contains(property.name())) {
                String value = row.getString(field.column());
                return value != null && value.contains("\"Feature\"") ? ofFeature(value) : value;
            }
        }
        return null;
    }

    private static String ofFeature(String value) {
        JsonNode feature = EntityBody.MAPPER.readTree(value);
        return feature.path("type").asString("").equals("Feature")
                ? feature.path("geometry").toString()
                : value;
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
