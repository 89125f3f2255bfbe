package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// The same sets in other forms. The tests only read, so they share one town.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultFormatTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeAll
    void twoDatastreams() {
        sta = new SensorThingsScenario(context, port);
        long markt = sta.datastream("Markt");
        long kirche = sta.datastream("Kirche");
        sta.observe(markt, "2025-06-01T10:00:00Z", "1");
        sta.observe(kirche, "2025-06-01T11:00:00Z", "2.5");
        sta.observe(markt, "2025-06-01T12:00:00Z/2025-06-01T13:00:00Z", "\"viel, \\\"sehr\\\" viel\"");
        sta.create(
                "/Locations",
                "{\"name\":\"Park\",\"description\":\"\",\"encodingType\":\"application/geo+json\",\"properties\":{\"trees\":7},"
                    + "\"location\":{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[11,50]}}}");
    }

    @Test
    @Requirement("data-array/data-array")
    void dataArraysGroupObservationsByDatastream() {
        JsonNode answer = sta.json("/Observations?$resultFormat=dataArray&$select=phenomenonTime,result&$count=true");
        assertThat(answer.get("@iot.count").asInt()).isEqualTo(3);
        JsonNode markt = answer.get("value").get(0);
        assertThat(markt.get("Datastream@iot.navigationLink").asString()).endsWith("/sta/v1.1/Datastreams(1)");
        assertThat(markt.get("components").toString()).isEqualTo("[\"phenomenonTime\",\"result\"]");
        assertThat(markt.get("dataArray@iot.count").asInt()).isEqualTo(2);
        assertThat(markt.get("dataArray").toString())
                .isEqualTo("[[\"2025-06-01T10:00:00Z\",1],[\"2025-06-01T12:00:00Z/2025-06-01T13:00:00Z\",\"viel,"
                        + " \\\"sehr\\\" viel\"]]");
        assertThat(answer.get("value").get(1).get("dataArray").toString())
                .isEqualTo("[[\"2025-06-01T11:00:00Z\",2.5]]");
        assertThat(sta.json("/Datastreams(1)/Observations?$resultFormat=dataArray&$top=1")
                        .get("@iot.nextLink")
                        .asString())
                .contains("$resultFormat=dataArray");
        assertThat(sta.get("/Datastreams(1)/Observations?$resultFormat=dataArray&$top=1")
                        .body())
                .contains(
                        "\"components\":[\"id\",\"phenomenonTime\",\"resultTime\",\"result\",\"resultQuality\",\"validTime\",\"parameters\"]");
    }

    @Test
    void csvHasALineForEachEntity() {
        HttpResponse<String> answer =
                sta.get("/Observations?$resultFormat=CSV&$select=phenomenonTime,result,resultTime");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.body()).isEqualTo("""
            phenomenonTime,result,resultTime\r
            2025-06-01T10:00:00Z,1,\r
            2025-06-01T11:00:00Z,2.5,\r
            2025-06-01T12:00:00Z/2025-06-01T13:00:00Z,"viel, ""sehr"" viel",\r
            """);
        assertThat(sta.get("/Things?$resultFormat=CSV&$select=name,properties/floor")
                        .body())
                .isEqualTo("name,properties/floor\r\nMarkt,5\r\nKirche,6\r\n");
    }

    @Test
    void geoJsonIsAFeatureCollectionForMaps() {
        HttpResponse<String> answer = sta.get("/Locations?$resultFormat=GeoJSON&$filter=name eq 'Park'&$count=true");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/geo+json;charset=UTF-8");
        assertThat(answer.body())
                .startsWith(
                        "{\"type\":\"FeatureCollection\",\"numberMatched\":1,\"features\":[{\"type\":\"Feature\",\"id\":3,"
                            + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[11,50]},\"properties\":{")
                .contains("\"name\":\"Park\"", "\"properties/trees\":7");
        assertThat(sta.json("/Datastreams?$resultFormat=GeoJSON")
                        .get("features")
                        .get(0)
                        .get("geometry")
                        .get("type")
                        .asString())
                .isEqualTo("Point");
    }

    @Test
    void tablesShowWhatARelationToOneLeadsToInColumns() {
        assertThat(sta.get("/Datastreams?$resultFormat=CSV&$select=name&$expand=Thing($select=name,properties/floor),"
                                + "LatestObservation($select=result)")
                        .body())
                .isEqualTo("""
                    name,Thing/name,Thing/properties/floor,LatestObservation/result\r
                    Reihe Markt,Markt,5,"viel, ""sehr"" viel"\r
                    Reihe Kirche,Kirche,6,2.5\r
                    """);
        assertThat(sta.get(
                                "/Observations?$resultFormat=CSV&$select=result&$orderby=result desc&$top=1"
                                    + "&$expand=Datastream($select=unitOfMeasurement/symbol;$expand=Thing($select=@iot.id))")
                        .body())
                .isEqualTo("result,Datastream/unitOfMeasurement/symbol,Datastream/Thing/@iot.id\r\n2.5,1,2\r\n");
        JsonNode group = sta.json(
                        "/Observations?$resultFormat=dataArray&$select=result&$expand=FeatureOfInterest($select=name)")
                .get("value")
                .get(0);
        assertThat(group.get("components").toString()).isEqualTo("[\"result\",\"FeatureOfInterest/name\"]");
        assertThat(group.get("dataArray").get(0).toString()).isEqualTo("[1,\"Ort Markt\"]");
    }

    @Test
    void aMapShowsWhatALocationIsExpandedFor() {
        JsonNode features = sta.json("/Things?$resultFormat=GeoJSON&$expand=Locations($select=name,location)")
                .get("features");
        assertThat(features).hasSize(2);
        assertThat(features.get(0).get("geometry").toString())
                .isEqualTo("{\"type\":\"Point\",\"coordinates\":[11.58,50.92]}");
        assertThat(features.get(0).get("properties").get("Locations/name").asString())
                .isEqualTo("Ort Markt");
    }

    @Test
    void metadataCanBeLeftOut() {
        assertThat(sta.json("/Things(1)?$resultMetadata=minimal").propertyNames())
                .containsExactly("@iot.id", "name", "description", "properties");
        assertThat(sta.json("/Things?$resultMetadata=none&$expand=Datastreams&$top=1")
                        .toString())
                .doesNotContain("@iot.id", "selfLink", "navigationLink");
    }

    @Test
    void whatIsNoFormatIsRefused() {
        assertThat(sta.outcome("/Things?$resultFormat=XML")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$resultFormat=GeoJSON")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$resultFormat=CSV&$expand=Locations")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Datastreams?$resultFormat=CSV&$expand=Thing($expand=Locations)"))
                .isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$resultMetadata=much")).isEqualTo("400 option-invalid");
    }
}
