package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A market hall: what its opening hours mean for its hours, its figures, what is usual and what is a fault.
@StadtkernTest
class CounterOpeningTest {

    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown hall;

    @BeforeEach
    void aTownThatCounts() {
        hall = new CountingTown(context, TestTown.create(cities, port));
    }

    private String page() {
        return "/counters/%d/opening".formatted(hall.counter);
    }

    /// Monday to Saturday, the same times each day.
    private String open(String from, String times) {
        List<String> values = new ArrayList<>(List.of("from", from));
        WEEK.forEach(weekday -> values.addAll(List.of(weekday, times)));
        return hall.editor.fill(page(), page(), values.toArray(String[]::new)).body();
    }

    private String day(String day, String times) {
        return hall.editor
                .fill(page(), page() + "/day", "day", day, "times", times, "day-reason", "Markt")
                .body();
    }

    @Test
    void hoursInWhichNobodyIsToComeAreClosedAndThoseOpenInPartCount() {
        hall.hours("2026-05-05T04:00:00Z", 3, 1).hours("2026-05-05T07:00:00Z", 1, 40);
        hall.register("halle");
        hall.keep();
        open("2026-01-01", "7:30-10:00");
        hall.keep();
        assertThat(hall.print("2026-05-05T03:00:00Z", "2026-05-05T10:00:00Z"))
                .isEqualTo("04 1 closed, 05 1 measured, 06 1 measured, 07 40 measured, 08 – closed, 09 – closed");
        assertThat(hall.text(
                        "select counted || ' ' || hours_counted || ' ' || hours_missing from footfall_day where day"
                                + " = '2026-05-05'"))
                .isEqualTo("42 3 0");
        assertThat(hall.csv("halle", "?from=2026-05-05&to=2026-05-05")).contains("2026-05-05T04:00:00Z,1,,,closed,");
        assertThat(hall.town.get("/footfall/halle?day=2026-05-05").body()).contains("Geöffnet 07:30-10:00");
        assertThat(hall.town.get("/footfall/halle?day=2026-05-10").body()).contains("An diesem Tag geschlossen");
    }

    @Test
    void aSingleDayStandsAboveItsWeekAndCanBeTakenBack() {
        hall.hours("2026-05-05T07:00:00Z", 4, 5);
        hall.register("halle");
        open("2026-01-01", "9-18");
        day("2026-05-05", "11-18");
        assertThat(hall.editor.open(page()).body())
                .contains("5. Mai 2026", "11:00-18:00", "Markt", "Sonntag: geschlossen");
        hall.keep();
        assertThat(hall.print("2026-05-05T07:00:00Z", "2026-05-05T11:00:00Z"))
                .isEqualTo("07 5 closed, 08 5 closed, 09 5 measured, 10 5 measured");
        hall.editor.fill(page(), page() + "/2/delete");
        hall.keep();
        assertThat(hall.print("2026-05-05T07:00:00Z", "2026-05-05T11:00:00Z"))
                .isEqualTo("07 5 measured, 08 5 measured, 09 5 measured, 10 5 measured");
        String change = hall.text("select max(id)::text from change where kind = 'counter-opening'");
        hall.editor.fill("/changes", "/changes/%s/undo".formatted(change));
        hall.keep();
        assertThat(hall.print("2026-05-05T07:00:00Z", "2026-05-05T09:00:00Z")).isEqualTo("07 5 closed, 08 5 closed");
    }

    @Test
    void whatIsWrongStandsAtItsField() {
        hall.hours("2026-05-05T07:00:00Z", 1, 5);
        hall.register("halle");
        assertThat(open("2026-01-01", "morgens")).contains("Schreiben Sie Zeiten wie 08:00-18:00");
        assertThat(open("2026-01-01", "")).contains("Nennen Sie für mindestens einen Wochentag Zeiten");
        assertThat(open("", "8-18")).contains("Sagen Sie, wann es beginnt");
        assertThat(day("2026-05-33", "8-18")).contains("Schreiben Sie einen Tag wie 2026-11-30");
        assertThat(hall.editor
                        .fill(page(), page(), "from", "2026-05-05", "until", "2026-05-01", "monday", "8-9")
                        .body())
                .contains("Der letzte Tag liegt nicht vor dem ersten");
        assertThat(hall.text("select count(*)::text from footfall_opening")).isEqualTo("0");
    }

    @Test
    void aClosedHallIsWholeIsExpectedWhenOpenOnlyAndIsNoFault() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        var street = new FootfallScenario(today.minusDays(120).toString(), today.toString(), 3);
        // Only what is counted while it is open comes; yesterday it was closed, and the device was off.
        for (LocalDate day = today.minusDays(120); !day.isAfter(today); day = day.plusDays(1)) {
            boolean isOpen = !day.equals(today.minusDays(1));
            street.missing(day.toString(), 0, isOpen ? 8 : street.hours(day.toString()));
            if (isOpen) {
                int night = street.hours(day.toString()) - 18;
                street.missing(day.toString(), 18, Math.min(6, night));
            }
        }
        hall.street(until(street.series(), Instant.now().minusSeconds(3 * 3600)));
        hall.register("halle");
        hall.keep();
        openAllDays(today.minusDays(200).toString());
        day(today.minusDays(1).toString(), "");
        hall.keep().learn();
        hall.town.in(() -> {
            context.getBean(FaultRound.class).watch(Instant.now());
            return true;
        });
        assertThat(hall.text("select coalesce(string_agg(fault, ' '), 'none') from footfall_flag"))
                .isEqualTo("none");
        assertThat(hall.text(
                        "select count(*)::text from footfall_hour where state in ('missing', 'estimated') and hour <"
                                + " now() - interval '4 hours'"))
                .isEqualTo("0");
        assertThat(hall.text(
                        "select string_agg(distinct extract(hour from hour at time zone 'Europe/Berlin')::int::text,"
                                + " ' ') from footfall_profile where hour > now()"))
                .satisfies(hours -> assertThat(hours.split(" "))
                        .containsExactlyInAnyOrder("8", "9", "10", "11", "12", "13", "14", "15", "16", "17"));
        assertThat(hall.text("select max(hours_missing)::text from footfall_day where day < current_date - 1"))
                .isEqualTo("0");
    }

    private void openAllDays(String from) {
        List<String> values = new ArrayList<>(List.of("from", from, "sunday", "8-18"));
        WEEK.forEach(weekday -> values.addAll(List.of(weekday, "8-18")));
        hall.editor.fill(page(), page(), values.toArray(String[]::new));
    }

    private static HourlySeries until(HourlySeries series, Instant end) {
        return series.knownAt(series.hours().at(end));
    }
}
