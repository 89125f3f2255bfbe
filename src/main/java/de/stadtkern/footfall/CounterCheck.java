package de.stadtkern.footfall;

import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether a wish makes a counter; what does not is said at its field.
final class CounterCheck {

    private static final int LONGEST = 200;
    private static final int LONGEST_TEXT = 4_000;

    /// Pages beside those of counters.
    private static final Set<String> RESERVED = Set.of("compare", "index", "effect", "quality", "month");

    private CounterCheck() {}

    /// @param taken Datastreams of other counters, and their names
    static void check(Counter.Wish wish, MeasuringPoint point, Map<Long, String> taken, Flaws flaws) {
        if (wish.name().isBlank() || wish.name().length() > LONGEST) {
            flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
        }
        if (!wish.slug().matches("[a-z0-9]+(-[a-z0-9]+)*") || wish.slug().length() > 60) {
            flaws.add(Problem.field(
                    "slug", "slug-invalid", "An address has small letters, digits and hyphens, at most 60."));
        }
        if (RESERVED.contains(wish.slug())) {
            flaws.add(Problem.field("slug", "slug-reserved", "A page of Stadtkern has this address."));
        }
        brief("section", wish.section(), flaws);
        brief("technique", wish.technique(), flaws);
        brief("mounting", wish.mounting(), flaws);
        brief("responsible", wish.responsible(), flaws);
        brief("contact", wish.contact(), flaws);
        if (wish.place().length() > LONGEST_TEXT) {
            flaws.add(Problem.field("place", "text-long", "At most 4000 characters."));
        }
        wish.texts().forEach((key, text) -> {
            if (text.length() > LONGEST_TEXT) {
                flaws.add(Problem.field(key.replace('.', '-'), "text-long", "At most 4000 characters."));
            }
        });
        channels(wish, point, taken, flaws);
    }

    private static void brief(String field, String text, Flaws flaws) {
        if (text.length() > LONGEST) {
            flaws.add(Problem.field(field, "words-long", "At most 200 characters."));
        }
    }

    private static void channels(Counter.Wish wish, MeasuringPoint point, Map<Long, String> taken, Flaws flaws) {
        Map<Long, MeasuringPoint.Series> series = point.series().stream()
                .collect(Collectors.toMap(MeasuringPoint.Series::datastreamId, Function.identity()));
        Set<Long> seen = new HashSet<>();
        for (Counter.Channel channel : wish.channels()) {
            String field = "role-" + channel.datastreamId();
            MeasuringPoint.Series one = series.get(channel.datastreamId());
            if (one == null || !seen.add(channel.datastreamId())) {
                flaws.add(Problem.field("thing", "channel-foreign", "A Datastream belongs to another Thing."));
                continue;
            }
            if (one.aggregation() == Aggregation.MEAN) {
                flaws.add(Problem.field(field, "channel-mean", "These values are averaged, not counted."));
            }
            if (taken.containsKey(channel.datastreamId())) {
                flaws.add(Problem.field(
                        field,
                        "channel-taken",
                        "This Datastream belongs to another counter.",
                        Map.of("other", taken.get(channel.datastreamId()))));
            }
            if (channel.name().length() > LONGEST) {
                flaws.add(Problem.field("name-" + channel.datastreamId(), "words-long", "At most 200 characters."));
            }
        }
        if (wish.channels().isEmpty()) {
            String field = point.series().isEmpty()
                    ? "name"
                    : "role-" + point.series().getFirst().datastreamId();
            flaws.add(Problem.field(field, "channels-none", "A counter needs a Datastream that counts."));
        }
    }
}
