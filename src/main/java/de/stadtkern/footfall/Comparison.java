package de.stadtkern.footfall;

import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.footfall.ValidHours.Hours;
import de.stadtkern.page.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Places of one time, and of an earlier one day by like day, in the hours that are valid everywhere: at each place and
/// in both times. An hour that is missing anywhere counts nowhere, so that no difference comes from a gap.
final class Comparison {

    /// Below it percentages would be of too few hours, or of too few passers-by.
    private static final int FEWEST_HOURS = 12;

    private static final int HOURS = 24;
    private static final double FEWEST_SHARE = 0.5;
    private static final double FEWEST_COUNTED = 100;

    /// What may be said.
    enum Verdict {
        /// How one time differs from the other.
        CHANGE,
        /// Only one time was asked for.
        ALONE,
        /// No hour is common to all.
        NOTHING,
        /// Common hours are less than half of those asked for, or fewer than twelve.
        FEW_HOURS,
        /// Fewer than a hundred passed in the earlier time.
        FEW_COUNTED,
        /// A place counts otherwise since.
        BROKEN
    }

    /// What is compared.
    ///
    /// @param like  days of the earlier time; null for none
    /// @param shops only days on which shops are open
    /// @param from  the first hour of each day
    /// @param to    the hour with which it ends, up to 24
    record Wanted(Days days, @Nullable LikeDays like, boolean shops, int from, int to) {

        /// Days that were asked for and, unless there is no earlier time, what they are compared with.
        List<Pair> pairs() {
            List<Pair> pairs = new ArrayList<>();
            for (LocalDate day = days.first(); !day.isAfter(days.last()); day = day.plusDays(1)) {
                if (!shops || LikeDays.isShopDay(day)) {
                    pairs.add(new Pair(day, like == null ? Optional.of(day) : like.of(day)));
                }
            }
            return pairs;
        }

        /// Those of both times, oldest first.
        SortedSet<LocalDate> daysOfBoth() {
            SortedSet<LocalDate> both = new TreeSet<>();
            for (Pair pair : pairs()) {
                pair.like().ifPresent(like -> {
                    both.add(pair.day());
                    both.add(like);
                });
            }
            return both;
        }

        /// The days of which not everything is known, each with its like, as stretches, oldest first.
        List<Stretch> stretches(Set<LocalDate> known, ZoneId zone) {
            SortedSet<LocalDate> unknown = new TreeSet<>();
            for (Pair pair : pairs()) {
                LocalDate like = pair.like().orElse(null);
                if (like != null && !(known.contains(pair.day()) && known.contains(like))) {
                    unknown.add(pair.day());
                    unknown.add(like);
                }
            }
            List<Stretch> stretches = new ArrayList<>();
            for (LocalDate day : unknown) {
                Stretch next = FootfallPage.stretch(day, zone);
                boolean goesOn =
                        !stretches.isEmpty() && stretches.getLast().to().equals(next.from());
                stretches.add(goesOn ? new Stretch(stretches.removeLast().from(), next.to()) : next);
            }
            return stretches;
        }

        boolean isOfWholeDays() {
            return from == 0 && to == 24;
        }

        /// From the first hour of the earlier time to the last of the later one.
        Stretch stretch(ZoneId zone) {
            LocalDate first = pairs().stream()
                    .flatMap(pair -> pair.like().stream())
                    .filter(day -> day.isBefore(days.first()))
                    .min(LocalDate::compareTo)
                    .orElse(days.first());
            return new Stretch(first.atStartOfDay(zone).toInstant(), days.to(zone));
        }
    }

    record Pair(LocalDate day, Optional<LocalDate> like) {}

    /// An hour that all have.
    ///
    /// @param now    what was counted, one for each place
    /// @param before the same in the earlier time; zeros where there is none
    record Moment(Instant start, LocalDate day, double[] now, double[] before) {

        double sumNow() {
            return Arrays.stream(now).sum();
        }

        double sumBefore() {
            return Arrays.stream(before).sum();
        }
    }

    /// @param asked  hours of it that are over
    /// @param common of these
    /// @param now    sums of the common hours, one for each place
    record Day(LocalDate day, LocalDate like, int asked, int common, double[] now, double[] before) {

        double sumNow() {
            return Arrays.stream(now).sum();
        }

        double sumBefore() {
            return Arrays.stream(before).sum();
        }
    }

    private final boolean isAlone;
    private final int places;
    private final List<Day> days = new ArrayList<>();
    private final List<LocalDate> alone = new ArrayList<>();
    private final int[] valid;
    private final List<Moment> moments = new ArrayList<>();
    private int asked;
    private int common;
    private int estimated;

    private Comparison(int places, boolean isAlone) {
        this.places = places;
        this.isAlone = isAlone;
        this.valid = new int[places];
    }

    /// @param hours one for each place, over [Wanted#stretch]
    /// @param now   hours that are not over are not asked for
    static Comparison of(Wanted wanted, List<Hours> hours, ZoneId zone, Instant now) {
        return of(wanted, Map.of(), hours, zone, now);
    }

