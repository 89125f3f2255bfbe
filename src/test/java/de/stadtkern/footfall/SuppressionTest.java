package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.footfall.Calibration.Edition;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.footfall.Directions.Counted;
import de.stadtkern.footfall.Directions.Unsaid;
import de.stadtkern.footfall.FigureStore.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which directions of an hour everybody may read, and that no others can be reckoned from all that is published.
class SuppressionTest {

    private static final Instant NOON = Instant.parse("2026-05-05T10:00:00Z");
    private static final Suppression FIVE = new Suppression(5);
    private static final Suppression THREE = new Suppression(3);
    private static final Factors DIVIDED = new Factors(
            List.of(calibration(Role.IN, new Factor(1.2, 1.1, 1.3)), calibration(Role.OUT, new Factor(0.9, 0.8, 1.0))));

    private static Calibration calibration(Role role, Factor factor) {
        return new Calibration(Edition.NONE, 1, role, factor, NOON, null, List.of(), "x");
    }

    private static Directions read(HourState state, boolean isSettled, double in, double out) {
        return FIVE.of(state, isSettled, new Counted(in, out));
    }

    @Test
    void bothDirectionsAreShownOrNeither() {
        assertThat(read(HourState.MEASURED, true, 5, 9)).isEqualTo(new Counted(5, 9));
        assertThat(read(HourState.LATE, true, 5, 5)).isEqualTo(new Counted(5, 5));
        assertThat(read(HourState.MEASURED, true, 4, 900)).isEqualTo(Unsaid.SMALL);
        assertThat(read(HourState.MEASURED, true, 900, 4)).isEqualTo(Unsaid.SMALL);
    }

    @Test
    void nobodyIsASmallNumberUnlessNobodyCameAtAll() {
        assertThat(read(HourState.MEASURED, true, 0, 12))
                .as("it would say that all twelve went out")
                .isEqualTo(Unsaid.SMALL);
        assertThat(read(HourState.MEASURED, true, 0, 0)).isEqualTo(new Counted(0, 0));
    }

    @Test
    void anHourThatIsOpenOrWasCorrectedShowsNone() {
        assertThat(read(HourState.MEASURED, false, 50, 50)).isEqualTo(Unsaid.OPEN);
        assertThat(read(HourState.CORRECTED, true, 50, 50)).isEqualTo(Unsaid.CORRECTED);
        assertThat(read(HourState.ESTIMATED, true, 50, 50)).isEqualTo(Unsaid.UNKNOWN);
        assertThat(read(HourState.BLOCKED, true, 50, 50)).isEqualTo(Unsaid.UNKNOWN);
    }

    /// Three hours, each with a total of 0 to 9: of all ways in which they may divide, those of which the same is
    /// published are put side by side. Whatever is not shown must then be open between so many numbers as the rule
    /// promises, whatever else is published: the other hours, sums of any of them, calibrated totals of each.
    @Test
    void whatIsHiddenCannotBeReckonedFromAllThatIsPublished() {
        int hidden = 0;
        int shown = 0;
        for (int first = 0; first < 10; first++) {
            for (int second = 0; second < 10; second++) {
                for (int third = 0; third < 10; third++) {
                    int[] totals = {first, second, third};
                    for (List<int[]> alike : worlds(totals).values()) {
                        for (int hour = 0; hour < totals.length; hour++) {
                            int at = hour;
                            long possible = alike.stream()
                                    .mapToInt(world -> world[at])
                                    .distinct()
                                    .count();
                            boolean isShown = figure(hour, totals[hour], alike.getFirst()[hour])
                                            .directions()
                                    instanceof Counted;
                            hidden += isShown ? 0 : 1;
                            shown += isShown ? 1 : 0;
                            assertThat(possible)
                                    .as(
                                            "%d of %s",
                                            hour, IntStream.of(totals).boxed().toList())
                                    .isEqualTo(isShown ? 1 : Math.min(totals[hour] + 1, 2 * THREE.smallest()));
                        }
                    }
                }
            }
        }
        assertThat(hidden).isPositive();
        assertThat(shown).isPositive();
    }

    /// All ways in which the totals may divide, by what is published of them.
    private static Map<String, List<int[]>> worlds(int[] totals) {
        Map<String, List<int[]>> worlds = new HashMap<>();
        for (int first = 0; first <= totals[0]; first++) {
            for (int second = 0; second <= totals[1]; second++) {
                for (int third = 0; third <= totals[2]; third++) {
                    int[] world = {first, second, third};
                    worlds.computeIfAbsent(published(totals, world), _ -> new ArrayList<>())
                            .add(world);
                }
            }
        }
        return worlds;
    }

