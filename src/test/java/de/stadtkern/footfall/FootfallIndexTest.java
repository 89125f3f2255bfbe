package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.footfall.FootfallIndex.Break;
import de.stadtkern.footfall.FootfallIndex.Weekdays;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The index of places that are chosen once.
class FootfallIndexTest {

    private static final YearMonth JANUARY = YearMonth.parse("2025-01");

    private final List<Weekdays> counts = new ArrayList<>();
    private final List<Break> breaks = new ArrayList<>();
    private int basket;

    @Test
    void theBaseIsAHundredAndAMonthWithATenthMoreIsATenthMore() {
        place(1, 100, 110, 121);
        assertThat(index("2025-01", "2025-01")).isEqualTo("100.0 110.0 121.0");
        assertThat(index("2025-01", "2025-03")).isEqualTo("90.6 99.7 109.7");
    }

    @Test
    void aPlaceThatDropsOutMovesNothing() {
        place(1, 100, 100, 100, 100);
        place(2, 5000, 5000, Double.NaN, Double.NaN);
        assertThat(index("2025-01", "2025-01")).isEqualTo("100.0 100.0 100.0 100.0");
    }

    @Test
    void aPlaceThatComesLaterMovesNothingUntilItChanges() {
        place(1, 100, 100, 100, 100);
        place(2, Double.NaN, 300, 300, 600);
        assertThat(index("2025-01", "2025-01")).isEqualTo("100.0 100.0 100.0 175.0");
    }

    @Test
    void theOrderInWhichPlacesFailDoesNotMatterWhenAllMoveAlike() {
        for (int seed = 0; seed < 50; seed++) {
            counts.clear();
            basket = 0;
            var random = new SplittableRandom(seed);
            double[] town = {100, 120, 90, 130, 70, 100, 140, 100};
            for (int place = 1; place <= 5; place++) {
                double[] own = town.clone();
                int failing = place <= 2 ? random.nextInt(1, own.length) : 0;
                for (int month = 0; month < own.length; month++) {
                    own[month] = failing == month && failing > 0 ? Double.NaN : own[month] * place * place;
                }
                place(place, own);
            }
            assertThat(index("2025-01", "2025-01")).isEqualTo("100.0 120.0 90.0 130.0 70.0 100.0 140.0 100.0");
        }
    }

    @Test
    void lessThanHalfOfThePlacesSayNothing() {
        place(1, 100, 100, 100);
        place(2, 100, Double.NaN, 120);
        place(3, 100, Double.NaN, 140);
        assertThat(index("2025-01", "2025-01"))
                .as("March is compared with January")
                .isEqualTo("100.0 – 120.0");
    }

    @Test
    void anotherWayOfCountingIsNoChange() {
        place(1, 100, 100, 100, 110);
        place(2, 100, 150, 200, 220);
        breaks.add(new Break(2, YearMonth.parse("2025-02")));
        assertThat(index("2025-01", "2025-01")).isEqualTo("100.0 100.0 100.0 110.0");
    }

    @Test
    void aMonthWithAFifthSaturdayIsNotBusier() {
        basket = 1;
        for (int weekday = 1; weekday <= 7; weekday++) {
            double day = weekday == 6 ? 900 : 100;
            counts.add(new Weekdays(1, JANUARY, weekday, 4, 4 * day));
            counts.add(new Weekdays(
                    1, JANUARY.plusMonths(1), weekday, weekday == 6 ? 5 : 4, (weekday == 6 ? 5 : 4) * day));
        }
        assertThat(index("2025-01", "2025-01")).isEqualTo("100.0 100.0");
    }

    @Test
    void whereTheBaseIsUnknownTheFirstMonthIsTheHundred() {
        place(1, 50, 100);
        assertThat(index("2020-01", "2020-12")).isEqualTo("100.0 200.0");
        assertThat(built().base(month -> month.getYear() == 2020)).isEmpty();
        assertThat(built().base(month -> true).orElseThrow()).isEqualTo(1.5, Offset.offset(1e-9));
    }

    @Test
    void withoutCountsThereIsNoIndex() {
        basket = 3;
        assertThat(index("2025-01", "2025-12")).isEmpty();
    }

    /// Levels from January on, NaN where nothing was counted.
    private void place(long counter, double... levels) {
        basket++;
        for (int month = 0; month < levels.length; month++) {
            for (int weekday = 1; weekday <= 7 && !Double.isNaN(levels[month]); weekday++) {
                counts.add(new Weekdays(counter, JANUARY.plusMonths(month), weekday, 4, 4 * levels[month]));
            }
        }
    }

    private FootfallIndex built() {
        return new FootfallIndex(basket, counts, breaks);
    }

    private String index(String from, String to) {
        var chosen = new Basket(List.of(1L), YearMonth.parse(from), YearMonth.parse(to));
        return built().points(chosen::isBase).stream()
                .map(point -> point.isKnown() ? String.valueOf(Math.rint(10 * point.index()) / 10) : "–")
                .collect(Collectors.joining(" "));
    }
}
