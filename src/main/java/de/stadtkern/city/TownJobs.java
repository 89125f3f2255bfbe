package de.stadtkern.city;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import de.stadtkern.installation.LogContext;
import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Runs every [TownJob] for every town: one row per job and town in `stadtkern.scheduled_tasks`, one poller for all.
@Component
public class TownJobs implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TownJobs.class);
    static final int THREADS = 10;
    /// So long a run waits at most that found too many others of its kind at work.
    private static final Duration TURN = Duration.ofMinutes(1);

    private final InstallationDataSource installation;
    private final Cities cities;
    private final TownJobStore store;
    private final List<CustomTask<Void>> tasks;
    private @Nullable Scheduler scheduler;

    TownJobs(InstallationDataSource installation, Cities cities, TownJobStore store, List<TownJob> jobs) {
        this.installation = installation;
        this.cities = cities;
        this.store = store;
        this.tasks = jobs.stream().map(this::task).toList();
    }

    /// How a job of a town is.
    ///
    /// @param running     at this moment, in whichever process
    /// @param nextAt      when it is to run again
    /// @param succeededAt null if it never did
    /// @param failures    how often it has failed since it last succeeded
    /// @param failure     why it failed the last time; empty if it did not
    public record State(
            String name,
            boolean running,
            Instant nextAt,
            @Nullable Instant succeededAt,
            @Nullable Instant failedAt,
            int failures,
            String failure) {}

    /// Those of a town, by name.
    public List<State> list(City city) {
        return store.list(city);
    }

    /// Lets it run at once instead of later.
    public void tryNow(City city, String name) {
        boolean known = tasks.stream().anyMatch(task -> task.getName().equals(name));
        if (!known || !(scheduler instanceof Scheduler running)) {
            throw new Problem(Problem.Kind.MISSING, "job-unknown", "There is no job '%.60s'.".formatted(name));
        }
        try {
            running.reschedule(TaskInstanceId.of(name, city.slug()), Instant.now());
        } catch (TaskInstanceException atWork) {
            // It runs at this moment, which is what was asked for.
        }
    }

    private CustomTask<Void> task(TownJob job) {
        FixedDelay pause = FixedDelay.of(job.pause());
        FixedDelay turn = FixedDelay.of(job.pause().compareTo(TURN) < 0 ? job.pause() : TURN);
        Semaphore atOnce = new Semaphore(job.atOnce());
        return Tasks.custom(job.name(), Void.class).onFailureReschedule(pause).execute((instance, context) -> {
            Optional<City> city = cities.findBySlug(instance.getId());
            if (city.isEmpty()) {
                return (complete, operations) -> operations.stop();
            }
            if (!atOnce.tryAcquire()) {
                return new CompletionHandler.OnCompleteReschedule<>(turn);
            }
            try {
                if (!cities.isBeingMigrated(city.get())) {
                    run(job, city.get(), context.getExecution().consecutiveFailures);
                }
            } finally {
                atOnce.release();
            }
            return new CompletionHandler.OnCompleteReschedule<>(pause);
        });
    }

    private void run(TownJob job, City city, int failures) {
        try (LogContext.Scope _ = LogContext.request("job-%s-%s".formatted(job.name(), LogContext.newRequest()))) {
            try {
                CityContext.run(city, job::run);
            } catch (RuntimeException failed) {
                if (isLeaving(city)) {
                    log.debug("The job '{}' ended with its town", job.name(), failed);
                    return;
                }
                store.failed(job.name(), city, failed, failures == 0);
                throw failed;
            }
            if (failures > 0) {
                store.succeeded(job.name(), city);
            }
        }
    }

    /// Whoever removes a town sends away who works on its tables; that is no failure.
    private boolean isLeaving(City city) {
        return cities.isBeingMigrated(city)
                || cities.findBySlug(city.slug())
                        .filter(there -> there.id() == city.id())
                        .isEmpty();
    }

    @EventListener(ApplicationReadyEvent.class)
    void scheduleAll() {
        cities.list().forEach(this::schedule);
    }

    @EventListener
    void created(CityCreated event) {
        schedule(event.city());
    }

    @EventListener
    void removed(CityRemoved event) {
        if (scheduler instanceof Scheduler running) {
            tasks.forEach(task -> cancel(
                    running, TaskInstanceId.of(task.getName(), event.city().slug())));
        }
        store.forget(event.city());
    }

    private static void cancel(Scheduler running, TaskInstanceId task) {
        try {
            running.cancel(task);
        } catch (TaskInstanceException atWork) {
            // It runs at this moment, and takes itself off the list when it finds no town the next time.
        }
    }

    private void schedule(City city) {
        if (scheduler instanceof Scheduler running) {
            tasks.forEach(task -> running.scheduleIfNotExists(task.instance(city.slug()), Instant.now()));
        }
    }

    @Override
    public void start() {
        Scheduler started = Scheduler.create(installation.pool(), List.copyOf(tasks))
                .tableName("stadtkern.scheduled_tasks")
                .threads(THREADS)
                .pollingInterval(Duration.ofSeconds(5))
                .pollUsingLockAndFetch(0.5, 1.0)
                .enableImmediateExecution()
                // The store says it, once with its cause and with the town.
                .failureLogging(LogLevel.OFF, false)
                .shutdownMaxWait(Duration.ofSeconds(2))
                .build();
        started.start();
        scheduler = started;
    }

    @Override
    public void stop() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }
}
