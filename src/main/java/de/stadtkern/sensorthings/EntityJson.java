package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Request.Selected;
import de.stadtkern.sensorthings.query.Selection;
import de.stadtkern.sensorthings.query.TimePeriod;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/// Writes the current row of a result as the JSON of an entity.
final class EntityJson {

    /// Below it a double without fraction is written as an integer; from it on not every integer is a double.
    private static final double EXACT = 1L << 53;

    private final Selection selection;
    private final LinkText selfLink;
    private final FieldJson[] fields;
    private final boolean hasParts;
    private boolean isOfMulti;

    /// @param root address of the service with a slash at the end
    EntityJson(Selection selection, String root) {
        this.selection = selection;
        this.hasParts = selection.fields().stream().anyMatch(field -> field.what() instanceof Selected.Part);
        this.selfLink = new LinkText(root + selection.type().set() + "(");
        this.fields = selection.fields().stream().map(this::fieldJson).toArray(FieldJson[]::new);
    }

    /// Writes one field of a row. What a field needs is decided once for an answer, not once for each of its rows.
    @FunctionalInterface
    private interface FieldJson {
        void write(ResultSet row, long id, JsonGenerator json) throws SQLException;
    }

    private FieldJson fieldJson(Selection.Field field) {
        return switch (field.what()) {
            case Selected.SelfLink _ -> {
                var name = new SerializedString("@iot.selfLink");
                byte[] end = {')'};
                yield (_, id, json) -> selfLink.write(json, name, id, end);
            }
            case Selected.Link(var relation) -> link(field, relation);
            case Selected.Value(var property) -> propertyJson(property, field.column());
            case Selected.Part _ -> (_, _, _) -> {};
        };
    }

    private FieldJson link(Selection.Field field, Relation relation) {
        var name = new SerializedString(relation.name() + "@iot.navigationLink");
        byte[] end = (")/" + relation.name()).getBytes(StandardCharsets.US_ASCII);
        if (!Selection.isOwner(field.what()) || selection.multiColumn() == 0) {
            return (_, id, json) -> selfLink.write(json, name, id, end);
        }
        // An Observation of a MultiDatastream has no Datastream, and the other way round.
        boolean isMulti = relation.target() == EntityType.MULTI_DATASTREAM;
        return (_, id, json) -> {
            if (isOfMulti == isMulti) {
                selfLink.write(json, name, id, end);
            }
        };
    }

    void write(ResultSet row, JsonGenerator json) throws SQLException {
        long id = row.getLong(1);
        isOfMulti = selection.multiColumn() > 0 && row.getBoolean(selection.multiColumn());
        json.writeStartObject();
        for (FieldJson field : fields) {
            field.write(row, id, json);
        }
        if (hasParts) {
            SelectedParts.write(row, selection, json);
        }
        json.writeEndObject();
    }

    /// The value alone with its name, as the address of a property gives it; false if there is none.
    boolean writeValue(ResultSet row, JsonGenerator json) throws SQLException {
        Selection.Field field = selection.fields().getFirst();
        Property property = ((Selected.Value) field.what()).property();
        if (isAbsent(row, property, field.column())) {
            return false;
        }
        json.writeStartObject();
        propertyJson(property, field.column()).write(row, 0, json);
        json.writeEndObject();
        return true;
    }

    /// The name of a field as a column; null for links, which have no place there.
    static @Nullable String columnName(Selection.Field field) {
        return switch (field.what()) {
            case Selected.Value(var property) -> property.name();
            case Selected.Part(var property, var inner) -> property.name() + "/" + String.join("/", inner);
            case Selected.SelfLink _, Selected.Link _ -> null;
        };
    }

    /// The bare value, as `$value` gives it: of a text its letters, without quotes; null if there is none.
    @Nullable
    String bareValue(ResultSet row) throws SQLException {
        Selection.Field field = selection.fields().getFirst();
        String value = rawValue(row, field);
        return value != null && isJson(field) && value.startsWith("\"")
                ? EntityBody.MAPPER.readTree(value).asString()
                : value;
    }

