package de.stadtkern.footfall;

import de.stadtkern.identity.Version;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The places whose counts make a town's index, and the months whose mean is its hundred.
///
/// @param from first month of the base
/// @param to   last month of the base
record Basket(List<Long> counters, YearMonth from, YearMonth to) {

    Basket {
        counters = counters.stream().sorted().distinct().toList();
    }

    boolean isBase(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(to);
    }

    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("counters", counters.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        tree.put("from", from.toString());
        tree.put("to", to.toString());
        return tree;
    }

    String version() {
        return Version.of(tree());
    }
}
