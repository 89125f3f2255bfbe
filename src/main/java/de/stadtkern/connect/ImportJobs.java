package de.stadtkern.connect;

import de.stadtkern.city.CityContext;
import de.stadtkern.installation.DataFolder;
import de.stadtkern.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Imports that run in the background for callers over HTTP. They live in the memory of this process: after a restart
/// an import is asked for again, and goes on where it was.
@Component
class ImportJobs {

    private static final Logger log = LoggerFactory.getLogger(ImportJobs.class);
    private static final int AT_ONCE = 2;
    private static final int UNFINISHED = 20;
    private static final int REMEMBERED = 200;

    private final Imports imports;
    private final Path folder;
    private final Map<String, ImportJob> jobs = new ConcurrentHashMap<>();
    private final Semaphore atOnce = new Semaphore(AT_ONCE);

    ImportJobs(Imports imports, DataFolder data) throws IOException {
        this.imports = imports;
        this.folder = Files.createDirectories(data.resolve("imports"));
        try (Stream<Path> leftOvers = Files.list(folder)) {
            for (Path leftOver : leftOvers.toList()) {
                Files.deleteIfExists(leftOver);
            }
        }
    }

    /// Where uploads grow; whatever lies there at the start of a process is left over and goes.
    Path folder() {
        return folder;
    }

    /// @param content a file in [#folder], which goes when the import has ended
    ImportJob start(String name, Path content, Mapping mapping, boolean dryRun) {
        if (jobs.values().stream().filter(job -> job.endedAt() == null).count() >= UNFINISHED) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "imports-waiting",
                    "%d imports are waiting already; please try again later.".formatted(UNFINISHED));
        }
        forgetOldest();
        String id = UUID.randomUUID().toString();
        var job = new ImportJob(id, CityContext.current().id(), name, dryRun, folder.resolve(id + ".rejected.csv"));
        jobs.put(id, job);
        Thread.ofVirtual().name("import-" + id).start(CityContext.wrap(() -> run(job, content, mapping)));
        return job;
    }

    private void run(ImportJob job, Path content, Mapping mapping) {
        atOnce.acquireUninterruptibly();
        try (RefusedFile refused = job.refusedFile()) {
            job.start();
            var file = new SourceFile(job.file(), Files.size(content), () -> Files.newInputStream(content));
            ImportReport report = job.dryRun() ? imports.dryRun(file, mapping, job) : imports.run(file, mapping, job);
            refused.close();
            job.end(report);
        } catch (Problem problem) {
            job.fail(String.valueOf(problem.getMessage()));
        } catch (IOException | RuntimeException failure) {
            log.error("The import of '{}' failed", job.file(), failure);
            job.fail("Stadtkern failed; the operator finds the reason in the log. What was imported so far stays.");
        } finally {
            atOnce.release();
            delete(content);
        }
    }

    /// The job of this id, if it belongs to the bound town.
    ImportJob get(String id) {
        ImportJob job = jobs.get(id);
        if (job == null || job.town() != CityContext.current().id()) {
            throw new Problem(
                    Problem.Kind.MISSING,
                    "import-unknown",
                    "There is no import '%s'; after a restart they are forgotten.".formatted(id));
        }
        return job;
    }

    /// Those of the bound town.
    List<ImportJob> list() {
        long town = CityContext.current().id();
        return jobs.values().stream().filter(job -> job.town() == town).toList();
    }

    private void forgetOldest() {
        jobs.values().stream()
                .filter(job -> job.endedAt() != null)
                .sorted(Comparator.comparing(ImportJob::endedAt).reversed())
                .skip(REMEMBERED)
                .forEach(job -> {
                    jobs.remove(job.id());
                    delete(job.refusedFile().path());
                });
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @PreDestroy
    void stop() {
        jobs.values().forEach(ImportJob::cancel);
    }
}
