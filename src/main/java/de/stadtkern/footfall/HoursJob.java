package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.sensorthings.DataSets;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps the hours of a town's counters a few seconds behind what comes; in a town without marks it asks one question.
@Component
class HoursJob implements TownJob {

    private final CounterStore counters;
    private final HourStore hours;
    private final HourKeeper keeper;
    private final DataSets dataSets;
    private final TransactionTemplate transaction;
    private final Timer rounds;
    private final Map<Long, Instant> lookedAt = new ConcurrentHashMap<>();

    HoursJob(
            CounterStore counters,
            HourStore hours,
            HourKeeper keeper,
            DataSets dataSets,
            TransactionTemplate transaction,
            MeterRegistry registry) {
        this.counters = counters;
        this.hours = hours;
        this.keeper = keeper;
        this.dataSets = dataSets;
        this.transaction = transaction;
        this.rounds = Timer.builder("stadtkern.footfall.hours.duration")
                .description("One round of work on hours of counters, to the end of its commit")
                .register(registry);
    }

    @Override
    public String name() {
        return "footfall-hours";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        keep(Instant.now());
    }

    /// @return false where nothing was done because somebody else is at it
    boolean keep(Instant now) {
        long town = CityContext.current().id();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        boolean isNewHour = !hour.equals(lookedAt.get(town));
        if (!isNewHour && !hours.hasMarks()) {
            return true;
        }
        Round round = Round.LEFT;
        while (round == Round.LEFT && !Thread.currentThread().isInterrupted()) {
            round = round(now, isNewHour);
        }
        if (round == Round.DONE) {
            lookedAt.put(town, hour);
        }
        return round != Round.BUSY;
    }

    private enum Round {
        LEFT,
        DONE,
        /// Somebody else holds the lock: another process, or an editor who saves.
        BUSY
    }

    private Round round(Instant now, boolean isNewHour) {
        return Objects.requireNonNull(rounds.record(() -> begun(now, isNewHour)));
    }

    private Round begun(Instant now, boolean isNewHour) {
        return Objects.requireNonNull(transaction.execute(status -> dataSets.seeingAll(
                () -> !counters.tryLock() ? Round.BUSY : keeper.keep(now, isNewHour) ? Round.LEFT : Round.DONE)));
    }
}
