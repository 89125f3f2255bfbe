package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ProcessScenario;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// An archive of an installation with the embedded PostgreSQL 18 is read by another installation on another server:
/// where `bin/check` runs this on PostgreSQL 15, also from embedded to real and over major versions.
@StadtkernTest
class ArchiveElsewhereTest {

    private static final Set<String> WORKED_ON = Set.of("dirty_log", "footfall_mark");

    @Autowired
    Backups backups;

    @Autowired
    InstallationDataSource installation;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void aTownMovesFromTheEmbeddedPostgresToAnotherServer() throws Exception {
        Path archive = folder.resolve("umzug.zip");
        Map<String, String> there;
        try (var elsewhere = new ProcessScenario(folder.resolve("data"), "--stadtkern.demo=false")) {
            elsewhere.start();
            fill(elsewhere);
            try (Connection connection = elsewhere.database()) {
                FullTown.fill(
                        JdbcClient.create(new SingleConnectionDataSource(connection, true)), connection.getSchema());
            }
            assertThat(elsewhere.command("backup", archive.toString())).contains("umzug.zip");
            try (Connection connection = elsewhere.database()) {
                var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                there = TableSums.of(jdbc, connection.getSchema());
            }
        }
        City here = backups.restore(archive, new Backups.Wish(null, slug(), null), text -> {})
                .getFirst()
                .city();
        Map<String, String> restored = TableSums.of(installation.jdbc(), here.schema());
        for (Map<String, String> tables : List.of(there, restored)) {
            // Both towns work on meanwhile: what is behind is summarised, and what is marked or due is looked at.
            tables.keySet().removeIf(table -> table.startsWith("rollup_") || WORKED_ON.contains(table));
        }
        assertThat(restored).isEqualTo(there).hasSizeGreaterThan(50);
        assertThat(FullTown.empty(restored)).isEmpty();
        TestTown town = TestTown.of(here, port);
        assertThat(town.get("/sta/v1.1/Observations?$count=true&$top=0").body()).contains("\"@iot.count\":300");
        assertThat(town.post("/sta/v1.1/Datastreams(1)/Observations", "{\"result\": 1}")
                        .statusCode())
                .isEqualTo(201);
    }

    private static void fill(ProcessScenario elsewhere) throws IOException {
        assertThat(elsewhere.post("/sta/v1.1/Things", """
            {"name": "Mast", "description": "äöü €", "properties": {"a": [1.10, null, "\\"x\\""]}, "Locations": [{"name": "Hof", "description": "",
              "encodingType": "application/geo+json", "location": {"type": "Point", "coordinates": [11.5, 50.9]}}],
             "Datastreams": [{"name": "Lärm", "description": "", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
              "unitOfMeasurement": {"name": null, "symbol": null, "definition": null},
              "Sensor": {"name": "Kopf", "description": "", "encodingType": "text/plain", "metadata": ""},
              "ObservedProperty": {"name": "Lärm", "description": "", "definition": "https://example.org/noise"}}]}
            """).statusCode()).isEqualTo(201);
        var rows = new StringBuilder();
        for (int row = 0; row < 300; row++) {
            rows.append(row == 0 ? "" : ",")
                    .append("[\"20%02d-03-01T10:00:%02dZ\", %s]"
                            .formatted(20 + row % 7, row % 60, row % 10 == 0 ? "\"laut\\n\"" : row / 7.0));
        }
        assertThat(elsewhere
                        .post("/sta/v1.1/CreateObservations", """
                            [{"Datastream": {"@iot.id": 1}, "components": ["phenomenonTime", "result"], "dataArray": [%s]}]
                            """.formatted(rows))
                        .statusCode())
                .isEqualTo(201);
    }

    private static String slug() {
        return "umzug-" + Long.toString(System.nanoTime(), 36);
    }
}
