package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.city.TownJob;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;

/// Keeps the roll-ups close behind the writers, and after them what the planner knows: a thread per town that was
/// written to, which ends when nothing is left to do. As a [TownJob] it also picks up what a killed process left
/// behind.
@Component
class RollupWorker implements TownJob {

    private static final Logger log = LoggerFactory.getLogger(RollupWorker.class);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final RollupStore store;
    private final PlannerStatistics statistics;
    private final Map<Long, Thread> working = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    RollupWorker(RollupStore store, PlannerStatistics statistics) {
        this.store = store;
        this.statistics = statistics;
    }

    /// Somebody wrote to this town. Costs next to nothing while its thread runs.
    void touched(City city) {
        if (!stopped && !working.containsKey(city.id())) {
            working.computeIfAbsent(
                    city.id(),
                    id -> Thread.ofVirtual()
                            .name("rollup-" + city.slug())
                            .start(() -> CityContext.run(city, () -> work(city))));
        }
    }

    private void work(City city) {
        try {
            while (!stopped) {
                Thread.sleep(ROUND);
                try {
                    while (store.catchUp(city.zone()) && !stopped) {
                        Thread.onSpinWait();
                    }
                    if (store.isClean()) {
                        statistics.refresh();
                        break;
                    }
                } catch (BadSqlGrammarException gone) {
                    log.info("Roll-ups of '{}' end: its tables are gone", city.slug());
                    break;
                } catch (RuntimeException failed) {
                    log.warn("Roll-ups of '{}' wait: {}", city.slug(), failed.toString());
                }
            }
        } catch (InterruptedException ended) {
            // Stopped from outside; the marks stay for the next process.
        } finally {
            working.remove(city.id());
        }
    }

    /// Does all that is ready now, in the calling thread.
    void catchUpNow() {
        while (store.catchUp(CityContext.current().zone(), Duration.ZERO)) {
            Thread.onSpinWait();
        }
        statistics.refresh();
    }

    @Override
    public String name() {
        return "rollup-leftovers";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        if (!store.isClean()) {
            touched(CityContext.current());
        }
    }

    @EventListener
    void forget(CityRemoved event) {
        Thread thread = working.remove(event.city().id());
        if (thread != null) {
            thread.interrupt();
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        working.values().forEach(Thread::interrupt);
    }
}
