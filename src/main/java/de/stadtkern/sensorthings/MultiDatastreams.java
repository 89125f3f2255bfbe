package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What holds for Datastreams with several ObservedProperties (OGC 18-088, section 11): types, units and
/// ObservedProperties are as many, and each result is an array of just so many values, in their order.
final class MultiDatastreams {

    /// The observationType of all of them.
    static final String COMPLEX = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation";

    private MultiDatastreams() {}

    /// After it was made or changed; the transaction is taken back by the refusal.
    static void requireWhole(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select jsonb_array_length(d.multi_types), jsonb_array_length(d.units), count(p.position),
              count(distinct p.observed_property_id), case jsonb_typeof(s.last_json) when 'array' then jsonb_array_length(s.last_json) end
            from datastream d left join datastream_observed_property p on p.datastream_id = d.id
            left join datastream_state s on s.datastream_id = d.id
            where d.id = ? group by d.id, s.last_json
            """)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    requireWhole(row);
                }
            }
        }
    }

    private static void requireWhole(ResultSet row) throws SQLException {
        int types = row.getInt(1);
        int units = row.getInt(2);
        int properties = row.getInt(3);
        if (types != units || types != properties) {
            throw EntityBody.wrong(
                    "multiObservationDataTypes",
                    "multi-datastream-uneven",
                    "A MultiDatastream has as many multiObservationDataTypes as unitOfMeasurements and"
                            + " ObservedProperties; here these are %d, %d and %d.".formatted(types, units, properties));
        }
        if (row.getInt(4) != properties) {
            throw EntityBody.wrong(
                    "ObservedProperties",
                    "link-twice",
                    "An ObservedProperty stands there twice; make one for each of the values.");
        }
        int last = row.getInt(5);
        if (!row.wasNull() && last != types) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "multi-datastream-observed",
                    "The MultiDatastream has Observations of %d values; one of %d is another MultiDatastream."
                            .formatted(last, types));
        }
    }

    /// How many values a result has, 0 for a Datastream.
    static int width(Connection connection, long id) throws SQLException {
        return Links.ids(
                        connection,
                        "select jsonb_array_length(units) from datastream where id = ? and multi_types is not null",
                        id)
                .stream()
                .findFirst()
                .map(Long::intValue)
                .orElse(0);
    }

    /// @param width as [#width] gives it
    static void requireFit(long datastream, int width, @Nullable String result) {
        if (width > 0 && !isArray(result, width)) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "result-not-fitting",
                    "MultiDatastream %d takes results that are arrays of %d values.".formatted(datastream, width),
                    Map.of("field", "result", "datastream", datastream));
        }
    }

    private static boolean isArray(@Nullable String json, int width) {
        if (json == null || !json.startsWith("[")) {
            return false;
        }
        JsonNode array = EntityBody.MAPPER.readTree(json);
        return array.size() == width;
    }

    /// Whether somebody who said Datastream or MultiDatastream of it was right.
    static void requireKind(Connection connection, EntityType type, long id) throws SQLException {
        boolean isMulti = width(connection, id) > 0;
        if (isMulti != (type == EntityType.MULTI_DATASTREAM)) {
            throw new DatastreamUnknown(type, id);
        }
    }
}
