package de.stadtkern.page;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// An array with an object for each row; what is missing is null.
final class JsonFile implements TableFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;
    private final List<Column> columns;

    JsonFile(OutputStream out, List<Column> columns) {
        this.columns = List.copyOf(columns);
        json = JSON.createGenerator(out);
        json.writeStartArray();
    }

    @Override
    public void row(List<@Nullable Object> cells) {
        json.writeStartObject();
        for (int index = 0; index < cells.size(); index++) {
            String key = columns.get(index).key();
            switch (cells.get(index)) {
                case null -> json.writeNullProperty(key);
                case Double number -> json.writeNumberProperty(key, number);
                case Number number -> json.writeNumberProperty(key, number.longValue());
                case Object text -> json.writeStringProperty(key, text.toString());
            }
        }
        json.writeEndObject();
    }

    @Override
    public void close() {
        json.writeEndArray();
        json.close();
    }
}
