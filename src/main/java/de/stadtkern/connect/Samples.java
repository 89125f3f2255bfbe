package de.stadtkern.connect;

import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import de.stadtkern.sensorthings.NewObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Takes the place of the store in a dry run, and keeps the first values as they were understood.
final class Samples implements LineReader.Targets, FileImport.Out {

    private static final int KEPT = 10;

    private final Mapping mapping;
    private final int most;
    private final List<Mapping.Point> points = new ArrayList<>();
    private final List<NewObservation> kept = new ArrayList<>();

    Samples(Mapping mapping) {
        this(mapping, KEPT);
    }

    Samples(Mapping mapping, int most) {
        this.mapping = mapping;
        this.most = most;
    }

    /// An id says the point and the value: their places, counted through.
    @Override
    public long[] datastreams(Mapping.Point point) {
        long first = (long) points.size() * mapping.values().size();
        points.add(point);
        return LongStream.range(first, first + mapping.values().size()).toArray();
    }

    @Override
    public long feature(NewFeature feature) {
        return 1;
    }

    @Override
    public void batch(List<NewObservation> batch) {
        batch.stream().limit(most - kept.size()).forEach(kept::add);
    }

    List<Preview.Value> values() {
        return kept.stream().map(this::value).toList();
    }

    private Preview.Value value(NewObservation observation) {
        int values = mapping.values().size();
        Mapping.Value value = mapping.values().get((int) (observation.datastreamId() % values));
        return new Preview.Value(
                points.get((int) (observation.datastreamId() / values)).name(),
                value.name(),
                observation.start(),
                observation.end(),
                observation.json() != null ? observation.json() : number(observation.number()),
                value.observed().stream().map(Observed::unitName).collect(Collectors.joining(", ")));
    }

    private String line(NewObservation observation) {
        Preview.Value value = value(observation);
        String time = value.end() == null ? value.start().toString() : value.start() + "/" + value.end();
        String quality = observation.details() == null || observation.details().resultQuality() == null
                ? ""
                : "  quality " + observation.details().resultQuality();
        return "%s, %s: %s  %s %s%s"
                .formatted(value.point(), value.series(), time, value.result(), value.unit(), quality);
    }

    static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1L << 53
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    @Override
    public void flush() {}

    @Override
    public long written() {
        return 0;
    }

    @Override
    public long existing() {
        return 0;
    }

    @Override
    public List<String> samples() {
        return kept.stream().map(this::line).toList();
    }
}
