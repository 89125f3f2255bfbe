package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.page.StackChart;
import de.stadtkern.page.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the parts of a counter are called, and what is said and drawn of their sums.
///
/// @param names   of the parts, in their order
/// @param hasRest whether some passed in none of them
record PartWords(Wording wording, List<String> names, Role role, boolean hasRest) {

    PartWords {
        names = List.copyOf(names);
    }

    String say(String key, Object... values) {
        return wording.say(key, values);
    }

    private String number(double count) {
        return wording.number(Math.rint(count));
    }

    private String percent(double share) {
        return Double.isNaN(share) ? "–" : wording.number(Math.rint(100 * share)) + "\u00a0%";
    }

    private List<String> allNames() {
        List<String> all = new ArrayList<>(names);
        if (hasRest) {
            all.add(say("footfall.parts.rest"));
        }
        return all;
    }

    /// With the rest, if there is one.
    private List<Double> counts(PartSums sums) {
        List<Double> counts = new ArrayList<>(sums.counts());
        if (hasRest) {
            counts.add(Math.max(0, sums.rest()));
        }
        return counts;
    }

    String sentence(PartSums all) {
        List<String> names = allNames();
        List<Double> counts = counts(all);
        return IntStream.range(0, names.size())
                        .mapToObj(part -> say(
                                "footfall.parts.share",
                                names.get(part),
                                number(counts.get(part)),
                                percent(counts.get(part) / all.total())))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /// Of how many hours and how many people all this is.
    String hours(PartSums all) {
        return say(
                "footfall.parts.hours",
                all.shown(),
                all.counted(),
                percent(all.passed() == 0 ? Double.NaN : all.total() / all.passed()),
                all.small(),
                all.held(),
                all.unknown());
    }

    /// Whether the parts add up; empty where they do.
    String together(PartSums all) {
        double rest = Math.rint(all.rest());
        return rest == 0
                ? ""
                : say(
                        rest > 0 ? "footfall.parts.fewer" : "footfall.parts.more",
                        number(all.total() - all.rest()),
                        number(all.total()));
    }

    String title(String by) {
        return say("footfall.parts.%s.by-%s".formatted(role.key(), by));
    }

    String extremes(int part, PartsPage.Slot most, PartsPage.Slot least) {
        return most.sums().share(part) == least.sums().share(part)
                ? say("footfall.parts.even", names.get(part))
                : say(
                        "footfall.parts.extremes",
                        names.get(part),
                        most.name(),
                        percent(most.sums().share(part)),
                        least.name(),
                        percent(least.sums().share(part)));
    }

    /// Zones as the mean of an hour or the sum of a day, classes as shares.
    StackChart chart(List<PartsPage.Slot> slots, String by) {
        List<String> heads = new ArrayList<>();
        heads.add(say(by.equals("hour") ? "footfall.balance.hour" : "footfall.days.day"));
        heads.addAll(allNames());
        allNames().forEach(name -> heads.add(say("footfall.balance.share", name)));
        heads.add(say("footfall.balance.shown"));
        return StackChart.of(
                wording,
                role == Role.CLASS ? "\u00a0%" : "",
                allNames(),
                heads,
                slots.stream().map(slot -> slot(slot, by.equals("hour"))).toList());
    }

    /// @param isMean of the hours that are shown, else their sum
    private StackChart.Slot slot(PartsPage.Slot slot, boolean isMean) {
        PartSums sums = slot.sums();
        List<Double> counts = counts(sums);
        double by = isMean ? sums.shown() : 1;
        List<String> cells = new ArrayList<>();
        cells.add(slot.name());
        counts.forEach(count -> cells.add(sums.shown() == 0 ? "–" : number(count / by)));
        counts.forEach(count -> cells.add(sums.total() == 0 ? "–" : percent(count / sums.total())));
        cells.add(say("footfall.balance.of", sums.shown(), sums.counted()));
        return new StackChart.Slot(slot.tick(), values(sums, counts, by), cells);
    }

    private List<Double> values(PartSums sums, List<Double> counts, double by) {
        if (sums.shown() == 0 || role == Role.CLASS && sums.total() == 0) {
            return List.of();
        }
        double divisor = role == Role.CLASS ? sums.total() / 100 : by;
        return counts.stream().map(count -> count / divisor).toList();
    }
}
