package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which hours of a place are closed, from the weeks and days somebody entered.
class OpeningHoursTest {

    private final List<Opening> entered = new ArrayList<>();

    private OpeningHoursTest week(String from, String until, String times, DayOfWeek... weekdays) {
        Map<DayOfWeek, List<Opening.Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : weekdays) {
            week.put(weekday, Opening.spans("monday", times));
        }
        entered.add(new Opening(
                entered.size() + 1,
                1,
                LocalDate.parse(from),
                until.isEmpty() ? null : LocalDate.parse(until),
                week,
                ""));
        return this;
    }

    private OpeningHoursTest day(String day, String times) {
        return week(day, day, times, LocalDate.parse(day).getDayOfWeek());
    }

    /// The hours of the clock in which it is open.
    private String open(String day) {
        var hours = new OpeningHours(entered);
        var open = new StringBuilder();
        Instant end = LocalDate.parse(day)
                .plusDays(1)
                .atStartOfDay(FootfallScenario.BERLIN)
                .toInstant();
        Instant hour =
                LocalDate.parse(day).atStartOfDay(FootfallScenario.BERLIN).toInstant();
        for (; hour.isBefore(end); hour = hour.plusSeconds(3600)) {
            if (!hours.isClosed(hour, FootfallScenario.BERLIN)) {
                open.append(open.isEmpty() ? "" : " ")
                        .append(hour.atZone(FootfallScenario.BERLIN).getHour());
            }
        }
        return open.toString();
    }

    @Test
    void withoutAnEntryEveryHourIsOpen() {
        assertThat(open("2026-05-05")).startsWith("0 1 2").endsWith("22 23");
    }

    @Test
    void anHourThatIsOpenInPartCounts() {
        week("2026-01-01", "", "8:30-12, 14:00–17:15", DayOfWeek.TUESDAY);
        assertThat(open("2026-05-05")).isEqualTo("8 9 10 11 14 15 16 17");
        assertThat(open("2026-05-06")).as("a weekday without times").isEmpty();
    }

    @Test
    void aSingleDayStandsAboveItsWeekAndALaterWeekAboveAnEarlierOne() {
        day("2026-05-05", "")
                .day("2026-05-12", "10-12")
                .week("2026-01-01", "", "8-11", DayOfWeek.TUESDAY)
                .week("2026-11-23", "2026-12-23", "8-13", DayOfWeek.TUESDAY);
        assertThat(open("2026-05-05")).isEmpty();
        assertThat(open("2026-05-12")).isEqualTo("10 11");
        assertThat(open("2026-05-19")).isEqualTo("8 9 10");
        assertThat(open("2026-12-01")).isEqualTo("8 9 10 11 12");
        assertThat(open("2026-12-29")).isEqualTo("8 9 10");
        assertThat(open("2025-12-30")).as("before the first entry").startsWith("0 1 2");
    }

    @Test
    void theNightsOfTheClockChangeAreTakenAsTheClockShowsThem() {
        week("2026-01-01", "", "2-4", DayOfWeek.SUNDAY);
        assertThat(open("2026-03-29")).isEqualTo("3");
        assertThat(open("2026-10-25")).isEqualTo("2 2 3");
    }

    @Test
    void aDayThatIsAnExceptionIsNoUsualOne() {
        week("2026-01-01", "", "8-18", DayOfWeek.TUESDAY).day("2026-05-12", "8-18");
        var hours = new OpeningHours(entered);
        assertThat(hours.closedAsUsual(LocalDate.parse("2026-05-05"), FootfallScenario.BERLIN))
                .contains(14);
        assertThat(hours.closedAsUsual(LocalDate.parse("2026-05-12"), FootfallScenario.BERLIN))
                .isEmpty();
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String wrong : List.of("morgens", "8", "8-25", "8:70-9", "18-8", "8-8", "8-12, 11-13", "8-12,")) {
            assertThatThrownBy(() -> Opening.spans("monday", wrong))
                    .as(wrong)
                    .hasMessageMatching("(?s).*(written like|comes after|overlap).*");
        }
        assertThat(Opening.spans("monday", "14 bis 18; 08.00-12.00").toString())
                .isEqualTo("[08:00-12:00, 14:00-18:00]");
        assertThat(Opening.spans("monday", "22:00-24:00").toString()).isEqualTo("[22:00-24:00]");
    }
}
