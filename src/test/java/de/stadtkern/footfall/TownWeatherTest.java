package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Rights;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The weather a town chose, where people see it.
@StadtkernTest
class TownWeatherTest {

    private static final Instant MAY = Instant.parse("2026-05-03T22:00:00Z");
    private static final String DAY = "/footfall/markt?day=2026-05-05";
    private static final String SOURCE = "Quelle: Deutscher Wetterdienst, CC BY 4.0.";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown town;
    private WeatherStation station;

    /// Counts and weather from 4 to 10 May: 12 degrees, and half a millimetre in each of the hours from 10 to 13.
    @BeforeEach
    void aTownThatCounts() {
        town = new CountingTown(context, TestTown.create(cities, port));
        town.hours(MAY.toString(), 7 * 24, 10);
        town.register("markt");
        town.keep();
        station = new WeatherStation(town);
        station.observes(MAY, MAY.plus(7, ChronoUnit.DAYS), _ -> 12.3, TownWeatherTest::rain);
    }

    private static double rain(Instant hour) {
        int clock = hour.atZone(FootfallScenario.BERLIN).getHour();
        return clock >= 10 && clock < 13 ? 0.5 : 0;
    }

    private String body(String path) {
        return town.town.get(path).body();
    }

    private String firstLine(String path) {
        return body(path).lines().findFirst().orElseThrow();
    }

    @Test
    void withoutAChoiceNothingIsShown() {
        assertThat(body(DAY)).doesNotContain("Wetter", "°C", "Niederschlag");
        assertThat(firstLine("/footfall/markt/hours.csv"))
                .endsWith(",directions")
                .doesNotContain("temperature");
        assertThat(firstLine("/footfall/compare.csv?place=markt")).endsWith(",value_before");
        assertThat(town.editor.open(WeatherStation.PAGE).body()).doesNotContain("Wozu es dient");
    }

    @Test
    void aDaySaysItInWordsBelowItsDrawingInItsTableAndInFiles() {
        assertThat(station.choose()).isEqualTo("303 /counters/weather");
        String day = body(DAY);
        assertThat(day)
                .contains("Wetter an diesem Tag: 12 °C, 1,5 mm Niederschlag in 3 von 24 Stunden. " + SOURCE)
                .contains("<th scope=\"col\">Temperatur (°C)</th><th scope=\"col\">Niederschlag (mm)</th>")
                .contains("<td>12,3\u00a0°C</td><td>0,5\u00a0mm</td>")
                .contains("<span class=\"chart-beside\">°C</span>");
        assertThat(body("/embed" + DAY)).contains(SOURCE);
        String file = body("/footfall/markt/hours.csv?from=2026-05-05&to=2026-05-05");
        assertThat(file.lines().findFirst().orElseThrow()).endsWith(",directions,temperature,precipitation");
        assertThat(file.lines().filter(line -> line.endsWith(",12.3,0.5"))).hasSize(3);
        assertThat(file.lines().filter(line -> line.endsWith(",12.3,0"))).hasSize(21);
        assertThat(body("/footfall/markt/hours.json?from=2026-05-05&to=2026-05-05"))
                .contains("\"temperature\":12.3,\"precipitation\":0.5");
        assertThat(firstLine("/footfall/markt/hours.csv?as-of=2026-06-01T00:00:00Z"))
                .as("what was known of the weather then is not kept")
                .endsWith(",directions");
    }

    @Test
    void aForecastIsNeverReadAsWhatWasObserved() {
        station.choose();
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        station.forecasts(MAY.plus(7, ChronoUnit.DAYS), MAY.plus(8, ChronoUnit.DAYS), 25, 0)
                .forecasts(now, now.plus(2, ChronoUnit.DAYS), -3, 4);
        town.people.execute("""
            insert into footfall_profile (counter_id, hour, expected, low, high, wide_low, wide_high, made_at)
            values (1, '%s', 10, 8, 12, 6, 14, now())
            """.formatted(now));
        assertThat(body("/footfall/markt?day=2026-05-11"))
                .as("a day that was forecast and not observed")
                .doesNotContain("25 °C", "Wetter");
        String today = body(
                "/footfall/markt?day=" + now.atZone(FootfallScenario.BERLIN).toLocalDate());
        assertThat(today)
                .contains("Wettervorhersage für die übrigen Stunden des Tages: -3 °C")
                .contains("<td>-3\u00a0°C (Vorhersage)</td>");
    }