    /// Each hour, each sum of hours, both as they came and calibrated direction by direction.
    private static String published(int[] totals, int[] inward) {
        List<Figure> hours = IntStream.range(0, totals.length)
                .mapToObj(hour -> figure(hour, totals[hour], inward[hour]))
                .toList();
        return IntStream.range(1, 1 << totals.length)
                .mapToObj(choice -> IntStream.range(0, totals.length)
                        .filter(hour -> (choice >> hour & 1) == 1)
                        .mapToObj(hours::get)
                        .toList())
                .flatMap(some -> Stream.of(
                        Balance.of(some, Factors.NONE),
                        Balance.of(some, DIVIDED),
                        some.stream().map(DIVIDED::of).map(Figure::value).toList()))
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private static Figure figure(int hour, int total, int inward) {
        return new Figure(
                NOON.plusSeconds(hour * 3600L),
                (double) total,
                THREE.of(HourState.MEASURED, true, new Counted(inward, total - inward)),
                HourState.MEASURED);
    }

    private static Division parts(double total, Double... counts) {
        return FIVE.of(HourState.MEASURED, true, false, total, List.of(counts));
    }

    @Test
    void allPartsAreShownOrNone() {
        assertThat(parts(30, 10.0, 15.0, 5.0)).isEqualTo(new Division.Counted(List.of(10.0, 15.0, 5.0)));
        assertThat(parts(30, 10.0, 16.0, 4.0)).isEqualTo(Unsaid.SMALL);
        assertThat(parts(0, 0.0, 0.0, 0.0)).isEqualTo(new Division.Counted(List.of(0.0, 0.0, 0.0)));
        assertThat(parts(30, 15.0, 15.0, 0.0)).as("nobody is a small number").isEqualTo(Unsaid.SMALL);
        assertThat(FIVE.of(HourState.MEASURED, true, true, 30, List.of(15.0, 15.0)))
                .isEqualTo(Unsaid.CORRECTED);
        assertThat(FIVE.of(HourState.MEASURED, true, false, 30, null)).isEqualTo(Unsaid.UNKNOWN);
        assertThat(FIVE.of(HourState.ESTIMATED, true, false, 30, List.of(15.0, 15.0)))
                .isEqualTo(Unsaid.UNKNOWN);
    }

    @Test
    void whatIsLeftOfTheSumIsAPart() {
        assertThat(parts(30, 10.0, 15.0)).isEqualTo(new Division.Counted(List.of(10.0, 15.0)));
        assertThat(parts(29, 10.0, 15.0)).isEqualTo(Unsaid.SMALL);
        assertThat(parts(24, 10.0, 15.0))
                .as("one would be known as counted twice")
                .isEqualTo(Unsaid.SMALL);
        assertThat(parts(20, 10.0, 15.0)).isEqualTo(new Division.Counted(List.of(10.0, 15.0)));
        assertThat(parts(10, 10.0)).as("nobody was of another kind").isEqualTo(Unsaid.SMALL);
    }

    /// Two directions, three zones and two classes of an hour are published side by side with its total: of all ways in
    /// which it may divide, each number that is not shown must stay open between as many as the rule promises.
    @Test
    void divisionsSideBySideTellNothingOfEachOther() {
        for (int total = 1; total < 15; total++) {
            Map<String, List<List<Double>>> alike = new HashMap<>();
            for (List<Double> ways : divisions(total, 2)) {
                for (List<Double> zones : divisions(total, 3)) {
                    String published = THREE.of(HourState.MEASURED, true, new Counted(ways.get(0), ways.get(1)))
                            + " "
                            + THREE.of(HourState.MEASURED, true, false, total, zones);
                    alike.computeIfAbsent(published, _ -> new ArrayList<>())
                            .add(Stream.concat(ways.stream(), zones.stream()).toList());
                }
            }
            for (Map.Entry<String, List<List<Double>>> world : alike.entrySet()) {
                boolean areZonesShown = world.getKey().contains("counts=");
                boolean areWaysShown = world.getKey().contains("inward=");
                for (int number = 0; number < 5; number++) {
                    int at = number;
                    long possible = world.getValue().stream()
                            .map(one -> one.get(at))
                            .distinct()
                            .count();
                    boolean isShown = number < 2 ? areWaysShown : areZonesShown;
                    if (isShown) {
                        assertThat(possible).isEqualTo(1);
                    } else {
                        assertThat(possible)
                                .as("%d of %d, %s", number, total, world.getKey())
                                .isGreaterThanOrEqualTo(Math.min(total + 1, 2 * THREE.smallest()));
                    }
                }
            }
        }
    }

    private static List<List<Double>> divisions(int total, int number) {
        if (number == 1) {
            return List.of(List.of((double) total));
        }
        return IntStream.rangeClosed(0, total)
                .boxed()
                .flatMap(first -> divisions(total - first, number - 1).stream()
                        .map(rest -> Stream.concat(Stream.of((double) first), rest.stream())
                                .toList()))
                .toList();
    }

    @Test
    void sumsOfDirectionsOverAnyPartitionAgree() {
        var random = new SplittableRandom(9);
        List<Figure> hours = IntStream.range(0, 500)
                .mapToObj(hour -> {
                    int total = random.nextInt(40);
                    return figure(hour, total, random.nextInt(total + 1));
                })
                .toList();
        Balance whole = Balance.of(hours, Factors.NONE);
        assertThat(whole.small()).isGreaterThan(50);
        for (int round = 0; round < 50; round++) {
            double inward = 0;
            double outward = 0;
            int small = 0;
            for (int from = 0; from < hours.size(); ) {
                int to = Math.min(hours.size(), from + 1 + random.nextInt(60));
                Balance part = Balance.of(hours.subList(from, to), Factors.NONE);
                inward += part.inward();
                outward += part.outward();
                small += part.small();
                from = to;
            }
            assertThat(List.of(inward, outward, (double) small))
                    .isEqualTo(List.of(whole.inward(), whole.outward(), (double) whole.small()));
        }
    }

    @Test
    void theCalibratedTotalOfAHiddenHourIsThatOfTheMiddle() {
        assertThat(DIVIDED.of(figure(0, 100, 1)).value())
                .isEqualTo(DIVIDED.of(figure(0, 100, 99)).value())
                .isEqualTo(105.0);
        assertThat(DIVIDED.of(figure(0, 100, 60)).value()).isEqualTo(60 * 1.2 + 40 * 0.9);
    }
}
