package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.knowledge.Hours.Day;
import de.stadtkern.knowledge.Hours.Span;
import de.stadtkern.knowledge.Hours.State;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What opening hours say, by examples.
class HoursTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Holidays THURINGIA = new Holidays("160530000000");
    private static final Holidays NOWHERE = new Holidays("");
    private static final String OFFICE = "Mo-Fr 08:00-18:00; Th 08:00-20:00; PH off; 2026-12-24 off";

    private static Hours hours(String text) {
        return Hours.of(text).orElseThrow(() -> new AssertionError(text));
    }

    /// `8:00-18:00`, `closed` or `not said`.
    private static String on(String text, String day, Holidays holidays) {
        Day said = hours(text).day(LocalDate.parse(day), holidays);
        return !said.isKnown() ? "not said" : said.spans().isEmpty() ? "closed" : spans(said);
    }

    private static String spans(Day day) {
        return day.spans().stream().map(HoursTest::span).collect(Collectors.joining(" "));
    }

    private static String span(Span span) {
        return "%d:%02d-%d:%02d".formatted(span.start() / 60, span.start() % 60, span.end() / 60, span.end() % 60);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, 8:00-18:00",
        "2026-12-03, 8:00-20:00",
        "2026-12-05, closed",
        "2026-12-24, closed",
        "2026-12-25, closed",
        "2027-12-24, 8:00-18:00"
    })
    void eachRuleTakesThePlaceOfThoseBefore(String day, String said) {
        assertThat(on(OFFICE, day, THURINGIA)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mo-Fr 08:00-12:00,13:00-16:00 | 2026-12-01 | 8:00-12:00 13:00-16:00",
                "Mo-Fr 08:00-12:00, Tu 14:00-18:00 | 2026-12-01 | 8:00-12:00 14:00-18:00",
                "Mo-Fr 8-18 | 2026-12-01 | 8:00-18:00",
                "Mo[1] 10:00-12:00 | 2026-12-07 | 10:00-12:00",
                "Mo[1] 10:00-12:00 | 2026-12-14 | closed",
                "Mo[-1] 10:00-12:00 | 2026-12-28 | 10:00-12:00",
                "Mo[-1] 10:00-12:00 | 2026-12-21 | closed",
                "Apr-Oct 10:00-18:00 | 2026-10-31 | not said",
                "Apr-Oct 10:00-18:00 | 2026-10-30 | 10:00-18:00",
                "Apr-Oct 10:00-18:00 | 2026-11-01 | closed",
                "24/7; Dec 24-Jan 02 off | 2027-01-02 | closed",
                "24/7; Dec 24-Jan 02 off | 2027-01-03 | 0:00-24:00",
                "24/7; Feb 29 off | 2027-02-28 | 0:00-24:00",
                "24/7; Feb 29 off | 2028-02-29 | closed",
                "24/7; 2026-12-24-2027-01-02 off | 2027-01-01 | closed",
                "24/7; 2026-12-24-2027-01-02 off | 2027-01-03 | 0:00-24:00",
                "24/7; 2026-12-24-2027-01-02 off | 2027-12-24 | 0:00-24:00",
                "week 1-53/2 Mo 10:00-12:00 | 2027-01-04 | 10:00-12:00",
                "week 1-53/2 Mo 10:00-12:00 | 2027-01-11 | closed",
                "Su,PH 10:00-12:00 | 2026-10-31 | 10:00-12:00",
                "Su,PH 10:00-12:00 | 2026-11-02 | closed",
                "Sa-Mo 10:00-12:00 | 2026-12-06 | 10:00-12:00",
                "Sa-Mo 10:00-12:00 | 2026-12-08 | closed",
                "2026 Mo 10:00-12:00; 2027+ Tu 10:00-12:00 | 2026-12-07 | 10:00-12:00",
                "2026 Mo 10:00-12:00; 2027+ Tu 10:00-12:00 | 2027-12-06 | closed"
            })
    void daysAreChosenByWeekdayDateWeekAndYear(String text, String day, String said) {
        assertThat(on(text, day, THURINGIA)).isEqualTo(said);
    }

    /// Monday to Friday says nothing of a Friday that is Christmas.
    @Test
    void ofAHolidayNothingIsSaidUnlessTheHoursSayIt() {
        assertThat(on("Mo-Fr 08:00-18:00", "2026-12-25", THURINGIA)).isEqualTo("not said");
        assertThat(on("Mo-Fr 08:00-18:00; Dec 25 10:00-12:00", "2026-12-25", THURINGIA))
                .isEqualTo("10:00-12:00");
        assertThat(on("Mo-Fr 08:00-18:00", "2026-12-26", THURINGIA)).isEqualTo("closed");
        assertThat(on("24/7", "2026-12-25", THURINGIA)).isEqualTo("0:00-24:00");
    }

    @Test
    void holidaysAreThoseOfTheLandAndNothingIsAssumedWithoutOne() {
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2027-09-20", THURINGIA)).isEqualTo("closed");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2027-09-20", new Holidays("09")))
                .isEqualTo("8:00-18:00");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2027-09-20", NOWHERE)).isEqualTo("not said");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2026-12-25", NOWHERE)).isEqualTo("not said");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2026-12-28", NOWHERE)).isEqualTo("8:00-18:00");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2027-05-27", THURINGIA))
                .as("Corpus Christi, in some municipalities")
                .isEqualTo("not said");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2027-08-08", new Holidays("097610000000")))
                .as("Augsburg")
                .isEqualTo("closed");
        assertThat(on("Mo-Su 08:00-18:00; PH off", "2027-08-08", new Holidays("091620000000")))
                .as("Munich")
                .isEqualTo("8:00-18:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026, 2026-04-05",
        "2027, 2027-03-28",
        "2028, 2028-04-16",
        "2038, 2038-04-25",
        "2049, 2049-04-18",
    })
    void easterIsWhereTheCalendarHasIt(int year, LocalDate sunday) {
        assertThat(Holidays.easter(year)).isEqualTo(sunday);
    }

    /// Number of holidays from Monday to Sunday, as the laws of the Lands list them.
    @ParameterizedTest
    @CsvSource({
        "01, 10", "02, 10", "03, 10", "04, 10", "05, 11", "06, 10", "07, 11", "08, 12", "09, 12", "10, 12", "11, 10",
        "12, 12", "13, 11", "14, 11", "15, 11", "16, 11"
    })
    void eachLandHasAsManyHolidaysAsItsLawNames(String land, int days) {
        Holidays holidays = new Holidays(land + "0000000000");
        long certain = LocalDate.of(2027, 1, 1)
                .datesUntil(LocalDate.of(2028, 1, 1))
                .filter(day -> holidays.on(day) == Holidays.Certainty.YES)
                .count();
        assertThat(certain).isEqualTo(days);
    }

    private static String at(String text, String time) {
        return at(text, time, THURINGIA);
    }

    /// `open until 2026-12-01T18:00`.
    private static String at(String text, String time, Holidays holidays) {
        Optional<State> state =
                hours(text).at(LocalDateTime.parse(time).atZone(ZONE).toInstant(), ZONE, holidays);
        return state.map(one -> (one.isOpen() ? "open" : "closed")
                        + (one.until() == null ? "" : " until " + LocalDateTime.ofInstant(one.until(), ZONE)))
                .orElse("not said");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T08:00, open until 2026-12-01T18:00",
        "2026-12-01T17:59, open until 2026-12-01T18:00",
        "2026-12-01T18:00, closed until 2026-12-02T08:00",
        "2026-12-04T18:00, closed until 2026-12-07T08:00",
        "2026-12-23T19:00, closed until 2026-12-28T08:00"
    })
    void howItIsNowIsSaidWithWhenThatEnds(String time, String said) {
        assertThat(at(OFFICE, time)).isEqualTo(said);
    }

    @Test
    void hoursGoOnAfterMidnight() {
        assertThat(at("Fr 20:00-02:00", "2026-12-04T23:00")).isEqualTo("open until 2026-12-05T02:00");
        assertThat(at("Fr 20:00-26:00", "2026-12-05T01:00")).isEqualTo("open until 2026-12-05T02:00");
        assertThat(at("Fr 20:00-24:00; Sa 00:00-03:00", "2026-12-04T21:00")).isEqualTo("open until 2026-12-05T03:00");
        assertThat(at("24/7", "2026-12-05T01:00")).isEqualTo("open");
        assertThat(at("24/7; 2026-12-07 off", "2026-12-05T01:00")).isEqualTo("open until 2026-12-07T00:00");
    }

    @Test
    void nobodyIsToldWhenItOpensWhereADayBeforeIsNotSaid() {
        assertThat(at("Mo-Fr 08:00-18:00", "2026-12-24T19:00")).isEqualTo("closed");
        assertThat(at("Mo-Fr 08:00-18:00", "2026-12-25T10:00")).isEqualTo("not said");
        assertThat(at("Mo-Fr 08:00-18:00", "2026-12-28T10:00")).isEqualTo("open until 2026-12-28T18:00");
    }

    /// In the night to 28 March 2027 there is no half past two, in that to 25 October 2026 there are two.
    @Test
    void theNightsOfTheClockChangeAreAsLongAsTheyAre() {
        assertThat(at("Sa 20:00-04:00", "2027-03-28T01:59")).isEqualTo("open until 2027-03-28T04:00");
        assertThat(at("Sa 20:00-02:30", "2027-03-28T03:29")).isEqualTo("open until 2027-03-28T03:30");
        assertThat(at("Sa 20:00-03:00", "2026-10-25T02:59")).isEqualTo("open until 2026-10-25T03:00");
        assertThat(java.time.Duration.between(
                        LocalDateTime.parse("2026-10-24T20:00").atZone(ZONE).toInstant(),
                        hours("Sa 20:00-03:00")
                                .at(
                                        LocalDateTime.parse("2026-10-24T20:00")
                                                .atZone(ZONE)
                                                .toInstant(),
                                        ZONE,
                                        THURINGIA)
                                .orElseThrow()
                                .until()))
                .isEqualTo(java.time.Duration.ofHours(8));
    }

    @Test
    void theUsualWeekLeavesOutSingleDays() {
        assertThat(hours(OFFICE).week().stream().map(HoursTest::spans))
                .containsExactly("8:00-18:00", "8:00-18:00", "8:00-18:00", "8:00-20:00", "8:00-18:00", "", "");
        assertThat(hours("Mo[1] 10:00-12:00").week()).isEmpty();
        assertThat(hours("Apr-Oct 10:00-18:00").week()).isEmpty();
        assertThat(hours("Apr 01-Oct 15 10:00-18:00").week()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "immer offen",
                "Mo-Fr",
                "Mo-Fr 08:00",
                "Mo-Fr 10:00+",
                "Mo 08:00-12:00 \"nur mit Termin\"",
                "Mo-Fr 08:00-18:00 || \"auf Anfrage\"",
                "sunrise-sunset",
                "SH off",
                "PH -1 day off",
                "PH Mo-Fr 10:00-12:00",
                "easter -2 days off",
                "Dec Mo[1] 10:00-12:00",
                "Mo 12:00-13:00 off",
                "Mo-Fr 10:00-16:00/90",
                "2026-13-01 off",
                "Mo-Fr 08:00-25:99",
                "unknown"
            })
    void whatIsNotUnderstoodIsRefusedWhenItIsWrittenDown(String text) {
        assertThatThrownBy(() -> Hours.read(text)).as(text).isInstanceOf(Hours.Unclear.class);
        assertThat(List.of(text)).allMatch(one -> Hours.of(one).isEmpty());
    }
}
