package de.stadtkern.imports;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Imports;
import de.stadtkern.connect.Mapping;
import de.stadtkern.connect.SourceFile;
import de.stadtkern.problem.Problem;
import de.stadtkern.problem.ProblemAdvice;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.ObservationWriter;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Does the work of imports: two at a time in each process. Whoever wants some calls [#look]; besides that each town is
/// looked at every few seconds, so that work whose process has died is taken up again, by whichever process is there.
@Component
class ImportRunner implements TownJob {

    private static final Logger log = LoggerFactory.getLogger(ImportRunner.class);
    private static final int AT_ONCE = 2;
    private static final long END_PATIENCE_MILLIS = 2_500;

    private final Imports imports;
    private final ImportStore store;
    private final Uploads uploads;
    private final ObservationWriter writer;
    private final DataSets dataSets;
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    ImportRunner(Imports imports, ImportStore store, Uploads uploads, ObservationWriter writer, DataSets dataSets) {
        this.imports = imports;
        this.store = store;
        this.uploads = uploads;
        this.writer = writer;
        this.dataSets = dataSets;
    }

    @Override
    public String name() {
        return "imports";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        look();
    }

    /// Starts on what waits in the bound town, as far as there is room.
    void look() {
        while (!ending && atOnce.tryAcquire()) {
            Optional<ImportJob> job;
            try {
                job = store.claim(ImportRun.LEASE);
            } catch (RuntimeException away) {
                atOnce.release();
                throw away;
            }
            if (job.isEmpty()) {
                atOnce.release();
                return;
            }
            threads.add(Thread.ofVirtual()
                    .name("import-" + job.get().id())
                    .start(CityContext.wrap(() -> workAndLookAgain(job.get()))));
        }
    }

    private void workAndLookAgain(ImportJob job) {
        try {
            work(job);
        } finally {
            atOnce.release();
            threads.remove(Thread.currentThread());
        }
        look();
    }

    private void work(ImportJob job) {
        var run = new ImportRun(job, store, () -> ending);
        try {
            switch (job.task()) {
                case DRAFT -> throw new IllegalStateException("A draft is no work");
                case CHECK, IMPORT -> read(job, run);
                case TAKE_BACK -> takeBack(job, run);
            }
        } catch (ImportStore.TakenOver elsewhere) {
            log.info("Import {} goes on in another process", job.id());
        } catch (Problem problem) {
            store.end(job, ImportJob.State.FAILED, null, ImportFailure.of(problem));
        } catch (IOException | RuntimeException failure) {
            log.error("The import {} of '{}' failed", job.id(), job.file(), failure);
            end(job, failure);
        }
    }

    /// Where the database was away it goes on as soon as it is there again: at once if it can be told so, else when the
    /// lease has ended.
    private void end(ImportJob job, Exception failure) {
        if (ending || ProblemAdvice.isDatabaseAway(failure)) {
            store.release(job);
            return;
        }
        log.debug("Import {} ends", job.id(), failure);
        store.end(job, ImportJob.State.FAILED, null, ImportFailure.OURS);
    }

    private void read(ImportJob job, ImportRun run) throws IOException {
        store.forgetRefusals(job.id());
        SourceFile file = uploads.open(job);
        Mapping mapping = Mapping.read(job.mapping());
        ImportReport report = job.task() == ImportJob.Task.CHECK
                ? imports.dryRun(file, mapping, run)
                : dataSets.writing(store.writable(job.id()), () -> imports.run(file, mapping, run));
        run.keepRefusals();
        if (report.cancelled() && !run.isStopWanted()) {
            store.release(job);
        } else {
            store.end(job, report.cancelled() ? ImportJob.State.CANCELLED : ImportJob.State.DONE, report, null);
        }
    }

    /// The last batch first, one transaction for each.
    private void takeBack(ImportJob job, ImportRun run) {
        Optional<ImportStore.Batch> last = store.lastBatch(job.id());
        while (last.isPresent()) {
            long batch = last.get().id();
            writer.takeBack(
                    last.get().batch(),
                    (connection, rows, first, removed) -> ImportStore.removeBatch(connection, job, batch, removed));
            run.goOn(null);
            if (run.isCancelled()) {
                if (run.isStopWanted()) {
                    store.end(job, ImportJob.State.CANCELLED, null, null);
                } else {
                    store.release(job);
                }
                return;
            }
            last = store.lastBatch(job.id());
        }
        store.end(job, ImportJob.State.DONE, null, null);
    }

    /// Gives back what is being done, so that another process, or this one after its restart, goes on with it at once.
    @PreDestroy
    void stop() throws InterruptedException {
        ending = true;
        long until = System.nanoTime() + END_PATIENCE_MILLIS * 1_000_000;
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }
}
