package de.stadtkern.city;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Runs every [TownJob] for every town: one row per job and town in `stadtkern.scheduled_tasks`, one poller for all.
@Component
class TownJobs implements SmartLifecycle {

    private static final int THREADS = 4;

    private final InstallationDataSource installation;
    private final Cities cities;
    private final List<CustomTask<Void>> tasks;
    private @Nullable Scheduler scheduler;

    TownJobs(InstallationDataSource installation, Cities cities, List<TownJob> jobs) {
        this.installation = installation;
        this.cities = cities;
        this.tasks = jobs.stream().map(this::task).toList();
    }

    private CustomTask<Void> task(TownJob job) {
        FixedDelay pause = FixedDelay.of(job.pause());
        return Tasks.custom(job.name(), Void.class).onFailureReschedule(pause).execute((instance, context) -> {
            Optional<City> city = cities.findBySlug(instance.getId());
            if (city.isEmpty()) {
                return (complete, operations) -> operations.stop();
            }
            if (!cities.isBeingMigrated(city.get())) {
                CityContext.run(city.get(), job::run);
            }
            return new CompletionHandler.OnCompleteReschedule<>(pause);
        });
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
