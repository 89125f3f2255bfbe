package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the body of CreateObservations while it comes in: for each Datastream the names of the components, then rows
/// of values. A bad row is answered as such; a body that is no such body is refused as a whole.
final class DataArrays {

    private static final String FEATURE = "FeatureOfInterest/id";

    private final JsonParser parser;
    private final NewObservations.Rows rows;

    DataArrays(JsonParser parser, NewObservations.Rows rows) {
        this.parser = parser;
        this.rows = rows;
    }

    void read() {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong(
                    "CreateObservations", "The body is an array of objects with Datastream, components and dataArray");
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            readDatastream();
        }
        if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
            throw wrong("CreateObservations", "The body is one array of objects and nothing else");
        }
    }

    /// The standard gives the members an order in its example only; `dataArray` has to be the last all the same,
    /// because rows are written as they are read.
    private void readDatastream() {
        Long datastream = null;
        EntityType owner = EntityType.DATASTREAM;
        List<String> components = null;
        boolean isRead = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "Datastream", "MultiDatastream" -> {
                    datastream = readId(name);
                    owner = name.equals("Datastream") ? EntityType.DATASTREAM : EntityType.MULTI_DATASTREAM;
                }
                case "components" -> components = readComponents();
                case "dataArray@iot.count" -> parser.skipChildren();
                case "dataArray" -> {
                    if (datastream == null || components == null) {
                        throw wrong("dataArray", "'Datastream' and 'components' come before 'dataArray'");
                    }
                    rows.begin(owner);
                    readRows(datastream, components);
                    isRead = true;
                }
                default ->
                    throw wrong(
                            name.length() > 80 ? name.substring(0, 80) : name,
                            "Known here are Datastream or MultiDatastream, components, dataArray@iot.count and"
                                    + " dataArray");
            }
        }
        if (!isRead) {
            throw wrong("dataArray", "'dataArray' is missing");
        }
    }

    private long readId(String member) {
        long id = -1;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("@iot.id") && isWhole()) {
                    id = parser.getLongValue();
                }
                parser.skipChildren();
            }
        }
        if (id < 0) {
            throw wrong(member, "'%s' is {\"@iot.id\": …} with a whole number".formatted(member));
        }
        return id;
    }

    private boolean isWhole() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private List<String> readComponents() {
        List<String> components = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                components.add(parser.getString());
            }
        }
        boolean known = List.of(
                        "phenomenonTime", "result", "resultTime", "validTime", "resultQuality", "parameters", FEATURE)
                .containsAll(components);
        if (parser.currentToken() != JsonToken.END_ARRAY || !known || !components.contains("result")) {
            throw wrong(
                    "components",
                    "'components' is an array with result and any of phenomenonTime, resultTime, validTime,"
                            + " resultQuality, parameters and FeatureOfInterest/id");
        }
        return components;
    }

    private void readRows(long datastream, List<String> components) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("dataArray", "'dataArray' is an array of arrays");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw wrong("dataArray", "'dataArray' is an array of arrays");
            }
            readRow(datastream, components);
        }
    }

    private void readRow(long datastream, List<String> components) {
        ObservationFields fields = new ObservationFields();
        Long feature = null;
        String refused = null;
        int column = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (column >= components.size() || refused != null) {
                refused = refused == null ? "the row has more values than components" : refused;
                parser.skipChildren();
            } else {
                String component = components.get(column);
                try {
                    if (component.equals(FEATURE)) {
                        feature = featureId();
                    } else {
                        fields.accept(component, parser);
                    }
                } catch (Problem problem) {
                    refused = String.valueOf(problem.getMessage());
                    parser.skipChildren();
                }
            }
            column++;
        }
        if (refused == null && column < components.size()) {
            refused = "the row has fewer values than components";
        }
        add(datastream, fields, feature, refused);
    }

    private void add(long datastream, ObservationFields fields, @Nullable Long feature, @Nullable String refused) {
        if (refused != null) {
            rows.refuse(refused);
            return;
        }
        try {
            rows.add(fields.observation(datastream, feature));
        } catch (Problem problem) {
            rows.refuse(String.valueOf(problem.getMessage()));
        }
    }

    private @Nullable Long featureId() {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!isWhole()) {
            throw EntityBody.wrong(FEATURE, "type-wrong", "'FeatureOfInterest/id' is a whole number.");
        }
        return parser.getLongValue();
    }

    private Problem wrong(String field, String message) {
        int line = Math.max(1, parser.currentLocation().getLineNr());
        int column = Math.max(1, parser.currentLocation().getColumnNr());
        return EntityBody.wrong(field, "body-wrong", "%s (line %d, column %d).".formatted(message, line, column));
    }
}
