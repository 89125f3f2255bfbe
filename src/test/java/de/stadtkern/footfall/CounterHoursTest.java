package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Hours of a counter: how each came about, and what was published before.
@StadtkernTest
class CounterHoursTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown street;

    @BeforeEach
    void aTownThatCounts() {
        street = new CountingTown(context, TestTown.create(cities, port));
    }

    @Test
    void anHourIsWhatWasCountedAndAnHourWithoutACountIsMissingAndNotZero() {
        street.hour("2026-05-05T08:00:00Z", 112).hour("2026-05-05T09:00:00Z", 0).hour("2026-05-05T11:00:00Z", 98);
        street.register("markt");
        street.keep();
        assertThat(street.print("2026-05-05T00:00:00Z", "2026-05-05T12:00:00Z"))
                .isEqualTo("08 112 measured, 09 0 measured, 10 – missing, 11 98 measured");
    }

    @Test
    void aValueOfAnyYearIsRolledUpThoughNoCounterKnowsItsHour() {
        street.hour("-0044-03-15T12:00:00Z", 23).hour("0000-01-01T00:00:00Z", 1).keep();
        assertThat(street.text("select count(*)::text from dirty_log")).isEqualTo("0");
        assertThat(street.text("select count(*)::text from rollup_hour")).isEqualTo("2");
    }

    @Test
    void aLateValueChangesItsHourAndNoOther() {
        street.hour("2026-05-05T08:00:00Z", 112).hour("2026-05-05T10:00:00Z", 98);
        street.register("markt");
        street.keep();
        String before = since("hour <> '2026-05-05T09:00:00Z'");
        street.hour("2026-05-05T09:00:00Z", 77).keep();
        assertThat(street.print("2026-05-05T00:00:00Z", "2026-05-05T11:00:00Z"))
                .isEqualTo("08 112 measured, 09 77 late, 10 98 measured");
        assertThat(since("hour <> '2026-05-05T09:00:00Z'")).isEqualTo(before);
        assertThat(street.text("select string_agg(state, ' ') from footfall_hour_before"))
                .isEqualTo("missing");
    }

    private String since(String where) {
        return street.text("select string_agg(since::text, ' ' order by hour) from footfall_hour where " + where);
    }

    @Test
    void aFigurePublishedBeforeACorrectionIsProducedAgain() {
        street.hour("2026-05-05T08:00:00Z", 112).hour("2026-05-05T09:00:00Z", 50);
        street.register("markt");
        street.keep();
        String then = street.text("select to_json(clock_timestamp())#>>'{}'").replaceAll("\\+.*", "Z");
        street.hour("2026-05-05T08:00:00Z", 120).keep();
        assertThat(street.print("2026-05-05T08:00:00Z", "2026-05-05T09:00:00Z")).isEqualTo("08 120 corrected");
        String days = "?from=2026-05-05&to=2026-05-05";
        assertThat(street.csv("markt", days)).contains("2026-05-05T08:00:00Z,120,,,corrected,1,120,1,");
        assertThat(street.csv("markt", days + "&as-of=" + then))
                .contains("2026-05-05T08:00:00Z,112,,,measured,1,112,1,")
                .contains("2026-05-05T09:00:00Z,50,,,measured,1,50,1,");
    }

    @Test
    void blockedClosedBrokenAndEmptyAreToldApart() {
        street.hours("2026-05-05T06:00:00Z", 8, 0);
        street.register("markt");
        street.keep();
        street.period("blocked", "2026-05-05T08:00", "2026-05-05T10:00", "Baustelle");
        street.period("closed", "2026-05-05T10:00", "2026-05-05T11:00", "Durchgang zu");
        street.period("outage", "2026-05-05T12:00", "2026-05-05T13:00", "Gerät defekt");
        street.keep();
        assertThat(street.print("2026-05-05T00:00:00Z", "2026-05-05T14:00:00Z"))
                .isEqualTo("06 0 blocked, 07 0 blocked, 08 0 closed, 09 0 measured, 10 – missing, 11 0 measured,"
                        + " 12 0 measured, 13 0 measured");
        assertThat(street.text("select counted || ' ' || hours_counted || ' ' || hours_excused || ' ' || hours_missing"
                        + " from footfall_day where day = '2026-05-05'"))
                .isEqualTo("0 4 3 9");
        assertThat(street.text("select string_agg(counted::text, ' ') from footfall_hour"))
                .as("what came stays")
                .isEqualTo("0 0 0 0 0 0 0 0");
    }

    @Test
    void aPeriodTakenBackGivesTheHoursBack() {
        street.hours("2026-05-05T08:00:00Z", 2, 7);
        street.register("markt");
        street.keep();
        street.period("blocked", "2026-05-05", "2026-05-05", "Baustelle");
        street.keep();
        assertThat(street.print("2026-05-05T00:00:00Z", "2026-05-05T10:00:00Z"))
                .isEqualTo("08 7 blocked, 09 7 blocked");
        street.editor.fill("/counters/" + street.counter, "/counters/%d/periods/1/delete".formatted(street.counter));
        street.keep();
        assertThat(street.print("2026-05-05T00:00:00Z", "2026-05-05T10:00:00Z"))
                .isEqualTo("08 7 measured, 09 7 measured");
    }

    @Test
    void anHourOfWhichAQuarterIsMissingIsNotSmaller() {
        street.quarters("2026-05-05T07:00:00Z", 1, 2, 3, 4)
                .quarters("2026-05-05T08:00:00Z", 5, 5, 5)
                .quarters("2026-05-05T09:00:00Z", 1, 1, 1, 1);
        street.register("markt");
        street.keep();
        assertThat(street.print("2026-05-05T00:00:00Z", "2026-05-05T10:00:00Z"))
                .isEqualTo("07 10 measured, 08 – missing, 09 4 measured");
        assertThat(street.text("select completeness || ' ' || counted from footfall_hour where completeness between"
                        + " 0.1 and 0.9"))
                .isEqualTo("0.75 15");
    }

    @Test
    void bothNightsOfTheClockChangeHaveTheirHours() {
        street.hours("2026-03-28T22:00:00Z", 48, 1);
        street.hours("2025-10-25T21:00:00Z", 48, 1);
        street.register("markt");
        street.keep();
        assertThat(street.text("select hours_counted || ' ' || counted from footfall_day where day = '2026-03-29'"))
                .isEqualTo("23 23");
        assertThat(street.text("select hours_counted || ' ' || counted from footfall_day where day = '2025-10-26'"))
                .isEqualTo("25 25");
    }

    @Test
    void sumsOverAnyPartitionOfTimeAgree() {
        street.street(new FootfallScenario("2026-02-20", "2026-04-10", 5)
                .missing("2026-03-03", 4, 9)
                .missing("2026-03-28", 20, 14)
                .series());
        street.register("markt");
        street.keep().learn();
        street.period("blocked", "2026-03-10T08:00", "2026-03-11T15:00", "Baustelle");
        street.keep();
        double whole = sum("2026-02-20", "2026-04-10");
        assertThat(whole).isGreaterThan(100_000);
        assertThat(days("2026-02-20", "2026-04-10")).isEqualTo(whole);
        var random = new SplittableRandom(7);
        for (int round = 0; round < 20; round++) {
            double parts = 0;
            LocalDate from = LocalDate.parse("2026-02-20");
            while (!from.isAfter(LocalDate.parse("2026-04-10"))) {
                LocalDate to = from.plusDays(random.nextInt(12));
                LocalDate last = to.isAfter(LocalDate.parse("2026-04-10")) ? LocalDate.parse("2026-04-10") : to;
                assertThat(days(from.toString(), last.toString())).isEqualTo(sum(from.toString(), last.toString()));
                parts += sum(from.toString(), last.toString());
                from = last.plusDays(1);
            }
            assertThat(parts).isEqualTo(whole);
        }
    }

    /// Of the hours, as the file gives them out.
    private double sum(String from, String to) {
        return street.csv("markt", "?from=%s&to=%s".formatted(from, to))
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> !cells[1].isEmpty() && !cells[4].equals("blocked"))
                .mapToDouble(cells -> Double.parseDouble(cells[1]))
                .sum();
    }

    private double days(String from, String to) {
        return Double.parseDouble(street.text(
                "select coalesce(sum(counted + estimated), 0)::text from footfall_day where day between '%s' and '%s'"
                        .formatted(from, to)));
    }

    @Test
    void aGapIsFilledWithAnIntervalAndCountedApart() {
        street.street(new FootfallScenario("2026-01-05", "2026-04-10", 3)
                .missing("2026-03-17", 11, 4)
                .series());
        street.register("markt");
        street.keep().learn();
        assertThat(street.text("""
            select count(*) || ' ' || bool_and(value between low and high) || ' ' || bool_and(counted is null) || ' ' || min(method)
            from footfall_hour where state = 'estimated'
            """)).isEqualTo("4 true true 1");
        assertThat(street.text(
                        "select hours_estimated || ' ' || hours_counted || ' ' || (estimated > 300) from footfall_day"
                                + " where day = '2026-03-17'"))
                .isEqualTo("4 20 true");
        assertThat(street.csv("markt", "?from=2026-03-17&to=2026-03-17&estimates=off"))
                .contains("2026-03-17T10:00:00Z,,,,missing,0,,1,");
    }

    @Test
    void aGapThatIsTooLongIsNotFilled() {
        street.street(new FootfallScenario("2026-01-05", "2026-04-10", 3)
                .missing("2026-02-17", 11, 24 * 15)
                .series());
        street.register("markt");
        street.keep().learn();
        assertThat(street.text("select state || ' ' || count(*) from footfall_hour where value is null and"
                        + " hour < '2026-04-10T22:00:00Z' group by state"))
                .isEqualTo("missing 360");
    }

    @Test
    void whatIsMissingAtTheEndIsNoGapYet() {
        street.street(new FootfallScenario("2026-01-05", "2026-04-10", 3).series());
        street.register("markt");
        street.keep().learn();
        assertThat(street.text("select string_agg(distinct state, ' ') from footfall_hour where hour >="
                        + " '2026-04-10T22:00:00Z'"))
                .isEqualTo("missing");
    }

    @Test
    void aLateValueInAFilledGapTakesThePlaceOfItsEstimateOnly() {
        street.street(new FootfallScenario("2026-01-05", "2026-04-10", 3)
                .missing("2026-03-17", 11, 4)
                .series());
        street.register("markt");
        street.keep().learn();
        street.hour("2026-03-17T11:00:00Z", 5).keep();
        assertThat(street.text("select string_agg(state, ' ' order by hour) from footfall_hour where hour >="
                        + " '2026-03-17T09:00:00Z' and hour < '2026-03-17T15:00:00Z'"))
                .isEqualTo("measured estimated late estimated estimated measured");
    }

    @Test
    void aCounterThatIsSilentHasEndedAfterTwoWeeks() {
        street.hours("2026-05-05T08:00:00Z", 3, 9);
        street.register("markt");
        street.keep();
        assertThat(street.text("select count(*) || ' ' || max(hour at time zone 'UTC') from footfall_hour"))
                .isEqualTo("338 2026-05-19 09:00:00");
        street.hour("2026-06-01T08:00:00Z", 4).keep();
        assertThat(street.print("2026-06-01T07:00:00Z", "2026-06-01T09:00:00Z"))
                .isEqualTo("07 – missing, 08 4 measured");
    }

    @Test
    void anHourIsSettledOnceNothingIsWaitedForAndThatIsTold() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        street.hour(now.minus(2, ChronoUnit.HOURS).toString(), 3);
        street.register("markt");
        street.keep();
        assertThat(street.text("select count(*) || ' ' || count(settled_at) from footfall_hour"))
                .isEqualTo("1 0");
        assertThat(context.getBean(SettledHours.class).of(street.town.city().id()))
                .isEmpty();
        street.hour(now.minus(1, ChronoUnit.HOURS).toString(), 4);
        street.keep(now.plus(90, ChronoUnit.MINUTES));
        assertThat(street.text("select string_agg(state || ' ' || (settled_at is not null), ', ' order by hour) from"
                        + " footfall_hour"))
                .isEqualTo("measured true, measured false");
        assertThat(context.getBean(SettledHours.class).of(street.town.city().id()))
                .singleElement()
                .satisfies(event -> assertThat(event.from()).isEqualTo(now.minus(2, ChronoUnit.HOURS)));
    }

    @Test
    void whatIsUsualIsNotLearnedAcrossABreak() {
        street.street(new FootfallScenario("2026-01-05", "2026-05-10", 3).series());
        street.register("markt");
        street.keep().learn();
        assertThat(street.text("select (count(*) > 20)::text from footfall_profile"))
                .isEqualTo("true");
        street.people.execute("delete from footfall_profile");
        street.period("break", "2026-05-09", "", "Neues Gerät");
        street.keep().learn();
        assertThat(street.text("select min(hour at time zone 'UTC') || ' ' || count(*) from footfall_profile"))
                .as("a week after the first day since")
                .isEqualTo("2026-05-15 22:00:00 24");
    }
}