    @Nullable
    String rawValue(ResultSet row, Selection.Field field) throws SQLException {
        if (field.what() instanceof Selected.Part) {
            return row.getString(field.column());
        }
        Property property = ((Selected.Value) field.what()).property();
        int column = field.column();
        if (isAbsent(row, property, column)) {
            return null;
        }
        return switch (property) {
            case Property.Id _, Property.Text _, Property.Json _, Property.Unit _ -> row.getString(column);
            case Property.Time _ -> String.valueOf(instant(row, column));
            case Property.Period _ -> period(row, column);
            case Property.Result _ -> {
                String digits = row.getString(column + 1);
                double number = row.getDouble(column);
                yield digits != null || row.wasNull()
                        ? digits
                        : isWhole(number) ? Long.toString((long) number) : Double.toString(number);
            }
        };
    }

    /// The value without its name, `null` where there is none, as arrays have it.
    void writeBare(ResultSet row, Selection.Field field, JsonGenerator json) throws SQLException {
        String value = rawValue(row, field);
        if (value == null) {
            json.writeNull();
            return;
        }
        if (isJson(field)) {
            json.writeRawValue(value);
        } else {
            json.writeString(value);
        }
    }

    /// Whether the raw value of a field is JSON as it stands; numbers are.
    static boolean isJson(Selection.Field field) {
        return !(field.what() instanceof Selected.Value(var property))
                || switch (property) {
                    case Property.Text _, Property.Time _, Property.Period _ -> false;
                    case Property.Id _, Property.Json _, Property.Unit _, Property.Result _ -> true;
                };
    }

    private static boolean isAbsent(ResultSet row, Property property, int column) throws SQLException {
        boolean first = row.getObject(column) == null;
        return property instanceof Property.Result ? first && row.getObject(column + 1) == null : first;
    }

    static String selfLink(String root, EntityType type, long id) {
        return root + type.set() + "(" + id + ")";
    }

    private static FieldJson propertyJson(Property property, int column) {
        var name = new SerializedString(property.name());
        return switch (property) {
            case Property.Id _ -> {
                var id = new SerializedString("@iot.id");
                yield (row, _, json) -> {
                    json.writeName(id);
                    json.writeNumber(row.getLong(column));
                };
            }
            case Property.Text _ -> (row, _, json) -> writeText(json, name, property, row.getString(column));
            case Property.Time _ -> timeJson(name, property, column, false);
            case Property.Period _ -> timeJson(name, property, column, true);
            case Property.Json _, Property.Unit _ -> (row, _, json) -> writeRaw(json, name, row.getString(column));
            case Property.Result _ -> (row, _, json) -> writeResult(row, json, name, column);
        };
    }

    private static FieldJson timeJson(SerializedString name, Property property, int column, boolean isPeriod) {
        var text = new TimeText();
        return (row, _, json) -> {
            OffsetDateTime start = row.getObject(column, OffsetDateTime.class);
            if (start == null) {
                writeText(json, name, property, null);
            } else {
                text.write(json, name, start, isPeriod ? row.getObject(column + 1, OffsetDateTime.class) : null);
            }
        };
    }

    private static void writeText(
            JsonGenerator json, SerializedString name, Property property, @Nullable String value) {
        if (value != null) {
            json.writeName(name);
            json.writeString(value);
        } else if (property.isShownAbsent()) {
            json.writeName(name);
            json.writeNull();
        }
    }

    private static void writeRaw(JsonGenerator json, SerializedString name, @Nullable String value) {
        if (value != null) {
            json.writeName(name);
            json.writeRawValue(value);
        }
    }

    private static void writeResult(ResultSet row, JsonGenerator json, SerializedString name, int column)
            throws SQLException {
        String other = row.getString(column + 1);
        double number = row.getDouble(column);
        if (other != null || row.wasNull()) {
            writeRaw(json, name, other == null ? "null" : other);
        } else {
            json.writeName(name);
            writeNumber(json, number);
        }
    }

    static void writeNumber(JsonGenerator json, double number) {
        if (isWhole(number)) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }

    /// Minus zero keeps its sign, so it is not written as an integer.
    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < EXACT && (number != 0 || 1 / number > 0);
    }

    private static @Nullable String period(ResultSet row, int column) throws SQLException {
        Instant start = instant(row, column);
        return start == null ? null : new TimePeriod(start, instant(row, column + 1)).text();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
