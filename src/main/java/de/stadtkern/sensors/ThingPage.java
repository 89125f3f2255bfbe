package de.stadtkern.sensors;

import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.MultiSeries;
import de.stadtkern.sensorthings.ThingEdits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a Thing's page says: what it is, where it is and was, and what it measures.
@Component
class ThingPage {

    private final MeasuringPoints points;
    private final SeriesCards cards;
    private final ThingEdits edits;

    ThingPage(MeasuringPoints points, SeriesCards cards, ThingEdits edits) {
        this.points = points;
        this.edits = edits;
        this.cards = cards;
    }

    MeasuringPoint find(long id) {
        return points.find(id)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING,
                        "thing-unknown",
                        "Thing %d does not exist.".formatted(id),
                        Map.of("thing", id)));
    }

    ThingView view(Wording wording, MeasuringPoint point) {
        Map<Long, SeriesCard> said = cards.of(wording, point.series());
        return new ThingView(
                point.name(),
                point.description(),
                point.series().stream()
                        .map(series -> Objects.requireNonNull(said.get(series.datastreamId())))
                        .toList(),
                multi(wording, points.multiSeries(point.thingId())),
                coordinates(wording, point.longitude(), point.latitude()),
                SensorsPage.PATH + "/" + point.thingId() + "/place.geojson",
                points.places(point.thingId()).stream()
                        .map(place -> new ThingView.PlaceView(
                                place.since() == null ? "–" : wording.dateTime(place.since()),
                                place.name(),
                                coordinates(wording, place.longitude(), place.latitude())))
                        .toList(),
                Origin.of(point),
                edits.allow(point.thingId()) ? SensorsPage.PATH + "/" + point.thingId() + "/edit" : "",
                "/sta/v1.1/Things(%d)".formatted(point.thingId()));
    }

    private List<ThingView.Multi> multi(Wording wording, List<MultiSeries> all) {
        Map<Long, Duration> usual =
                points.usualIntervals(all.stream().map(MultiSeries::id).toList());
        return all.stream()
                .map(multi -> multi(wording, multi, usual.get(multi.id())))
                .toList();
    }

    private static ThingView.Multi multi(Wording wording, MultiSeries multi, @Nullable Duration usual) {
        Instant latest = multi.latest();
        String values = multi.values().stream()
                .map(value -> "%s %s %s"
                        .formatted(value.property(), result(wording, value.result()), value.unitSymbol())
                        .strip())
                .collect(Collectors.joining(", "));
        return new ThingView.Multi(
                multi.name(),
                values,
                latest == null ? wording.say("sensors.thing.multi.never") : wording.age(latest),
                latest == null ? "" : wording.dateTime(latest),
                latest != null && SeriesText.silent(wording, latest, usual),
                "/sta/v1.1/MultiDatastreams(%d)".formatted(multi.id()));
    }

    private static String result(Wording wording, String json) {
        return switch (json) {
            case String number when number.matches("-?\\d.*") -> wording.number(Double.parseDouble(number));
            case "null" -> "–";
            default -> json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
        };
    }

    /// Five decimal places are a metre.
    private static String coordinates(Wording wording, @Nullable Double longitude, @Nullable Double latitude) {
        return longitude == null || latitude == null
                ? ""
                : wording.say(
                        "sensors.coordinates",
                        String.format(Locale.ROOT, "%.5f", latitude),
                        String.format(Locale.ROOT, "%.5f", longitude));
    }
}
