package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Selection;
import de.stadtkern.sensorthings.query.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// How a set looks in an answer: written row by row into a [Spool].
sealed interface AnswerFormat permits AnswerFormat.Json, AnswerFormat.Entities, CsvRows, DataArrayRows, GeoJsonRows {

    static AnswerFormat of(Request.Format format, Statements statements, Address address, Spool out) {
        Selection selection = statements.selection();
        return switch (format) {
            case JSON -> statements.branches().isEmpty() ? new Json(selection, address, out) : new Entities(out);
            case DATA_ARRAY -> new DataArrayRows(statements, address, out);
            case CSV -> new CsvRows(statements, out);
            case GEO_JSON -> new GeoJsonRows(statements, address, out);
        };
    }

    String contentType();

    /// @param count null if nobody asked for it
    void begin(@Nullable Long count);

    void row(ResultSet row) throws SQLException;

    /// How many bytes of what was written do not lie in the spool yet.
    long waiting();

    /// Everything that was written so far is to lie in the spool.
    void flush();

    /// @param nextLink null on the last page
    void end(@Nullable String nextLink);

    /// The usual one: an object with the entities in `value`.
    final class Json implements AnswerFormat {
        private final EntityJson entity;
        private final JsonGenerator json;

        Json(Selection selection, Address address, Spool out) {
            entity = new EntityJson(selection, address.root());
            json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), out);
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
            entity.write(row, json);
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

    /// The same around entities that [ExpandedRows] writes into the spool itself.
    final class Entities implements AnswerFormat {
        private final Spool out;

        Entities(Spool out) {
            this.out = out;
        }

        @Override
        public String contentType() {
            return "application/json;charset=UTF-8";
        }

        @Override
        public void begin(@Nullable Long count) {
            out.write(count == null ? "{\"value\":[" : "{\"@iot.count\":" + count + ",\"value\":[");
        }

        @Override
        public void row(ResultSet row) {
            throw new IllegalStateException("Expanded rows write themselves");
        }

        @Override
        public long waiting() {
            return 0;
        }

        @Override
        public void flush() {}

        @Override
        public void end(@Nullable String nextLink) {
            out.write(nextLink == null ? "]}" : "],\"@iot.nextLink\":\"" + nextLink.replace("\"", "%22") + "\"}");
        }
    }
}
