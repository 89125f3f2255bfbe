package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultWatchTest {

    private static final String FROM = "2024-06-01";

    private final FootfallScenario street = new FootfallScenario("2024-01-01", "2024-06-30", 1, 9);
    private final FootfallScenario square = new FootfallScenario("2024-01-01", "2024-06-30", 2, 9);
    private final FootfallScenario bridge = new FootfallScenario("2024-01-01", "2024-06-30", 3, 9);

    private List<Flag> flags() {
        List<HourlySeries> places =
                Stream.of(street, square, bridge).map(FootfallScenario::series).toList();
        return new FaultWatch(places, new Occasions())
                .watch(LocalDate.parse(FROM), LocalDate.parse("2024-06-30"))
                .getFirst();
    }

    private Flag first(String date) {
        return flags().stream()
                .filter(flag -> flag.at() >= street.hour(date, 0) && flag.isOpen())
                .findFirst()
                .orElseThrow();
    }

    private String told(String date, int hour) {
        Flag flag = first(date);
        return "%s after %d h".formatted(flag.fault(), flag.at() - street.hour(date, hour) + 1);
    }

    @Test
    void aHealthySensorIsLeftAlone() {
        assertThat(flags().stream().filter(Flag::isOpen)).hasSizeLessThan(9);
    }

    @Test
    void aZeroByDayIsFlaggedAtOnceAndExplainsItself() {
        street.change("2024-06-12", 11, 30, _ -> 0);
        assertThat(told("2024-06-12", 11)).isEqualTo("ZERO after 1 h");
        assertThat(first("2024-06-12").sentence())
                .matches("usual \\d+–\\d+ at this hour, now 0 for 1 h, nothing explains it");
    }

    @Test
    void aStuckSensorIsFlaggedAfterAFewHours() {
        street.change("2024-06-12", 11, 30, _ -> 207);
        assertThat(told("2024-06-12", 11)).isIn("STUCK after 3 h", "STUCK after 4 h");
    }

    @Test
    void aTripledCountIsFlaggedAtOnce() {
        street.change("2024-06-12", 11, 30, count -> 3 * count);
        assertThat(told("2024-06-12", 11)).isEqualTo("MULTIPLIED after 1 h");
    }

    @Test
    void aHalvedCountIsFlaggedTheSameDay() {
        street.change("2024-06-12", 11, 30, count -> Math.rint(count / 2));
        assertThat(first("2024-06-12").fault()).isEqualTo(Fault.REDUCED);
        assertThat(first("2024-06-12").at() - street.hour("2024-06-12", 11)).isBetween(0, 6);
    }

    @Test
    void silenceIsNoZero() {
        street.missing("2024-06-12", 11, 30);
        assertThat(told("2024-06-12", 11)).isEqualTo("SILENT after 2 h");
    }

    @Test
    void allPlacesOutAtOnceIsThePlatform() {
        List.of(street, square, bridge).forEach(place -> place.missing("2024-06-12", 11, 9));
        assertThat(told("2024-06-12", 11)).isEqualTo("PLATFORM after 1 h");
    }

    @Test
    void aPlaceThatIsClosedIsNotSilentAndNoPartOfAPlatform() {
        List.of(street, square, bridge).forEach(place -> place.missing("2024-06-12", 11, 9));
        var closed = new BitSet();
        closed.set(square.hour("2024-06-12", 11), square.hour("2024-06-12", 20));
        List<HourlySeries> places = Stream.of(square.series(), bridge.series())
                .map(series -> new HourlySeries("closed", series.hours(), series.counts(), closed))
                .toList();
        List<List<Flag>> found = new FaultWatch(
                        List.of(street.series(), places.getFirst(), places.getLast()), new Occasions())
                .watch(LocalDate.parse(FROM), LocalDate.parse("2024-06-30"));
        assertThat(found.getFirst().stream()
                        .filter(flag -> isOn(flag, "2024-06-12"))
                        .map(Flag::fault))
                .containsOnly(Fault.SILENT);
        assertThat(found.get(1)).noneMatch(flag -> isOn(flag, "2024-06-12") && flag.fault() == Fault.SILENT);
    }

    private boolean isOn(Flag flag, String date) {
        return flag.at() >= street.hour(date, 11) && flag.at() < street.hour(date, 20);
    }

    @Test
    void allPlacesUpIsAnEvent() {
        List<Integer> open = new ArrayList<>();
        List.of(street, square, bridge)
                .forEach(place -> place.change("2024-06-12", 17, 5, count -> Math.rint(2.8 * count)));
        flags().stream()
                .filter(flag -> flag.isOpen() && flag.fault() == Fault.MULTIPLIED)
                .forEach(flag -> open.add(flag.at()));
        assertThat(open).doesNotContain(street.hour("2024-06-12", 18), street.hour("2024-06-12", 19));
    }

    @Test
    void anOutageThatWasToldIsNoSuspicionTheNextDayNorInTheHourItEnds() {
        street.change("2024-06-11", 10, 60, _ -> 0).change("2024-06-13", 22, 1, count -> Math.rint(count / 20));
        List<Flag> outage = flags().stream()
                .filter(flag -> flag.at() >= street.hour("2024-06-12", 11))
                .filter(flag -> flag.at() <= street.hour("2024-06-13", 22))
                .toList();
        assertThat(told("2024-06-11", 10)).isEqualTo("ZERO after 1 h");
        assertThat(outage).isNotEmpty().allMatch(flag -> flag.explanation() == Flag.Explanation.OUTAGE);
    }

    /// Zürich's export has nobody at one o'clock in both of the year's nights.
    @Test
    void nobodyInTheHourTheClocksAreChangedIsExplained() {
        var town = new FootfallScenario("2024-01-01", "2024-04-07", 1, 9);
        LocalHours hours = town.series().hours();
        for (int day = 0; day < hours.days(); day++) {
            town.change(hours.date(day).toString(), 1, 1, count -> 90 + count);
        }
        town.change("2024-03-31", 1, 1, _ -> 0);
        List<Flag> zeros = new FaultWatch(List.of(town.series()), new Occasions())
                .watch(LocalDate.parse("2024-03-25"), LocalDate.parse("2024-04-07")).getFirst().stream()
                        .filter(flag -> flag.fault() == Fault.ZERO)
                        .toList();
        assertThat(zeros).isNotEmpty().allMatch(flag -> flag.explanation() == Flag.Explanation.CLOCK);
    }
}
