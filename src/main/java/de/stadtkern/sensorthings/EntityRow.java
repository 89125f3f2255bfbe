package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.TimePeriod;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Columns of one row on their way into an `insert` or `update`. Column names come from our own model, values are
/// bound.
final class EntityRow {

    private record Cell(
            String column, String placeholder, @Nullable Object value) {}

    private final EntityType type;
    private final List<Cell> cells = new ArrayList<>();

    EntityRow(EntityType type) {
        this.type = type;
    }

    static EntityRow of(NewEntity entity) {
        EntityRow row = new EntityRow(entity.type());
        for (Map.Entry<Property, JsonNode> value : entity.values().entrySet()) {
            row.add(value.getKey(), value.getValue());
        }
        entity.type().findEncoded().map(entity.values()::get).ifPresent(value -> row.addGeometry(entity, value));
        return row;
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    void add(String column, Object value) {
        cells.add(new Cell(column, "?", value));
    }

    private void add(Property property, JsonNode value) {
        switch (property) {
            case Property.Text text -> addCell(text.column(), "?", value.asString());
            case Property.Json json ->
                addCell(json.column(), "?::jsonb", value.isNull() ? null : EntityBody.MAPPER.writeValueAsString(value));
            case Property.Unit unit ->
                addCell(unit.column(), "jsonb_build_array(?::jsonb)", EntityBody.MAPPER.writeValueAsString(value));
            case Property.Time time ->
                addCell(time.column(), "?", TimePeriod.instant(value.asString()).atOffset(ZoneOffset.UTC));
            case Property.Id _, Property.Period _, Property.Result _ ->
                throw new IllegalArgumentException(property.name() + " is not written like this");
        }
    }

    private void addCell(String column, String placeholder, @Nullable Object value) {
        cells.add(new Cell(Property.bare(column), placeholder, value));
    }

    /// Only GeoJSON is known to be in longitudes and latitudes: coordinates of another encoding may be those of a
    /// floor plan.
    private void addGeometry(NewEntity entity, JsonNode value) {
        JsonNode encoding =
                entity.values().get(type.findProperty("encodingType").orElseThrow());
        Extent extent = encoding != null && GeoJson.isNamedBy(encoding.asString("")) ? Extent.of(value) : null;
        cells.add(new Cell("bbox", "?::box", extent == null ? null : extent.box()));
        cells.add(new Cell("point", "?::point", extent != null && extent.isPoint() ? extent.point() : null));
    }

    long insert(Connection connection) throws SQLException {
        List<String> columns = cells.stream().map(Cell::column).toList();
        List<String> placeholders = cells.stream().map(Cell::placeholder).toList();
        String sql = "with new as (insert into %s (%s) values (%s) returning id)%s select id from new"
                .formatted(
                        type.tableName(),
                        String.join(", ", columns),
                        String.join(", ", placeholders),
                        ChangeLog.CREATED.formatted(type.set()));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /// False if there is no such row any more.
    boolean update(Connection connection, long id) throws SQLException {
        List<String> sets = cells.stream()
                .map(cell -> cell.column() + " = " + cell.placeholder())
                .toList();
        String sql = "update %s set %s where id = ?".formatted(type.tableName(), String.join(", ", sets));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement);
            statement.setLong(cells.size() + 1, id);
            return statement.executeUpdate() == 1;
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < cells.size(); i++) {
            statement.setObject(i + 1, cells.get(i).value());
        }
    }
}
