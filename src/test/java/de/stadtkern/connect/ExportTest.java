package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationReader;
import de.stadtkern.sensorthings.ObservationWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class ExportTest {

    private static final Instant TEN = Instant.parse("2024-05-01T10:00:00Z");

    @Autowired
    Cities cities;

    @Autowired
    Imports imports;

    @Autowired
    Exports exports;

    @Autowired
    MeasuringPoints points;

    @Autowired
    ObservationReader reader;

    @Autowired
    ObservationWriter writer;

    @LocalServerPort
    int port;

    private TestTown town;
    private ImportScenario scenario;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
        scenario = new ImportScenario(town, imports, points, reader);
    }

    @Test
    void whatIsExportedAndImportedElsewhereGivesTheSameRows() {
        scenario.importLines("A;2024-05-01T10:00;1");
        fillWithEverythingARowCanHold(
                scenario.points().getFirst().series().getFirst().datastreamId());
        String csv = export(Exports.Format.CSV, null, null);
        String mapping = town.in(() -> exports.mapping(thing()));

        var elsewhere = new ImportScenario(TestTown.create(cities, port), imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("8 written, 0 there, 0 missing, 0 refused");
        assertThat(elsewhere.rows()).isEqualTo(scenario.rows());
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("0 written, 8 there, 0 missing, 0 refused");
        assertThat(scenario.importFile(mapping, csv)).isEqualTo("0 written, 8 there, 0 missing, 0 refused");
    }

    @Test
    void whatTheApiMadeIsFoundAgainByItsExportHereAndMadeOnceElsewhere() {
        create("/Things", """
            {"name": "Mast", "description": "am Rathaus", "Datastreams": [%s, %s]}
            """.formatted(series("Reihe", "OM_CategoryObservation"), series("Reihe", "OM_Measurement")));
        create("/Datastreams(1)/Observations", "{\"phenomenonTime\": \"2024-05-01T10:00:00Z\", \"result\": \"rot\"}");
        create("/Datastreams(2)/Observations", "{\"phenomenonTime\": \"2024-05-01T10:00:00Z\", \"result\": 2}");
        String csv = export(Exports.Format.CSV, null, null);
        String mapping = town.in(() -> exports.mapping(thing()));
        town.patch("/sta/v1.1/Things(1)", "{\"name\": \"Mast am Markt\"}");
        assertThat(scenario.importFile(mapping, csv)).isEqualTo("0 written, 2 there, 0 missing, 0 refused");
        assertThat(scenario.datastreams()).isEqualTo("Mast am Markt, Reihe: 1\nMast am Markt, Reihe: 1");

        TestTown other = TestTown.create(cities, port);
        var elsewhere = new ImportScenario(other, imports, points, reader);
        // Here somebody else has the same numbers.
        new ImportScenario(other, imports, points, reader).importLines("A;2024-05-01T10:00;1");
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("2 written, 0 there, 0 missing, 0 refused");
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("0 written, 2 there, 0 missing, 0 refused");
        assertThat(elsewhere.datastreams()).isEqualTo("Mast, Reihe: 1\nMast, Reihe: 1\nZählstelle A, Anzahl: 1");
        assertThat(other.get("/sta/v1.1/Datastreams(2)/observationType/$value").body())
                .endsWith("/OM_CategoryObservation");
    }

    private static String series(String name, String type) {
        return """
            {"name": "%s", "description": "", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/%s",
             "unitOfMeasurement": {"name": null, "symbol": null, "definition": null},
             "Sensor": {"name": "Kopf", "description": "", "encodingType": "text/plain", "metadata": ""},
             "ObservedProperty": {"name": "Ampel", "description": "", "definition": "https://example.org/ampel"}}
            """.formatted(name, type);
    }

    private void create(String path, String json) {
        assertThat(town.post("/sta/v1.1" + path, json).statusCode()).isEqualTo(201);
    }

    @Test
    void aMultiDatastreamKeepsItsUnitsItsPropertiesAndItsArrays() {
        create("/Things", """
            {"name": "Mast", "description": "", "MultiDatastreams": [{"name": "Wind", "description": "",
             "multiObservationDataTypes": ["http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
               "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_CountObservation"],
             "unitOfMeasurements": [{"name": "m/s", "symbol": "m/s", "definition": "a"}, {"name": "Grad", "symbol": "°", "definition": ""}],
             "Sensor": {"name": "Kopf", "description": "", "encodingType": "text/plain", "metadata": ""},
             "ObservedProperties": [{"name": "Wind", "description": "", "definition": "https://example.org/wind"},
               {"name": "Wind", "description": "", "definition": "https://example.org/wind"}]}]}
            """);
        create("/MultiDatastreams(1)/Observations", """
            {"phenomenonTime": "2024-05-01T10:00:00Z/2024-05-01T11:00:00Z", "result": [1.5, 270], "parameters": {"a": 1}}
            """);
        create("/MultiDatastreams(1)/Observations", """
            {"phenomenonTime": "2024-05-01T11:00:00Z", "result": [null, 90]}
            """);
        String csv = town.get("/api/v1/datastreams/1/observations.csv").body();
        String mapping = town.get("/api/v1/datastreams/1/mapping.yaml").body();
        assertThat(csv).contains(",\"[1.5, 270]\",").contains(",\"[null, 90]\",");
        assertThat(town.get("/api/v1/things/1/observations.json").body())
                .contains("\"units\":[\"m/s\",\"Grad\"],\"observedProperties\":[\"Wind\",\"Wind\"]");
        assertThat(scenario.importFile(mapping, csv)).isEqualTo("0 written, 2 there, 0 missing, 0 refused");

        TestTown other = TestTown.create(cities, port);
        var elsewhere = new ImportScenario(other, imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("2 written, 0 there, 0 missing, 0 refused");
        String same =
                "/sta/v1.1/MultiDatastreams?$select=name,unitOfMeasurements,multiObservationDataTypes,observationType"
                        + "&$expand=Observations($select=phenomenonTime,result,parameters;$orderby=phenomenonTime),"
                        + "ObservedProperties($select=name),Sensor($select=name),Thing($select=name)";
        assertThat(withoutLinks(other, same)).isEqualTo(withoutLinks(town, same));
        assertThat(elsewhere.importFile(mapping, csv.replace("[null, 90]", "[90]")))
                .isEqualTo("0 written, 1 there, 0 missing, 1 refused");
    }

    @Test
    void whatWasObservedElsewhereTakesItsPlaceAlong() {
        create("/Things", """
            {"name": "Bus", "description": "Linie 10", "Locations": [{"name": "Hof", "description": "", "encodingType": "application/geo+json",
             "location": {"type": "Point", "coordinates": [11.5, 50.9]}}], "Datastreams": [%s]}
            """.formatted(series("Lärm", "OM_Measurement")));
        observe("2024-05-01T10:00:00Z", 1, "");
        observe("2024-05-01T11:00:00Z", 2, ", \"FeatureOfInterest\": " + SQUARE);
        observe("2024-05-01T12:00:00Z", 3, ", \"FeatureOfInterest\": " + SQUARE);
        create("/Things(1)/Locations", """
            {"name": "Hof 2", "description": "", "encodingType": "application/geo+json", "location": {"type": "Point", "coordinates": [11.6, 50.9]}}
            """);
        observe("2024-05-01T13:00:00Z", 4, "");
        String csv = town.get("/api/v1/datastreams/1/observations.csv").body();
        String mapping = town.get("/api/v1/datastreams/1/mapping.yaml").body();
        assertThat(csv.lines().filter(line -> line.contains("encodingType")))
                .as("the one of the yard before, and the two of the square")
                .hasSize(3);
        assertThat(town.get("/api/v1/datastreams/1/observations.json").body())
                .contains("\"result\":2,\"FeatureOfInterest\":{\"name\": \"Platz\"");
        String features = town.get("/sta/v1.1/FeaturesOfInterest?$select=id").body();
        assertThat(scenario.importFile(mapping, csv)).isEqualTo("0 written, 4 there, 0 missing, 0 refused");
        assertThat(town.get("/sta/v1.1/FeaturesOfInterest?$select=id").body()).isEqualTo(features);

        TestTown other = TestTown.create(cities, port);
        var elsewhere = new ImportScenario(other, imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("4 written, 0 there, 0 missing, 0 refused");
        String same = "/sta/v1.1/Observations?$select=phenomenonTime,result&$orderby=phenomenonTime"
                + "&$expand=FeatureOfInterest($select=name,description,feature,properties)";
        assertThat(withoutLinks(other, same)).isEqualTo(withoutLinks(town, same));
        assertThat(other.get("/sta/v1.1/FeaturesOfInterest?$count=true&$top=0").body())
                .as("one for each yard, one for the square")
                .contains("\"@iot.count\":3");
        String wrong = csv.replace("\"\"encodingType\"\"", "\"\"coding\"\"");
        assertThat(elsewhere.importFile(mapping, wrong)).isEqualTo("0 written, 1 there, 0 missing, 3 refused");
    }

    @Test
    void whatWasObservedBeforeItsThingHadAPlaceHasNoneElsewhereEither() {
        create("/Things", """
            {"name": "Mast", "description": "", "Datastreams": [%s]}
            """.formatted(series("Lärm", "OM_Measurement")));
        observe("2024-05-01T10:00:00Z", 1, "");
        create("/Things(1)/Locations", """
            {"name": "Hof", "description": "hinten", "encodingType": "application/geo+json", "properties": {"belag": "Stein", "nr": 1.50},
             "location": {"type": "Polygon", "coordinates": [[[11.5, 50.9], [11.6, 50.9], [11.6, 51], [11.5, 50.9]]]}}
            """);
        observe("2024-05-01T11:00:00Z", 2, "");
        String csv = town.get("/api/v1/datastreams/1/observations.csv").body();
        String mapping = town.get("/api/v1/datastreams/1/mapping.yaml").body();
        assertThat(csv.lines().skip(1).map(line -> line.substring(line.indexOf("Z,"))))
                .containsExactly("Z,,,1,,,,,null", "Z,,,2,,,,,");
        assertThat(town.get("/api/v1/datastreams/1/observations.json").body())
                .contains("\"result\":1,\"FeatureOfInterest\":null}")
                .endsWith("\"result\":2}]}]}");

        TestTown other = TestTown.create(cities, port);
        var elsewhere = new ImportScenario(other, imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("2 written, 0 there, 0 missing, 0 refused");
        assertThat(elsewhere.importFile(mapping + "duplicates: replace\n", csv)).endsWith("0 refused");
        String observations = "/sta/v1.1/Observations?$select=phenomenonTime,result&$orderby=phenomenonTime"
                + "&$expand=FeatureOfInterest($select=name,description,encodingType,feature,properties)";
        assertThat(withoutLinks(other, observations)).isEqualTo(withoutLinks(town, observations));
        String places =
                "/sta/v1.1/Things?$select=name&$expand=Locations($select=name,description,encodingType,location,properties)";
        assertThat(withoutLinks(other, places)).isEqualTo(withoutLinks(town, places));
    }

    @Test
    void aResultOfMegabytesTravelsToo() {
        scenario.importLines("A;2024-05-01T10:00;1");
        long datastream = thing().datastreamIds().getFirst();
        List<NewObservation> values = new ArrayList<>();
        for (int value = 1; value < 300; value++) {
            String text = "\"%s\"".formatted("\\\"ü".repeat(value == 150 ? 2_000_000 : 10_000));
            values.add(new NewObservation(datastream, TEN.plusSeconds(value), null, null, 0, text, null));
        }
        town.in(() -> writer.write(values, Duplicates.INSERT));
        String csv = export(Exports.Format.CSV, null, null);
        String mapping = town.in(() -> exports.mapping(thing()));

        var elsewhere = new ImportScenario(TestTown.create(cities, port), imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("300 written, 0 there, 0 missing, 0 refused");
        assertThat(elsewhere.rows().equals(scenario.rows())).isTrue();
    }

    private static final String SQUARE = """
        {"name": "Platz", "description": "", "encodingType": "application/geo+json", "properties": {"belag": "Stein"},
         "feature": {"type": "Polygon", "coordinates": [[[11.5, 50.9], [11.6, 50.9], [11.6, 51], [11.5, 50.9]]]}}\
        """;

    private void observe(String time, int result, String more) {
        create(
                "/Datastreams(1)/Observations",
                "{\"phenomenonTime\": \"%s\", \"result\": %d%s}".formatted(time, result, more));
    }

    @Test
    void valuesOfTheSameTimeStayAsManyAsTheyAre() {
        scenario.importLines("A;2024-05-01T10:00;1", "A;2024-05-01T11:00;2");
        long datastream = thing().datastreamIds().getFirst();
        String once = town.in(() -> exports.mapping(thing()));
        town.in(() -> writer.write(List.of(NewObservation.of(datastream, TEN, 7)), Duplicates.INSERT));
        String csv = export(Exports.Format.CSV, null, null);
        String mapping = town.in(() -> exports.mapping(thing()));
        assertThat(mapping).isEqualTo(once + "duplicates: \"insert\"\n");

        var elsewhere = new ImportScenario(TestTown.create(cities, port), imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("3 written, 0 there, 0 missing, 0 refused");
        assertThat(elsewhere.rows()).isEqualTo(scenario.rows());
    }

    private static String withoutLinks(TestTown town, String path) {
        var answer = town.get(path.replace(" ", "%20"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().replaceAll("\"[^\"]*@iot[^\"]*\":(\"[^\"]*\"|\\d+),?", "");
    }

    private void fillWithEverythingARowCanHold(long datastream) {
        Instant end = TEN.plusSeconds(3_600);
        List<NewObservation> values = new ArrayList<>();
        var details = new NewObservation.Details(
                null, TEN, end, "{\"status\": \"; \\\"x\\\"\"}", "{\"a\": [1, null, \"ü\"]}");
        values.add(new NewObservation(datastream, TEN.plusNanos(123_456_000), end, end, 0.1, null, details));
        List<String> results =
                List.of("\"12\"", "null", "[1, 2.5]", "{\"b\": \"\"}", "90071992547409931", "\"a\\nb;c\"");
        for (String json : results) {
            values.add(new NewObservation(datastream, TEN.plusSeconds(values.size()), null, null, 0, json, null));
        }
        town.in(() -> writer.write(values, Duplicates.INSERT));
    }

    @Test
    void aThingWithACoastlineComesBackWithEveryCorner() {
        String corners = IntStream.range(0, 60_000)
                .mapToObj(corner -> "[%d.123456, 50.%05d]".formatted(corner % 20, corner))
                .collect(Collectors.joining(", "));
        create("/Things", """
            {"name": "Fähre", "description": "", "Datastreams": [%s], "Locations": [{"name": "Küste", "description": "",
             "encodingType": "application/geo+json", "location": {"type": "LineString", "coordinates": [%s]}}]}
            """.formatted(series("Reihe", "OM_Measurement"), corners));
        create("/Datastreams(1)/Observations", "{\"phenomenonTime\": \"2024-05-01T10:00:00Z\", \"result\": 2}");
        String csv = town.get("/api/v1/things/1/observations.csv").body();
        String mapping = town.get("/api/v1/things/1/mapping.yaml").body();
        assertThat(mapping.length()).isGreaterThan(1 << 20);

        TestTown other = TestTown.create(cities, port);
        var elsewhere = new ImportScenario(other, imports, points, reader);
        assertThat(elsewhere.importFile(mapping, csv)).isEqualTo("1 written, 0 there, 0 missing, 0 refused");
        String location = "/sta/v1.1/Things(1)/Locations?$select=name,location";
        assertThat(other.get(location).body()).isEqualTo(town.get(location).body());
    }

    @Test
    void aBorderInTimeBelongsToTheExportIfItIsTheFirst() {
        scenario.importLines("A;2024-05-01T10:00;1", "A;2024-05-01T11:00;2", "A;2024-05-01T12:00;3");
        assertThat(export(Exports.Format.CSV, TEN, TEN.plusSeconds(7_200))).isEqualTo("""
            datastream,phenomenonTime,phenomenonTimeEnd,resultTime,result,resultQuality,validTime,validTimeEnd,parameters,featureOfInterest
            Anzahl,2024-05-01T10:00:00Z,,,1,,,,,
            Anzahl,2024-05-01T11:00:00Z,,,2,,,,,
            """);
    }

    @Test
    void jsonUsesTheWordsOfSensorThings() {
        scenario.importLines("A;2024-05-01T10:00;1.5");
        long thing = thing().thingId();
        long datastream = thing().datastreamIds().getFirst();
        assertThat(export(Exports.Format.JSON, null, null)).isEqualTo("""
            {"thing":%d,"name":"Zählstelle A","description":"","properties":{},"datastreams":[{"id":%d,"key":"Anzahl",\
            "name":"Anzahl","unit":"Personen","observedProperty":"Personen","properties":{},"observations":[\
            {"phenomenonTime":"2024-05-01T10:00:00Z","result":1.5}]}]}\
            """.formatted(thing, datastream));
    }

    @Test
    void manyRowsComeInPiecesWithoutGapOrRepetition() {
        List<NewObservation> values = new ArrayList<>();
        scenario.importLines("A;2023-05-01T10:00;1");
        long datastream = thing().datastreamIds().getFirst();
        for (int value = 0; value < 12_001; value++) {
            values.add(NewObservation.of(datastream, TEN.plusSeconds(value / 3), value));
        }
        town.in(() -> writer.write(values.subList(0, 7_000), Duplicates.INSERT));
        town.in(() -> writer.write(values.subList(7_000, 12_001), Duplicates.INSERT));
        List<Integer> read = new ArrayList<>();
        town.in(() -> {
            reader.read(
                    datastream,
                    TEN,
                    null,
                    row -> read.add((int) row.observation().number()));
            return 0;
        });
        assertThat(read).hasSize(12_001).doesNotHaveDuplicates();
    }

    private DescribedPoint thing() {
        long id = scenario.points().getFirst().thingId();
        return town.in(() -> exports.thing(id));
    }

    private String export(Exports.Format format, @Nullable Instant from, @Nullable Instant to) {
        var out = new ByteArrayOutputStream();
        town.in(() -> {
            try {
                return exports.write(thing(), new Exports.Period(from, to), format, out)
                        .count();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        return out.toString(StandardCharsets.UTF_8);
    }
}
