package de.stadtkern.demo;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.Entry;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Feeds the demo town's three pilot points: a value for each quarter of an hour that is over, and at the first run
/// those of the last week. In other towns it does nothing; when the town goes, its job goes with it.
@Component
class Simulator implements TownJob {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration BACK = Duration.ofDays(7);
    /// Whoever reads a value as data, without the page around it, has to know too.
    private static final NewObservation.Details SIMULATED =
            new NewObservation.Details(null, null, null, null, "{\"simulated\":true}");

    private final DemoWork work;
    private final MeasuringPoints points;
    private final ObservationWriter writer;
    private final Map<Long, Instant> writtenUntil = new ConcurrentHashMap<>();

    Simulator(DemoWork work, MeasuringPoints points, ObservationWriter writer) {
        this.work = work;
        this.points = points;
        this.writer = writer;
    }

    @Override
    public String name() {
        return "demo-simulator";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        work.in(CityContext.current(), () -> runUntil(Instant.now()));
    }

    /// Values that are there already stay, so that a restart and a second process change nothing.
    void runUntil(Instant now) {
        City city = CityContext.current();
        long seconds = QUARTER.toSeconds();
        Instant over = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
        Instant from = writtenUntil.getOrDefault(city.id(), over.minus(BACK));
        if (!from.isBefore(over)) {
            return;
        }
        List<NewObservation> values = new ArrayList<>();
        for (PilotPoint point : PilotPoint.ALL) {
            long datastream =
                    Objects.requireNonNull(points.ensure(point.description()).get(PilotPoint.SERIES));
            for (Instant at = from; at.isBefore(over); at = at.plus(QUARTER)) {
                double count = point.count(at.atZone(city.zone()));
                values.add(new NewObservation(datastream, at, at.plus(QUARTER), null, count, null, SIMULATED));
            }
        }
        writer.write(values, Duplicates.IGNORE, Entry.SIMULATOR);
        writtenUntil.put(city.id(), over);
    }
}
