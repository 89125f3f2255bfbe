package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.stadtkern.footfall.Calibration.Edition;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.sensorthings.MeasuringPoints.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Factors from counts by hand, and what they make of an hour.
class FactorTest {

    private static final Instant TEN = Instant.parse("2026-05-05T10:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static String print(Factor factor) {
        return "%.3f (%.3f–%.3f)".formatted(factor.value(), factor.low(), factor.high());
    }

    @Test
    void theRatioIsThatOfTheSumsSoLongCountsWeighMore() {
        assertThat(print(Factor.of(List.of(new Factor.Pair(400, 440))))).isEqualTo("1.100 (0.961–1.260)");
        assertThat(print(Factor.of(List.of(new Factor.Pair(1000, 1100), new Factor.Pair(10, 20)))))
                .startsWith("1.109");
    }

    @Test
    void countsThatContradictEachOtherMakeItWide() {
        List<Factor.Pair> agree =
                List.of(new Factor.Pair(2000, 2200), new Factor.Pair(1000, 1100), new Factor.Pair(3000, 3300));
        List<Factor.Pair> contradict =
                List.of(new Factor.Pair(2000, 2800), new Factor.Pair(1000, 700), new Factor.Pair(3000, 3100));
        assertThat(print(Factor.of(agree))).isEqualTo("1.100 (1.062–1.139)");
        assertThat(print(Factor.of(contradict))).isEqualTo("1.100 (0.605–1.999)");
    }

    /// Counters that miss some, counted by hand beside them: the interval holds the truth as often as it says.
    @Test
    void nineteenOfTwentyIntervalsHoldTheTruth() {
        var random = new SplittableRandom(11);
        int held = 0;
        int rounds = 2_000;
        for (int round = 0; round < rounds; round++) {
            List<Factor.Pair> pairs = new ArrayList<>();
            for (int count = 0; count < 1 + round % 6; count++) {
                int passed = 150 + random.nextInt(600);
                int seen = 0;
                for (int each = 0; each < passed; each++) {
                    seen += random.nextDouble() < 0.9 ? 1 : 0;
                }
                pairs.add(new Factor.Pair(seen, passed));
            }
            Factor factor = Factor.of(pairs);
            held += factor.low() <= 1 / 0.9 && 1 / 0.9 <= factor.high() ? 1 : 0;
        }
        assertThat((double) held / rounds).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aValueThatReachesBeyondTheCountGivesItsShareAndMuchOfItMakesThemIncomparable() {
        List<Value> quarters = new ArrayList<>();
        for (int at = 0; at < 8; at++) {
            quarters.add(new Value(TEN.plus(QUARTER.multipliedBy(at)), null, 60));
        }
        assertThat(said(quarters, TEN, TEN.plus(Duration.ofHours(1)))).isEqualTo("240 cut 0.00");
        assertThat(said(quarters, TEN.plusSeconds(300), TEN.plusSeconds(3900))).isEqualTo("240 cut 0.25");
        assertThat(said(quarters, TEN.plusSeconds(300), TEN.plusSeconds(1200))).isEqualTo("incomparable");
        assertThat(said(quarters, TEN.minusSeconds(900), TEN.plusSeconds(2700)))
                .as("a quarter without a value")
                .isEqualTo("incomparable");
    }

    private static String said(List<Value> values, Instant from, Instant to) {
        return Deviation.of(List.of(Deviation.Part.of(values, QUARTER, from, to)), 1, from, to)
                .map(one -> "%.0f cut %.2f".formatted(one.counted(), one.cut()))
                .orElse("incomparable");
    }

    @Test
    void anHourIsTheSumOfItsCalibratedDirections() {
        Factors factors = new Factors(List.of(
                calibration(Role.IN, new Factor(1.2, 1.1, 1.3), TEN, null),
                calibration(Role.OUT, new Factor(0.9, 0.8, 1.0), TEN, null)));
        assertThat(print(factors.of(hour(TEN, HourState.MEASURED, 100.0, 60.0, null, null))))
                .as("60 × 1.2 + 40 × 0.9")
                .isEqualTo("108 (98–118)");
        assertThat(print(factors.of(hour(TEN, HourState.ESTIMATED, 100.0, null, 90.0, 110.0))))
                .as("nobody knows how an estimate divides")
                .isEqualTo("105 (78–132)");
        assertThat(print(factors.of(hour(TEN.minusSeconds(3600), HourState.MEASURED, 100.0, 60.0, null, null))))
                .as("before it began")
                .isEqualTo("100 (–)");
    }

    @Test
    void anIntervalGrowsByThatOfTheFactor() {
        Factors factors = new Factors(List.of(calibration(Role.TOTAL, new Factor(1.1, 1.0, 1.2), TEN, null)));
        assertThat(print(factors.of(hour(TEN, HourState.MEASURED, 100.0, null, null, null))))
                .isEqualTo("110 (100–120)");
        assertThat(print(factors.of(hour(TEN, HourState.ESTIMATED, 100.0, null, 80.0, 120.0))))
                .as("22 and 10 are 24 together")
                .isEqualTo("110 (86–134)");
    }

    @Test
    void randomPeriodsOverlapExactlyWhereAnHourOfADirectionHasTwoFactors() {
        var random = new SplittableRandom(5);
        Role[] roles = {Role.TOTAL, Role.IN, Role.OUT};
        int overlaps = 0;
        for (int round = 0; round < 5_000; round++) {
            Calibration one = random(random, roles);
            Calibration other = random(random, roles);
            boolean twice = false;
            for (int hour = 0; hour < 60 && !twice; hour++) {
                Instant time = TEN.plusSeconds(hour * 3600L);
                boolean sameDirection =
                        one.role() == other.role() || one.role() == Role.TOTAL || other.role() == Role.TOTAL;
                twice = sameDirection && one.holds(time) && other.holds(time);
            }
            assertThat(one.overlaps(other)).as(one + " and " + other).isEqualTo(twice);
            assertThat(other.overlaps(one)).isEqualTo(twice);
            overlaps += twice ? 1 : 0;
        }
        assertThat(overlaps).isBetween(500, 4_500);
    }

    static Calibration random(SplittableRandom random, Role... roles) {
        int from = random.nextInt(40);
        Instant start = TEN.plusSeconds(from * 3600L);
        Instant end = random.nextInt(4) == 0 ? null : start.plusSeconds((1 + random.nextInt(15)) * 3600L);
        return calibration(roles[random.nextInt(roles.length)], Factor.ONE, start, end);
    }

    private static Calibration calibration(Role role, Factor factor, Instant from, @Nullable Instant to) {
        return new Calibration(Edition.NONE, 1, role, factor, from, to, List.of(), "x");
    }

    private static CountedHour hour(
            Instant hour,
            HourState state,
            @Nullable Double value,
            @Nullable Double inward,
            @Nullable Double low,
            @Nullable Double high) {
        return new CountedHour(
                hour, value, HourStore.directions(value, inward), null, value, low, high, state, 1, 1, hour, hour);
    }

    private static String print(CountedHour hour) {
        return "%.0f (%.0f–%.0f)".formatted(hour.value(), hour.low(), hour.high());
    }

    @Test
    void aTypedFactorIsAsWideAsItsPercentSay() {
        assertThat(print(Factor.typed(1.04, 5))).isEqualTo("1.040 (0.988–1.092)");
        assertThat(Factor.typed(1.04, 5).percent()).isEqualTo(5, within(1e-9));
    }
}
