package de.stadtkern.watches;

import de.stadtkern.city.TownJob;
import de.stadtkern.sensorthings.DataSets;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Looks at everything that is watched, every few seconds, in one transaction: how far it looked, what it found and
/// what is to be told are written together. A process that dies in between has done nothing, and two never do the same.
@Component
class WatchJob implements TownJob {

    private final WatchStore store;
    private final Limits limits;
    private final Silences silences;
    private final Deviations deviations;
    private final Incidents incidents;
    private final TransactionTemplate transaction;
    private final DataSets dataSets;

    WatchJob(
            WatchStore store,
            Limits limits,
            Silences silences,
            Deviations deviations,
            Incidents incidents,
            TransactionTemplate transaction,
            DataSets dataSets) {
        this.store = store;
        this.limits = limits;
        this.silences = silences;
        this.deviations = deviations;
        this.incidents = incidents;
        this.transaction = transaction;
        this.dataSets = dataSets;
    }

    @Override
    public String name() {
        return "watches";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        look(Instant.now());
    }

    void look(Instant now) {
        transaction.executeWithoutResult(status -> dataSets.seeingAll(() -> {
            if (store.tryLock()) {
                store.deleteOfGone();
                limits.look();
                silences.look(now);
                deviations.look(now);
                incidents.tell();
            }
            return true;
        }));
    }
}
