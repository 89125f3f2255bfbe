package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.footfall.EventEffect.Event;
import de.stadtkern.footfall.EventEffect.Reason;
import de.stadtkern.footfall.EventEffect.Result;
import de.stadtkern.footfall.EventEffect.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Events on streets that are made up, where it is known what they did.
class EventEffectTest {

    private static final String BEGIN = "2025-01-01";
    private static final String END = "2026-06-30";
    private static final Event SATURDAY = event("2026-03-21", 10, 20);

    @Test
    void anEffectOfKnownSizeIsFoundWithItsSize() {
        for (double size : new double[] {0.5, 1.6, 2.5}) {
            Result result = result(
                    SATURDAY,
                    List.of(street(1).change("2026-03-21", 10, 10, count -> size * count)),
                    List.of(street(2), street(3)));
            assertThat(result.verdict()).isEqualTo(size > 1 ? Verdict.MORE : Verdict.LESS);
            assertThat(result.measured() / result.expected()).isEqualTo(size, Offset.offset(0.12 * size));
            assertThat(result.placebos()).hasSizeGreaterThan(40);
        }
    }

    @Test
    void whereNothingWasPutInItIsWithinTheUsual() {
        Result result = result(SATURDAY, List.of(street(1)), List.of(street(2), street(3)));
        assertThat(result.verdict()).isEqualTo(Verdict.USUAL);
        assertThat(result.measured()).isBetween(result.low(), result.high());
    }

    @Test
    void overManyDaysWithoutAnEventFalseAlarmsAreNoMoreThanTheIntervalPromises() {
        int alarms = 0;
        int all = 0;
        var random = new SplittableRandom(11);
        for (int town = 1; town <= 12; town++) {
            List<FootfallScenario> streets = List.of(street(town, 7), street(town, 8), street(town, 9));
            for (int day = 0; day < 25; day++) {
                LocalDate date = LocalDate.parse("2025-06-01").plusDays(random.nextInt(300));
                boolean hasControls = day % 2 == 0;
                Result result = result(
                        event(date.toString(), 10, 20),
                        streets.subList(0, 1),
                        hasControls ? streets.subList(1, 3) : List.of());
                if (result.verdict() != Verdict.UNKNOWN) {
                    all++;
                    alarms += result.verdict() == Verdict.USUAL ? 0 : 1;
                }
            }
        }
        assertThat(all).isGreaterThan(200);
        // One in ten, and two standard errors of that.
        assertThat((double) alarms / all).isLessThan(0.1 + 2 * Math.sqrt(0.1 * 0.9 / all));
        System.out.printf("EVENT false alarms: %d of %d days%n", alarms, all);
    }

    @Test
    void controlPlacesTakeAwayWhatTheWholeTownDid() {
        Result alone = result(SATURDAY, List.of(street(1)), List.of());
        Result with = result(SATURDAY, List.of(street(1)), List.of(street(2), street(3)));
        assertThat(Math.log(with.high() / with.low())).isLessThan(0.7 * Math.log(alone.high() / alone.low()));
    }

    @Test
    void fewDaysWithoutAnEventTellNothing() {
        Result result =
                result(event("2025-03-22", 10, 20), List.of(new FootfallScenario(BEGIN, "2025-03-31", 1)), List.of());
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.reasons()).isEqualTo(Set.of(Reason.FEW_PLACEBOS));
    }

    @Test
    void gapsTellNothing() {
        assertThat(reasons(List.of(street(1).missing("2026-03-21", 10, 3)), List.of()))
                .isEqualTo(Set.of(Reason.GAPS));
        assertThat(reasons(List.of(street(1)), List.of(street(2).missing("2026-03-21", 10, 3))))
                .isEqualTo(Set.of(Reason.CONTROLS));
        assertThat(reasons(List.of(street(1).missing("2026-03-21", 10, 1)), List.of()))
                .isEmpty();
    }

    @Test
    void controlPlacesWhereSomethingWasOnTellNothing() {
        assertThat(new EventEffect(SATURDAY, series(List.of(street(1))), series(List.of(street(2))), _ -> false)
                        .result(false)
                        .reasons())
                .isEqualTo(Set.of(Reason.CONTROLS));
        assertThat(reasons(List.of(street(1)), List.of(street(2).change("2026-03-21", 10, 10, count -> 8 * count))))
                .as("they moved as they never do")
                .isEqualTo(Set.of(Reason.CONTROLS_MOVED));
    }

    @Test
    void aPublicHolidayResemblesNoPlainDay() {
        assertThat(result(event("2026-05-01", 10, 20), List.of(street(1)), List.of())
                        .reasons())
                .isEqualTo(Set.of(Reason.HOLIDAY));
    }

    @Test
    void daysOnWhichSomethingWasOnAreNoPlacebos() {
        Result all = result(SATURDAY, List.of(street(1)), List.of());
        LocalDate other = all.placebos().getFirst().first();
        Result without = new EventEffect(SATURDAY, series(List.of(street(1))), List.of(), other::equals).result(true);
        assertThat(without.placebos()).hasSize(all.placebos().size() - 1);
        assertThat(all.placebos())
                .noneMatch(placebo ->
                        Math.abs(placebo.first().toEpochDay() - SATURDAY.first().toEpochDay()) <= 7);
    }

    @Test
    void theWeekBeforeIsShownAgainstItsUsual() {
        Result result = result(
                SATURDAY,
                List.of(street(1)
                        .change("2026-03-18", 10, 10, count -> 3 * count)
                        .missing("2026-03-19", 0, 24)),
                List.of());
        assertThat(result.trend()).hasSize(8);
        assertThat(result.trend().get(4).day()).isEqualTo("2026-03-18");
        assertThat(result.trend().get(4).percent()).isGreaterThan(100);
        assertThat(result.trend().get(5).percent()).isNaN();
    }

    @Test
    void anEventOfSeveralDaysIsComparedWithAsManyDays() {
        Event weekend = new Event(LocalDate.parse("2026-03-20"), LocalDate.parse("2026-03-22"), 12, 22);
        Result result = result(
                weekend,
                List.of(street(1)
                        .change("2026-03-20", 12, 10, count -> 1.8 * count)
                        .change("2026-03-21", 12, 10, count -> 1.8 * count)
                        .change("2026-03-22", 12, 10, count -> 1.8 * count)),
                List.of(street(2)));
        assertThat(result.verdict()).isEqualTo(Verdict.MORE);
        assertThat(result.asked()).isEqualTo(30);
        assertThat(result.measured() / result.expected()).isEqualTo(1.8, Offset.offset(0.25));
    }

    private static Event event(String day, int from, int to) {
        return new Event(LocalDate.parse(day), LocalDate.parse(day), from, to);
    }

    private static FootfallScenario street(long seed) {
        return street(5, seed);
    }

    /// Streets of one town have the same good and bad days.
    private static FootfallScenario street(long town, long seed) {
        return new FootfallScenario(BEGIN, END, 100 * town + seed, town);
    }

    private static Set<Reason> reasons(List<FootfallScenario> places, List<FootfallScenario> controls) {
        return result(SATURDAY, places, controls).reasons();
    }

    private static Result result(Event event, List<FootfallScenario> places, List<FootfallScenario> controls) {
        return new EventEffect(event, series(places), series(controls), _ -> false).result(true);
    }

    private static List<HourlySeries> series(List<FootfallScenario> streets) {
        return new ArrayList<>(streets.stream().map(FootfallScenario::series).toList());
    }
}
