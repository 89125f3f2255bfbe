package de.stadtkern.connect;

import de.stadtkern.sensorthings.NewObservation;
import java.util.ArrayList;
import java.util.List;

/// Takes the place of the store in a dry run, and keeps the first values as they were understood.
final class Samples implements LineReader.Targets, FileImport.Out {

    private static final int KEPT = 10;

    private final Mapping mapping;
    private final List<String> names = new ArrayList<>();
    private final List<String> samples = new ArrayList<>();

    Samples(Mapping mapping) {
        this.mapping = mapping;
    }

    /// Ids are places in `names`.
    @Override
    public long[] datastreams(Mapping.Point point) {
        long[] ids = new long[mapping.values().size()];
        for (int value = 0; value < ids.length; value++) {
            ids[value] = names.size();
            names.add(point.name() + ", " + mapping.values().get(value).name());
        }
        return ids;
    }

    @Override
    public void batch(List<NewObservation> batch) {
        for (NewObservation observation : batch) {
            if (samples.size() == KEPT) {
                return;
            }
            samples.add(line(observation));
        }
    }

    private String line(NewObservation observation) {
        int place = (int) observation.datastreamId();
        Mapping.Unit unit =
                mapping.values().get(place % mapping.values().size()).unit();
        String time = observation.end() == null
                ? observation.start().toString()
                : observation.start() + "/" + observation.end();
        String result = observation.json() != null ? observation.json() : number(observation.number());
        String quality = observation.details() == null || observation.details().resultQuality() == null
                ? ""
                : "  quality " + observation.details().resultQuality();
        return "%s: %s  %s %s%s".formatted(names.get(place), time, result, unit.name(), quality);
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
        return samples;
    }
}
