package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// School holidays: how they are read, and that what they do is learned at the place.
class SchoolHolidayTest {

    /// Made up, and at other times in each year.
    private static final List<SchoolHoliday> HOLIDAYS = read("""
        a; 2023-02-06; 2023-02-19
        b; 2023-04-10; 2023-04-23
        c; 2023-06-26; 2023-07-30
        d; 2023-10-09; 2023-10-22
        a; 2024-01-22; 2024-02-04
        b; 2024-03-25; 2024-04-07
        c; 2024-07-22; 2024-08-25
        d; 2024-10-14; 2024-10-27
        """);

    private static List<SchoolHoliday> read(String text) {
        return SchoolHoliday.read("holidays", text);
    }

    @Test
    void linesAreReadInAnyWayTheyAreWritten() {
        String expected = "Winterferien; 2026-02-16; 2026-02-21\nHerbst, lang; 2026-10-12; 2026-10-24";
        assertThat(SchoolHoliday.text(read(expected))).isEqualTo(expected);
        assertThat(SchoolHoliday.text(read("\ufeffName;von;bis\n"
                        + "\"Herbst, lang\";12.10.2026;24.10.2026\n\n"
                        + "Winterferien;16.2.2026;21.2.2026\n")))
                .isEqualTo(expected);
        assertThat(SchoolHoliday.text(read("from\tto\tname\n2026-02-16\t2026-02-21\tWinterferien")))
                .isEqualTo("Winterferien; 2026-02-16; 2026-02-21");
    }

    @Test
    void aCalendarSaysTheDayBehindTheLast() {
        assertThat(SchoolHoliday.text(read("""
            BEGIN:VCALENDAR\r
            VERSION:2.0\r
            BEGIN:VEVENT\r
            UID:1\r
            DTSTART;VALUE=DATE:20260216\r
            DTEND;VALUE=DATE:20260222\r
            SUMMARY:Winter\r
             ferien\\, alle\r
            END:VEVENT\r
            BEGIN:VEVENT\r
            DTSTART;VALUE=DATE:20260515\r
            SUMMARY:Brückentag\r
            END:VEVENT\r
            END:VCALENDAR\r
            """)))
                .isEqualTo("Winterferien, alle; 2026-02-16; 2026-02-21\nBrückentag; 2026-05-15; 2026-05-15");
    }

    @Test
    void theLineThatIsWrongIsNamed() {
        assertThatThrownBy(() -> read("a; 2026-02-16; 2026-02-21\nb; morgen; 2026-02-21"))
                .hasMessageStartingWith("Line 2: a name");
        assertThatThrownBy(() -> read("a; 2026-02-21; 2026-02-16")).hasMessageStartingWith("Line 1: the last day");
        assertThatThrownBy(() -> read("a; 2026-02-21; 2027-02-21")).hasMessageStartingWith("Line 1: the last day");
        assertThatThrownBy(() -> read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT"))
                .hasMessageContaining("the first and the last day are wanted");
    }

    /// @param factor by which they change the hours from ten to six
    private static HourlySeries street(long seed, double factor) {
        var street = new FootfallScenario("2023-01-01", "2024-11-30", seed);
        HOLIDAYS.stream()
                .flatMap(SchoolHoliday::days)
                .forEach(day -> street.change(day.toString(), 10, 8, count -> Math.rint(factor * count)));
        return street.series();
    }

    /// Of the last holidays and the week behind them.
    private static double wape(HourlySeries street, Occasions occasions) {
        var result = new ForecastTrial.Result();
        var question = new ForecastTrial.Question(LocalDate.parse("2024-10-14"), LocalDate.parse("2024-11-03"), 1, 28);
        new ForecastTrial(street, Weather.NONE, occasions, question, List.of(result)).run();
        return result.forecast().wape();
    }

    @Test
    void whatHolidaysDoIsLearnedAtThePlaceAndNotAssumed() {
        Set<LocalDate> school = HOLIDAYS.stream().flatMap(SchoolHoliday::days).collect(Collectors.toSet());
        var told = new Occasions(Map.of(), school);
        HourlySeries park = street(21, 1.7);
        double without = wape(park, new Occasions());
        double with = wape(park, told);
        assertThat(with).as("where they matter: %.3f without", without).isLessThan(0.93 * without);
        HourlySeries office = street(22, 1);
        assertThat(wape(office, told)).as("where they do not").isLessThan(1.03 * wape(office, new Occasions()));
    }

    @Test
    void aForecastNeverUsesWhatCameLater() {
        Set<LocalDate> school = HOLIDAYS.stream().flatMap(SchoolHoliday::days).collect(Collectors.toSet());
        HourlySeries park = street(23, 1.7);
        int origin = park.hours().dayOf(LocalDate.parse("2024-10-14"));
        List<Forecast> asKnown = forecast(park.knownAt(park.hours().dayStart(origin)), school, origin);
        assertThat(forecast(park, school, origin)).isEqualTo(asKnown).hasSize(24);
    }

    private static List<Forecast> forecast(HourlySeries series, Set<LocalDate> school, int origin) {
        var forecaster = new Forecaster(Weather.NONE, new Occasions(Map.of(), school), 1);
        forecaster.learn(series, origin);
        return forecaster.forecast(series, origin);
    }
}
