package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Selection;
import de.stadtkern.sensorthings.query.Statements;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// A set as arrays of values (OGC 18-088, section 12): names once, then rows; Observations in a group for each
/// Datastream. A large answer is grouped in pieces, so that a Datastream may come again.
final class DataArrayRows implements AnswerFormat {

    private static final int MOST_AT_ONCE = 5_000;

    private static final class Group {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes);
        final EntityType type;
        int rows;

        Group(EntityType type) {
            this.type = type;
        }

        long size() {
            return (long) bytes.size() + json.streamWriteOutputBuffered();
        }
    }

    private final EntityJson entity;
    private final List<TableColumn> columns;
    private final int datastreamColumn;
    private final Address address;
    private final JsonGenerator json;
    private final Map<Long, Group> groups = new LinkedHashMap<>();
    private int grouped;
    private long inGroups;

    DataArrayRows(Statements statements, Address address, Spool out) {
        Selection selection = statements.selection();
        this.entity = new EntityJson(selection, address.root());
        this.address = address;
        this.json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), out);
        this.datastreamColumn = selection.type() == EntityType.OBSERVATION ? statements.groupColumn() : 0;
        this.columns = TableColumn.of(statements);
    }

    @Override
    public String contentType() {
        return "application/json;charset=UTF-8";
    }

    @Override
    public void begin(@Nullable Long count) {
        json.writeStartObject();
        if (count != null) {
            json.writeNumberProperty("@iot.count", count);
        }
        json.writeArrayPropertyStart("value");
    }

    @Override
    public void row(ResultSet row) throws SQLException {
        long datastream = datastreamColumn == 0 ? 0 : row.getLong(datastreamColumn);
        Group group = groups.get(datastream);
        if (group == null) {
            boolean isMulti = datastreamColumn > 0 && row.getBoolean(datastreamColumn + 1);
            group = new Group(isMulti ? EntityType.MULTI_DATASTREAM : EntityType.DATASTREAM);
            group.json.writeStartArray();
            groups.put(datastream, group);
        }
        long before = group.size();
        group.json.writeStartArray();
        for (TableColumn column : columns) {
            entity.writeBare(row, column.field(), group.json);
        }
        group.json.writeEndArray();
        inGroups += group.size() - before;
        group.rows++;
        if (++grouped == MOST_AT_ONCE) {
            flush();
        }
    }

    @Override
    public long waiting() {
        return json.streamWriteOutputBuffered() + inGroups;
    }

    @Override
    public void flush() {
        groups.forEach((datastream, group) -> {
            group.json.writeEndArray();
            group.json.close();
            json.writeStartObject();
            if (datastreamColumn > 0) {
                json.writeStringProperty(
                        group.type.entity() + "@iot.navigationLink",
                        EntityJson.selfLink(address.root(), group.type, datastream));
            }
            json.writeArrayPropertyStart("components");
            columns.forEach(column -> json.writeString(column.name().replace("@iot.id", "id")));
            json.writeEndArray();
            json.writeNumberProperty("dataArray@iot.count", group.rows);
            json.writeName("dataArray");
            json.writeRawValue(group.bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
            json.writeEndObject();
        });
        groups.clear();
        grouped = 0;
        inGroups = 0;
        json.flush();
    }

    @Override
    public void end(@Nullable String nextLink) {
        flush();
        json.writeEndArray();
        if (nextLink != null) {
            json.writeStringProperty("@iot.nextLink", nextLink);
        }
        json.writeEndObject();
        json.flush();
    }
}
