package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Channel;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.page.Slug;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a Thing would be as a counter, guessed from the names and units of its Datastreams; somebody looks at it before
/// it is.
final class CounterProposal {

    private static final Pattern IN =
            Pattern.compile("\\b(in|ein|rein|hinein|herein|einwärts|incoming|entering|ltr|richtung 1)\\b");
    private static final Pattern OUT =
            Pattern.compile("\\b(out|aus|raus|hinaus|heraus|auswärts|outgoing|leaving|rtl|richtung 2)\\b");
    private static final Pattern ZONE = Pattern.compile("\\b(zone|seite|spur|lane|side)\\b");
    private static final Pattern CLASS =
            Pattern.compile("\\b(kinder?|erwachsene|child(ren)?|adults?|hunde?|dogs?|kinderwagen|prams?)\\b");

    private CounterProposal() {}

    static Counter.Wish of(MeasuringPoint point, ZoneId zone) {
        List<Channel> channels = new ArrayList<>();
        point.series()
                .forEach(series -> role(series)
                        .ifPresent(role ->
                                channels.add(new Channel(series.datastreamId(), role, direction(series, role)))));
        return new Counter.Wish(
                slug(point.name()),
                point.thingId(),
                point.name(),
                point.description(),
                "",
                "",
                "",
                since(point, zone),
                "",
                "",
                Map.of(),
                point.series().stream()
                        .anyMatch(series ->
                                Boolean.TRUE.equals(series.properties().get("simulated"))),
                true,
                false,
                channels);
    }

    private static java.time.@org.jspecify.annotations.Nullable LocalDate since(MeasuringPoint point, ZoneId zone) {
        return point.series().stream()
                .map(MeasuringPoint.Series::earliest)
                .filter(java.util.Objects::nonNull)
                .min(java.time.Instant::compareTo)
                .map(first -> LocalDate.ofInstant(first, zone))
                .orElse(null);
    }

    static String slug(String name) {
        String words = Slug.of(0, name).words();
        return words.isEmpty() ? "zaehlstelle" : words;
    }

    /// Only what is summed over time is counted.
    static Optional<Role> role(MeasuringPoint.Series series) {
        if (series.aggregation() != Aggregation.SUM) {
            return Optional.empty();
        }
        String words = (series.name() + " " + series.property())
                .toLowerCase(Locale.GERMAN)
                .replaceAll("[_\\-]", " ");
        if (CLASS.matcher(words).find()) {
            return Optional.of(Role.CLASS);
        }
        if (ZONE.matcher(words).find()) {
            return Optional.of(Role.ZONE);
        }
        if (IN.matcher(words).find()) {
            return Optional.of(Role.IN);
        }
        return Optional.of(OUT.matcher(words).find() ? Role.OUT : Role.TOTAL);
    }

    private static String direction(MeasuringPoint.Series series, Role role) {
        return role == Role.TOTAL ? "" : series.name();
    }
}
