package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.sensorthings.DataSets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Learns counters anew each night and whenever something of theirs changed that matters for it; one counter after the
/// other, for one town at a time, and says how good the last forecasts were. Each hour, when one more is settled, it
/// looks for faults.
@Component
class LearnJob implements TownJob {

    private static final Duration KEPT = Duration.ofDays(60);

    private final CounterStore counters;
    private final CounterLearning learning;
    private final ProfileStore profiles;
    private final Scoreboard scoreboard;
    private final FaultRound faults;
    private final TownWeather weather;
    private final DataSets dataSets;
    private final Map<Long, Instant> watchedAt = new ConcurrentHashMap<>();

    LearnJob(
            CounterStore counters,
            CounterLearning learning,
            ProfileStore profiles,
            Scoreboard scoreboard,
            FaultRound faults,
            TownWeather weather,
            DataSets dataSets) {
        this.counters = counters;
        this.learning = learning;
        this.profiles = profiles;
        this.scoreboard = scoreboard;
        this.faults = faults;
        this.weather = weather;
        this.dataSets = dataSets;
    }

    @Override
    public String name() {
        return "footfall-learn";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public void run() {
        learn(Instant.now());
    }

    void learn(Instant now) {
        dataSets.seeingAll(() -> {
            weather.keep(now);
            return true;
        });
        List<Long> due = counters.toLearn(now);
        if (!due.isEmpty()) {
            learn(due, now);
        }
        long town = CityContext.current().id();
        // Not at once after a start, when there is enough to do.
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        if (!hour.equals(watchedAt.computeIfAbsent(town, _ -> hour))) {
            watchedAt.put(town, hour);
            profiles.deleteBefore(now.minus(KEPT));
            dataSets.seeingAll(() -> {
                faults.watch(now);
                return true;
            });
        }
    }

    private void learn(List<Long> due, Instant now) {
        WeatherHistory history = dataSets.seeingAll(() -> weather.history(now));
        for (long id : due) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            counters.find(id).ifPresent(counter -> {
                // Before it is learned: what changes meanwhile asks for the next time.
                counters.learnAt(id, CounterLearning.nextTime(counter, now));
                dataSets.seeingAll(() -> {
                    learning.learn(counter, history, now);
                    scoreboard.measure(counter, history, now);
                    return true;
                });
            });
        }
    }
}
