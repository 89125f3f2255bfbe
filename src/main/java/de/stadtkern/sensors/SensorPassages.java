package de.stadtkern.sensors;

import de.stadtkern.city.CityContext;
import de.stadtkern.page.Texts;
import de.stadtkern.seams.Passage;
import de.stadtkern.seams.Passages;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.MultiSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Things and Datastreams to be found.
@Component
class SensorPassages implements Passages {

    private final MeasuringPoints points;
    private final Texts texts;

    SensorPassages(MeasuringPoints points, Texts texts) {
        this.points = points;
        this.texts = texts;
    }

    @Override
    public List<Passage> passages(Locale language) {
        String pointKind = texts.say(language, "sensors.passage.point");
        String seriesKind = texts.say(language, "sensors.passage.series");
        Map<Long, List<MultiSeries>> multiSeries = points.multiSeries();
        List<Passage> passages = new ArrayList<>();
        for (MeasuringPoint point : points.list()) {
            String address = SeriesText.address(point);
            passages.add(passage(pointKind, point.name(), point.description(), address));
            for (MeasuringPoint.Series series : point.series()) {
                passages.add(passage(seriesKind, series.name(), point.name(), SeriesText.address(series)));
            }
            // It has no page of its own: its values stand on that of its Thing.
            for (MultiSeries series : multiSeries.getOrDefault(point.thingId(), List.of())) {
                String properties = series.values().stream()
                        .map(MultiSeries.Value::property)
                        .collect(Collectors.joining(", "));
                passages.add(passage(seriesKind, series.name(), point.name() + ": " + properties, address));
            }
        }
        return passages;
    }

    private static Passage passage(String kind, String title, String text, String address) {
        return new Passage(
                kind,
                title,
                text,
                address,
                Instant.EPOCH,
                Locale.of(CityContext.current().languages().getFirst()),
                Passage.Audience.EVERYBODY);
    }
}
