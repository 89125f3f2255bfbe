package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Chooses of many numbers those that a line through them needs to look like a line through all (largest triangle
/// three buckets, Steinarsson 2013). Nothing is averaged: each number given is one that was observed.
final class Downsampling {

    /// More numbers are not looked at in one request.
    static final int MOST = 2_000_000;

    static final int FETCH = 5_000;

    private long[] ids = new long[4_096];
    private long[] times = new long[4_096];
    private double[] numbers = new double[4_096];
    private int size;

    /// Observations in the order of time; results that are no numbers are left out.
    void read(ResultSet rows, int timeColumn) throws SQLException {
        while (rows.next()) {
            double number = rows.getDouble(2);
            if (!rows.wasNull()) {
                add(
                        rows.getLong(1),
                        rows.getObject(timeColumn, OffsetDateTime.class).toInstant(),
                        number);
            }
        }
    }

    void add(long id, Instant time, double number) {
        if (size == MOST) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "downsample-too-large",
                    "There are more than %d numbers; ask for a shorter time, or summarise with $apply.".formatted(MOST),
                    Map.of("option", "downsample"));
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            times = Arrays.copyOf(times, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        ids[size] = id;
        times[size] = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        numbers[size++] = number;
    }

    /// Places of the numbers to keep: the first, the last, and of each stretch between the one that makes the largest
    /// triangle with the one kept before and the middle of the stretch after.
    int[] chosen(int points) {
        if (size <= points) {
            int[] all = new int[size];
            Arrays.setAll(all, i -> i);
            return all;
        }
        int[] chosen = new int[points];
        double stretch = (double) (size - 2) / (points - 2);
        for (int i = 1; i < points - 1; i++) {
            int from = (int) Math.floor((i - 1) * stretch) + 1;
            int to = (int) Math.floor(i * stretch) + 1;
            int end = Math.min((int) Math.floor((i + 1) * stretch) + 1, size);
            chosen[i] = largest(chosen[i - 1], from, to, Math.max(end, to + 1));
        }
        chosen[points - 1] = size - 1;
        return chosen;
    }

    private int largest(int before, int from, int to, int end) {
        double time = 0;
        double number = 0;
        for (int i = to; i < end; i++) {
            time += times[i] - times[before];
            number += numbers[i];
        }
        time /= end - to;
        number /= end - to;
        int best = from;
        double largest = -1;
        for (int i = from; i < to; i++) {
            double area = Math.abs(
                    time * (numbers[i] - numbers[before]) - (times[i] - times[before]) * (number - numbers[before]));
            if (area > largest) {
                largest = area;
                best = i;
            }
        }
        return best;
    }

    byte[] json(int points) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("@iot.count", size);
            json.writeArrayPropertyStart("value");
            for (int i : chosen(points)) {
                json.writeStartObject();
                json.writeNumberProperty("@iot.id", ids[i]);
                json.writeStringProperty(
                        "phenomenonTime",
                        Instant.EPOCH.plus(times[i], ChronoUnit.MICROS).toString());
                json.writeName("result");
                EntityJson.writeNumber(json, numbers[i]);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
