package de.stadtkern.footfall;

import de.stadtkern.identity.Named;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Names of the counters, and of the weather's Datastreams, that changes point at.
@Component
class CounterNames implements Named {

    private static final Set<String> COUNTERS = Set.of("counter", "counters");

    private final CounterStore counters;
    private final MeasuringPoints points;

    CounterNames(CounterStore counters, MeasuringPoints points) {
        this.counters = counters;
        this.points = points;
    }

    @Override
    public Set<String> fields() {
        return Stream.concat(
                        COUNTERS.stream(),
                        Arrays.stream(WeatherChoice.Role.values()).map(WeatherChoice.Role::key))
                .collect(Collectors.toSet());
    }

    @Override
    public Map<Long, String> names(String field, Collection<Long> ids) {
        return COUNTERS.contains(field)
                ? counters.list().stream()
                        .filter(counter -> ids.contains(counter.id()))
                        .collect(Collectors.toMap(
                                Counter::id, counter -> counter.wish().name()))
                : points.list().stream()
                        .flatMap(point -> point.series().stream())
                        .filter(series -> ids.contains(series.datastreamId()))
                        .collect(Collectors.toMap(MeasuringPoint.Series::datastreamId, MeasuringPoint.Series::name));
    }
}
