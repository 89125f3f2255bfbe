package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/// What the writer did. Counted once for each call and timed once for each batch, never for each Observation.
@Component
class WriterMeters {

    private final MeterRegistry registry;
    private final DistributionSummary sizes;
    private final Timer commits;

    WriterMeters(MeterRegistry registry) {
        this.registry = registry;
        sizes = DistributionSummary.builder("stadtkern.batch.size")
                .description("Observations written in one transaction")
                .serviceLevelObjectives(1, 10, 100, 1_000, 10_000)
                .register(registry);
        commits = Timer.builder("stadtkern.batch.duration")
                .description("From the first statement of a batch to the end of its commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    void batch(int size, long nanos) {
        sizes.record(size);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// @param waiting how many writes wait at this moment
    Town of(City city, IntSupplier waiting) {
        return new Town(city.slug(), waiting);
    }

    /// One town's counters, by the way Observations came.
    final class Town {

        private final Map<Entry, Counter> stored = new EnumMap<>(Entry.class);
        private final Map<Entry, Counter> refused = new EnumMap<>(Entry.class);
        private final List<Meter> all = new ArrayList<>();

        private Town(String slug, IntSupplier waiting) {
            for (Entry entry : Entry.values()) {
                stored.put(
                        entry, counter("stadtkern.observations.stored", "Observations that were stored", slug, entry));
                refused.put(
                        entry,
                        counter(
                                "stadtkern.observations.refused",
                                "Observations that were refused, or could not be stored",
                                slug,
                                entry));
            }
            all.add(Gauge.builder("stadtkern.writer.waiting", waiting::getAsInt)
                    .strongReference(true)
                    .description("Writes that wait for the next batch")
                    .tag("town", slug)
                    .register(registry));
        }

        private Counter counter(String name, String description, String slug, Entry entry) {
            Counter counter = Counter.builder(name)
                    .description(description)
                    .tag("town", slug)
                    .tag("entry", entry.key())
                    .register(registry);
            all.add(counter);
            return counter;
        }

        /// @param ids 0 for those left out because they are there already
        void stored(Entry entry, long[] ids) {
            int count = 0;
            for (long id : ids) {
                count += id == 0 ? 0 : 1;
            }
            counterOf(stored, entry).increment(count);
        }

        void refused(Entry entry, int count) {
            counterOf(refused, entry).increment(count);
        }

        private static Counter counterOf(Map<Entry, Counter> counters, Entry entry) {
            Counter counter = counters.get(entry);
            if (counter == null) {
                throw new IllegalArgumentException("No counter for " + entry);
            }
            return counter;
        }

        void remove() {
            all.forEach(registry::remove);
        }
    }
}
