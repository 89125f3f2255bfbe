package de.stadtkern.bench;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The floor under answers of many rows: a bare program that selects them by JDBC and prints the same JSON, without
/// HTTP, rights or limits.
final class BareAnswers {

    static final String OBSERVATION =
            "id, phenomenon_start, phenomenon_end, result_time, result, result_json, result_quality, valid_start,"
                    + " valid_end, parameters";
    private static final String ROOT = "http://localhost:18080/sta/v1.1/Observations(";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private BareAnswers() {}

    /// Rows of [#OBSERVATION] as entities; gives the number of bytes, so that nothing is left out as useless.
    static int observations(ResultSet rows) throws SQLException {
        StringBuilder json = new StringBuilder("{\"value\":[");
        while (rows.next()) {
            long id = rows.getLong(1);
            json.append("{\"@iot.id\":").append(id).append(",\"@iot.selfLink\":\"");
            json.append(ROOT).append(id).append(")\",\"phenomenonTime\":\"").append(time(rows, 2));
            Instant end = time(rows, 3);
            json.append(end == null ? "" : "/" + end).append("\",\"resultTime\":");
            Instant resultTime = time(rows, 4);
            json.append(resultTime == null ? "null" : "\"" + resultTime + "\"").append(",\"result\":");
            number(json, rows.getDouble(5), rows.wasNull() ? rows.getString(6) : null);
            member(json, "resultQuality", rows.getString(7));
            Instant valid = time(rows, 8);
            member(json, "validTime", valid == null ? null : "\"" + valid + "/" + time(rows, 9) + "\"");
            member(json, "parameters", rows.getString(10));
            json.append(",\"Datastream@iot.navigationLink\":\"").append(ROOT).append(id);
            json.append(")/Datastream\",\"FeatureOfInterest@iot.navigationLink\":\"")
                    .append(ROOT)
                    .append(id);
            json.append(")/FeatureOfInterest\"},");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /// Rows of Datastream, day and mean as groups of an `$apply`.
    static int days(ResultSet rows) throws SQLException {
        StringBuilder json = new StringBuilder("{\"value\":[");
        while (rows.next()) {
            LocalDate day = rows.getObject(2, LocalDate.class);
            json.append("{\"Datastream\":{\"@iot.id\":").append(rows.getLong(1)).append("},\"phenomenonTime\":\"");
            json.append(day.atStartOfDay(ZONE).toInstant()).append('/');
            json.append(day.plusDays(1).atStartOfDay(ZONE).toInstant()).append("\",\"mean\":");
            number(json, rows.getDouble(3), null);
            json.append("},");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void member(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":").append(value);
        }
    }

    private static void number(StringBuilder json, double number, @Nullable String other) {
        if (other != null) {
            json.append(other);
        } else if (number == Math.rint(number)) {
            json.append((long) number);
        } else {
            json.append(number);
        }
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
