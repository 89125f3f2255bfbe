package de.stadtkern.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/// A town made for one measurement: the same inserts as in the full one, beginning at no rows.
final class EmptyTown {

    private EmptyTown() {}

    static double arraysPerSecond(BenchServer server, int number, Duration duration)
            throws IOException, InterruptedException, ExecutionException {
        String slug = "leer-" + number + "-" + Long.toString(System.nanoTime(), 36);
        server.command("town", "add", slug, "Leer " + number);
        String host = slug + ".localhost";
        int[] ids = new int[4];
        for (int i = 0; i < 4; i++) {
            ids[i] = i + 1;
            Load.once(Load.withHost(Load.post("/sta/v1.1/Things", thing(i)), host));
        }
        return 1_000
                * Load.perSecond(4, duration, connection -> new byte[][] {Load.withHost(array(ids[connection]), host)});
    }

    private static String thing(int i) {
        return """
            {"name": "Zähler %d", "description": "z", "Locations": [{"name": "o", "description": "o", "encodingType": "application/geo+json",
              "location": {"type": "Point", "coordinates": [11.5, 50.9]}}],
             "Datastreams": [{"name": "D", "description": "d", "observationType": "o", "unitOfMeasurement": {"name": "Personen", "symbol": "1", "definition": "1"},
              "Sensor": {"name": "S", "description": "s", "encodingType": "text/plain", "metadata": "m"},
              "ObservedProperty": {"name": "P", "definition": "p", "description": "p"}}]}
            """.formatted(i);
    }

    private static byte[] array(int datastream) {
        StringBuilder rows = new StringBuilder();
        Instant time = Instant.parse("2026-03-01T00:00:00Z");
        for (int row = 0; row < 1_000; row++) {
            rows.append(row == 0 ? "" : ",")
                    .append("[\"")
                    .append(time.plusSeconds(row))
                    .append("\",")
                    .append(row)
                    .append(']');
        }
        return Load.post(
                "/sta/v1.1/CreateObservations",
                "[{\"Datastream\": {\"@iot.id\": %d}, \"components\": [\"phenomenonTime\", \"result\"], \"dataArray@iot.count\": 1000, \"dataArray\": [%s]}]"
                        .formatted(datastream, rows));
    }
}
