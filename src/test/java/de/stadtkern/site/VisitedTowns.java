package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.sensors.MeasuredTown;
import java.time.Instant;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/// The towns in which browsers look at the pages for everybody: one that measures, one in which nothing is yet, one
/// that
/// says who it is, one to which values come, and a demonstration.
final class VisitedTowns {

    static final String DATASTREAM = "/datastreams/1-passanten-je-stunde";
    static final String COMPARED = DATASTREAM + "?with=2&with=3";
    private static final String ORIGIN = """
        {
          "attribution": "Stadt Zürich",
          "licence": "https://creativecommons.org/licenses/by/4.0/",
          "source": "https://data.stadt-zuerich.ch/dataset/hystreet_fussgaengerfrequenzen"
        }
        """;

    final TestTown measured;
    final TestTown empty;
    final TestTown written;
    final TestTown growing;
    final TestTown demo;
    final MeasuredTown boats;
    final MeasuredTown ducks;

    VisitedTowns(ApplicationContext context, int port) {
        Cities cities = context.getBean(Cities.class);
        Instant now = Instant.now();
        measured = TestTown.create(cities, port);
        new MeasuredTown(context, measured)
                .point("Bahnhofstraße", "Zwischen Bahnhof und Löbdergraben", ORIGIN)
                .at(11.5872, 50.9253)
                .counts("Passanten je Stunde", "Personen")
                .hours(now, 300)
                .measures("Lufttemperatur", "Grad Celsius", "°C", "", "{}")
                .levels(now, 300)
                .point("Hafenstraße")
                .counts("Fahrräder je Stunde", "Fahrräder")
                .hours(Instant.parse("2024-03-05T13:00:00Z"), 200)
                .point("Marktplatz")
                .simulates("Passanten je Viertelstunde", "Personen")
                .hours(now, 60)
                .point("Saaleufer")
                .measures("Pegel", "Meter", "m", "mean", "{}")
                .point("Leerer Mast");
        measureWind();
        written = TestTown.of(
                cities.create(NewCity.named("anschrift-" + Long.toString(System.nanoTime(), 36), "Anschrift")
                        .withLegal(Map.of("mail", "post@anschrift.example"))),
                port);
        empty = TestTown.create(cities, port);
        growing = TestTown.create(cities, port);
        boats = new MeasuredTown(context, growing).point("Saale").counts("Boote", "Boote");
        ducks = new MeasuredTown(context, growing).point("Leutra").counts("Enten", "Enten");
        demo = TestTown.of(
                cities.create(NewCity.named("vorfuehrung-" + Long.toString(System.nanoTime(), 36), "Jena (Demo)")
                        .asDemo()),
                port);
    }

    /// Several values at once, at a place to which the mast has moved.
    private void measureWind() {
        String measurement = "\"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement\"";
        assertThat(measured.post("/sta/v1.1/Things", """
            {"name": "Windmast", "description": "Auf dem Dach der Feuerwache",
             "Locations": [{"name": "Feuerwache", "description": "", "encodingType": "application/geo+json",
               "location": {"type": "Point", "coordinates": [11.57, 50.92]}}],
             "MultiDatastreams": [{"name": "Wind", "description": "", "multiObservationDataTypes": [%s, %s],
               "unitOfMeasurements": [{"name": "m/s", "symbol": "m/s", "definition": "x"}, {"name": "Grad", "symbol": "°", "definition": "x"}],
               "Sensor": {"name": "Mast", "description": "", "encodingType": "text/plain", "metadata": ""},
               "ObservedProperties": [{"name": "Tempo", "definition": "x", "description": ""}, {"name": "Richtung", "definition": "y", "description": ""}],
               "Observations": [{"phenomenonTime": "2026-03-01T10:00:00Z", "result": [4, 250]}]}]}
            """.formatted(measurement, measurement))
                        .statusCode())
                .isEqualTo(201);
        assertThat(measured.post("/sta/v1.1/Things(6)/Locations", """
            {"name": "Rathausturm", "description": "", "encodingType": "application/geo+json",
             "location": {"type": "Point", "coordinates": [11.58, 50.93]}}
            """).statusCode())
                .isEqualTo(201);
    }
}
