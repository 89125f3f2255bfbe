package de.stadtkern.operation;

import de.stadtkern.city.BackupRuns;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.city.TownJobs;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.Rights;
import de.stadtkern.imports.ImportFigures;
import de.stadtkern.sensorthings.StoreFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Figures of each town that stand in its tables and not in this process: asked for when somebody looks, and at most
/// twice a minute. They are the same in every process of the installation.
@Component
class TownMeters {

    private static final Logger log = LoggerFactory.getLogger(TownMeters.class);
    private static final long FRESH_NANOS = 30_000_000_000L;

    private final MeterRegistry registry;
    private final Cities cities;
    private final Rights rights;
    private final StoreFigures store;
    private final Outbox outbox;
    private final ImportFigures imports;
    private final TownJobs jobs;
    private final BackupRuns backups;
    private final Map<Long, Town> towns = new ConcurrentHashMap<>();
    private long lookedAt = System.nanoTime() - FRESH_NANOS;

    TownMeters(
            MeterRegistry registry,
            Cities cities,
            Rights rights,
            StoreFigures store,
            Outbox outbox,
            ImportFigures imports,
            TownJobs jobs,
            BackupRuns backups) {
        this.registry = registry;
        this.cities = cities;
        this.rights = rights;
        this.store = store;
        this.outbox = outbox;
        this.imports = imports;
        this.jobs = jobs;
        this.backups = backups;
    }

    private static final class Town {
        volatile StoreFigures.Figures store = new StoreFigures.Figures(0, 0, 0);
        volatile Outbox.Figures mail = new Outbox.Figures(0, 0);
        volatile ImportFigures.Figures imports = new ImportFigures.Figures(0, 0, 100);
        volatile long failingJobs;
        volatile @Nullable Instant backedUp;
        List<Meter> meters = List.of();
    }

    synchronized void look() {
        boolean fresh = System.nanoTime() - lookedAt < FRESH_NANOS;
        for (City city : cities.listReady()) {
            if (fresh && towns.containsKey(city.id())) {
                continue;
            }
            try {
                CityContext.run(city, () -> read(city, towns.computeIfAbsent(city.id(), _ -> bind(city))));
            } catch (RuntimeException databaseAway) {
                log.debug("The figures of '{}' could not be read", city.slug(), databaseAway);
            }
        }
        lookedAt = fresh ? lookedAt : System.nanoTime();
    }

    private void read(City city, Town town) {
        town.failingJobs =
                jobs.list(city).stream().filter(state -> state.failures() > 0).count();
        town.backedUp = backups.list(city).stream()
                .filter(BackupRuns.Run::wentWell)
                .map(BackupRuns.Run::startedAt)
                .findFirst()
                .orElse(null);
        rights.asOperator(() -> {
            town.store = store.read();
            town.mail = outbox.figures();
            town.imports = imports.read();
            return true;
        });
    }

    /// Not a number where there is no archive yet.
    private static double age(Town town) {
        Instant last = town.backedUp;
        return last == null ? Double.NaN : Duration.between(last, Instant.now()).toSeconds();
    }

    private Town bind(City city) {
        Town town = new Town();
        town.meters = List.of(
                Gauge.builder("stadtkern.jobs.failing", town, known -> known.failingJobs)
                        .description("Repeated jobs that failed the last time")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.backup.age", town, TownMeters::age)
                        .description("How old the last archive is")
                        .baseUnit("seconds")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.partitions", town, known -> known.store.partitions())
                        .description("Partitions of the table of Observations")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.observations.outside", town, known -> known.store.outside())
                        .description("Observations with a date before 1990 or more than two years ahead")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.rollups.behind", town, known -> known.store.marks())
                        .description("Marks of hours that are to be summed up again")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.imports.waiting", town, known -> known.imports.waiting())
                        .description("Imports that wait to be begun")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.imports.running", town, known -> known.imports.running())
                        .description("Imports at work")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.imports.percent", town, known -> known.imports.percent())
                        .description("How far the import is that is furthest behind; 100 if none is running")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.mails.waiting", town, known -> known.mail.waiting())
                        .description("Mails that are still to be sent")
                        .tag("town", city.slug())
                        .register(registry),
                Gauge.builder("stadtkern.mails.failing", town, known -> known.mail.failing())
                        .description("Mails that could not be sent, given up or not")
                        .tag("town", city.slug())
                        .register(registry));
        return town;
    }

    @EventListener
    void forget(CityRemoved event) {
        Town town = towns.remove(event.city().id());
        if (town != null) {
            town.meters.forEach(registry::remove);
        }
    }
}