    @Test
    void comparisonAndMonthSayHowTheWeatherDiffered() {
        Instant before = MAY.minus(7, ChronoUnit.DAYS);
        town.hours(before.toString(), 7 * 24, 8);
        town.keep();
        station.observes(before, MAY, _ -> 6.1, _ -> 0.25).choose();
        String question = "?place=markt&from=2026-05-04&to=2026-05-10&with=previous";
        assertThat(body("/footfall/compare" + question))
                .contains("im Mittel 12,3 °C, an den Tagen davor 6,1 °C")
                .contains("9 mm Niederschlag, davor 36 mm; Tage mit mindestens 1 mm: 6, davor 6")
                .contains("Es war wärmer und trockener als davor. " + SOURCE);
        assertThat(body("/footfall/compare.csv" + question))
                .contains("temperature,precipitation,temperature_before,precipitation_before")
                .contains(",12.3,1.5,6.1,6");
        assertThat(body("/footfall/month?month=2026-05&place=markt"))
                .as("of a month of which a week is known nothing is said")
                .doesNotContain("Wetter");
        station.observes(Instant.parse("2026-04-30T22:00:00Z"), Instant.parse("2026-05-31T22:00:00Z"), _ -> 9, _ -> 0);
        assertThat(body("/footfall/month?month=2026-05&place=markt"))
                .contains("Wetter, aus Stundenwerten gerechnet: im Mittel 9 °C; 0 mm Niederschlag");
    }

    @Test
    void whoMayNotReadItDoesNotSeeIt() {
        station.choose();
        town.town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(DataSets.class)
                        .create(new DataSet.Wish(
                                "Wetter",
                                "",
                                DataSet.Openness.PROTECTED,
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(station.temperature, station.precipitation)))));
        assertThat(body(DAY)).doesNotContain("Wetter", "°C");
        assertThat(firstLine("/footfall/markt/hours.csv")).endsWith(",directions,temperature,precipitation");
        assertThat(body("/footfall/markt/hours.csv?from=2026-05-05&to=2026-05-05"))
                .doesNotContain("12.3");
    }

    @Test
    void whatDoesNotFitIsRefusedAtItsField() {
        assertThat(refused(station.precipitation, 0, 0, 0)).contains("Diese Messreihe passt hier nicht");
        assertThat(refused(town.datastream, 0, 0, 0)).contains("Diese Messreihe passt hier nicht");
        assertThat(refused(station.temperature, 0, station.temperature, 0))
                .contains("Beobachtung und Vorhersage sind zwei verschiedene Messreihen");
        assertThat(refused(0, 0, station.forecastTemperature, 0)).contains("auch, was beobachtet wurde");
        assertThat(town.text("select count(*)::text from footfall_weather")).isEqualTo("0");
    }

    private String refused(long warm, long wet, long warmAhead, long wetAhead) {
        return town.editor
                .fill(
                        WeatherStation.PAGE,
                        WeatherStation.PAGE,
                        "temperature",
                        warm == 0 ? "" : String.valueOf(warm),
                        "precipitation",
                        wet == 0 ? "" : String.valueOf(wet),
                        "forecast-temperature",
                        warmAhead == 0 ? "" : String.valueOf(warmAhead),
                        "forecast-precipitation",
                        wetAhead == 0 ? "" : String.valueOf(wetAhead))
                .body();
    }

    @Test
    void theChoiceCanBeTakenBackAndSwitchedOffAndCountersAreLearnedAnew() {
        station.choose();
        assertThat(town.text("select string_agg(role, ' ' order by role) from footfall_weather"))
                .isEqualTo("forecast-precipitation forecast-temperature precipitation temperature");
        assertThat(town.text("select (learn_at <= now())::text from footfall_counter"))
                .isEqualTo("true");
        assertThat(town.editor.open(WeatherStation.PAGE).body())
                .contains("12,3\u00a0°C", "noch nichts", "erst 0 %", "Quelle: Deutscher Wetterdienst, CC BY 4.0");
        String change = town.text("select max(id)::text from change where kind = 'footfall-weather'");
        town.editor.fill(WeatherStation.PAGE, "/changes/%s/undo".formatted(change));
        assertThat(town.text("select count(*)::text from footfall_weather")).isEqualTo("0");
        station.choose();
        station.choose(0, 0, 0, 0);
        assertThat(body(DAY)).doesNotContain("Wetter");
    }
}
