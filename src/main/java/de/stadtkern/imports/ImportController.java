package de.stadtkern.imports;

import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Mapping;
import de.stadtkern.page.FileKind;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/// Imports for programs.
@RestController
@RequestMapping("/api/v1/imports")
class ImportController {

    private static final int REFUSALS_TOLD = 100;

    private final ImportJobs jobs;
    private final ImportStore store;
    private final ImportProperties properties;

    ImportController(ImportJobs jobs, ImportStore store, ImportProperties properties) {
        this.jobs = jobs;
        this.store = store;
        this.properties = properties;
    }

    /// How an import is, as the API says it.
    ///
    /// @param refused address of the table of all refusals; null while there are none
    record Status(
            long id,
            String state,
            String file,
            boolean dryRun,
            @Nullable String problem,
            @Nullable ImportReport progress,
            @Nullable String refused) {}

    private Status status(ImportJob job) {
        ImportReport report = job.report();
        ImportFailure failure = job.failure();
        return new Status(
                job.id(),
                job.state().key(),
                job.file(),
                job.task() == ImportJob.Task.CHECK,
                failure == null ? null : failure.message(),
                report == null ? null : report.with(store.refusals(job.id(), REFUSALS_TOLD)),
                store.hasRefusals(job.id()) ? "/api/v1/imports/%d/refused".formatted(job.id()) : null);
    }

    /// A form with the parts `file`, `mapping` and, if nothing is to be stored, `dryRun` with the text `true`.
    @PostMapping
    ResponseEntity<Status> start(HttpServletRequest request) throws IOException {
        jobs.require();
        var form = new UploadedForm(request, properties);
        Part file = form.part("file");
        String mapping = form.text("mapping");
        Mapping.read(mapping);
        ImportJob job;
        try (InputStream content = file.getInputStream()) {
            job = jobs.receive(UploadedForm.fileName(file), content);
        }
        jobs.setMapping(job, mapping, null, "");
        ImportJob ready = jobs.get(job.id());
        if ("true".equals(request.getParameter("dryRun"))) {
            jobs.check(ready);
        } else {
            jobs.start(ready);
        }
        return ResponseEntity.accepted()
                .location(UriComponentsBuilder.fromPath("/api/v1/imports/{id}").build(job.id()))
                .body(status(jobs.get(job.id())));
    }

    @GetMapping("/{id}")
    Status one(@PathVariable String id) {
        return status(jobs.get(number(id)));
    }

    /// All refusals as a table; while the import runs, those so far.
    @GetMapping("/{id}/refused")
    void refused(@PathVariable String id, HttpServletResponse response) throws IOException {
        ImportJob job = jobs.get(number(id));
        response.setContentType(FileKind.CSV.mediaType());
        RefusalTable.forPrograms(store.refusals(job.id(), ImportStore.MOST_REFUSALS), response.getOutputStream());
    }

    /// Stops it; what was written stays.
    @DeleteMapping("/{id}")
    Status cancel(@PathVariable String id) {
        ImportJob job = jobs.get(number(id));
        jobs.stop(job);
        return status(jobs.get(job.id()));
    }

    /// For callers who look for their import.
    @GetMapping
    List<Status> list() {
        return jobs.list().stream().map(this::status).toList();
    }

    static long number(String id) {
        if (!id.matches("\\d{1,15}")) {
            throw new Problem(Problem.Kind.MISSING, "import-unknown", "There is no import '%.40s'.".formatted(id));
        }
        return Long.parseLong(id);
    }
}