    /// The same where of some days it is known that each of their 24 hours was counted at each place: of these, sums
    /// do,
    /// and their hours are not looked at; nor are they among the [#moments].
    ///
    /// @param whole sums of such days, one for each place
    static Comparison of(Wanted wanted, Map<LocalDate, double[]> whole, List<Hours> hours, ZoneId zone, Instant now) {
        var comparison = new Comparison(hours.size(), wanted.like() == null);
        Stretch stretch = wanted.stretch(zone);
        var clock = LocalHours.ofDays(
                zone, LocalDate.ofInstant(stretch.from(), zone), wanted.days().last());
        for (Pair pair : wanted.pairs()) {
            if (pair.like().isEmpty()) {
                comparison.alone.add(pair.day());
                continue;
            }
            double[] day = whole.get(pair.day());
            double[] like = whole.get(pair.like().get());
            if (day != null && like != null) {
                comparison.wholeDay(pair.day(), pair.like().get(), day, like);
            } else {
                comparison.day(wanted, clock, pair.day(), pair.like().get(), hours, now);
            }
        }
        return comparison;
    }

    private void wholeDay(LocalDate day, LocalDate like, double[] now, double[] before) {
        asked += HOURS;
        common += HOURS;
        Arrays.setAll(valid, place -> valid[place] + HOURS);
        days.add(new Day(day, like, HOURS, HOURS, now, isAlone ? new double[places] : before));
    }

    private void day(Wanted wanted, LocalHours clock, LocalDate day, LocalDate like, List<Hours> hours, Instant now) {
        int askedBefore = asked;
        int commonBefore = moments.size();
        for (int hour = wanted.from(); hour < wanted.to(); hour++) {
            int at = clock.at(clock.dayOf(day), hour);
            int then = clock.at(clock.dayOf(like), hour);
            if (at >= 0
                    && then >= 0
                    && !clock.start(at).plusSeconds(3600).isAfter(now)
                    && isOpen(clock.start(at), hours, clock.zone())
                    && isOpen(clock.start(then), hours, clock.zone())) {
                asked++;
                hour(day, clock.start(at), clock.start(then), hours);
            }
        }
        if (asked > askedBefore) {
            List<Moment> own = moments.subList(commonBefore, moments.size());
            days.add(new Day(
                    day, like, asked - askedBefore, own.size(), sums(own, Moment::now), sums(own, Moment::before)));
        }
    }

    /// Where one place is closed, as it always is at that time, there is nothing to compare and nothing missing.
    private static boolean isOpen(Instant hour, List<Hours> hours, ZoneId zone) {
        return hours.stream().noneMatch(place -> place.opening().isClosed(hour, zone));
    }

    private double[] sums(List<Moment> own, Function<Moment, double[]> part) {
        double[] sums = new double[places];
        own.forEach(moment -> Arrays.setAll(sums, place -> sums[place] + part.apply(moment)[place]));
        return sums;
    }

    private void hour(LocalDate day, Instant start, Instant like, List<Hours> hours) {
        double[] now = new double[places];
        double[] before = new double[places];
        boolean isCommon = true;
        boolean isEstimated = false;
        for (int place = 0; place < places; place++) {
            now[place] = hours.get(place).value(start);
            before[place] = isAlone ? 0 : hours.get(place).value(like);
            boolean isThere = !Double.isNaN(now[place] + before[place]);
            isEstimated |= hours.get(place).isEstimated(start)
                    || !isAlone && hours.get(place).isEstimated(like);
            valid[place] += isThere ? 1 : 0;
            isCommon &= isThere;
        }
        if (isCommon) {
            estimated += isEstimated ? 1 : 0;
            common++;
            moments.add(new Moment(start, day, now, before));
        }
    }

    /// The common hours, oldest first, but for those of days of which only the sum was looked at.
    List<Moment> moments() {
        return moments;
    }

    /// Those that were asked for and have their like, oldest first.
    List<Day> days() {
        return days;
    }

    /// Those that were asked for and have no like.
    List<LocalDate> alone() {
        return alone;
    }

    /// How many hours were asked for; those that are to come are not.
    int asked() {
        return asked;
    }

    int common() {
        return common;
    }

    /// In how many common hours a figure is an estimate.
    int estimated() {
        return estimated;
    }

    /// In how many hours a place could be compared with itself.
    int valid(int place) {
        return valid[place];
    }

    double now(int place) {
        return days.stream().mapToDouble(day -> day.now()[place]).sum();
    }

    double before(int place) {
        return days.stream().mapToDouble(day -> day.before()[place]).sum();
    }

    double now() {
        return days.stream().mapToDouble(Day::sumNow).sum();
    }

    double before() {
        return days.stream().mapToDouble(Day::sumBefore).sum();
    }

    /// Days in which only a part of the asked hours could be compared.
    long partial() {
        return days.stream()
                .filter(day -> day.common() > 0 && day.common() < day.asked())
                .count();
    }

    /// @param isBroken whether a place counts otherwise since some time between the first and the last hour
    Verdict verdict(boolean isBroken) {
        if (common() == 0) {
            return Verdict.NOTHING;
        }
        if (isAlone) {
            return Verdict.ALONE;
        }
        if (common() < FEWEST_HOURS || common() < FEWEST_SHARE * asked) {
            return Verdict.FEW_HOURS;
        }
        if (isBroken) {
            return Verdict.BROKEN;
        }
        return before() < FEWEST_COUNTED ? Verdict.FEW_COUNTED : Verdict.CHANGE;
    }

    /// Whether a percentage may be said of a place alone.
    boolean tells(int place) {
        return before(place) >= FEWEST_COUNTED;
    }
}
