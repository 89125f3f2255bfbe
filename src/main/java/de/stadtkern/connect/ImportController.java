package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.WriteAccess;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/imports")
class ImportController {

    private final ImportJobs jobs;
    private final WriteAccess access;

    ImportController(ImportJobs jobs, WriteAccess access) {
        this.jobs = jobs;
        this.access = access;
    }

    /// How an import is, as the API says it.
    ///
    /// @param refused address of the table of all refusals; null while there are none
    record Status(
            String id,
            String state,
            String file,
            boolean dryRun,
            @Nullable String problem,
            @Nullable ImportReport progress,
            @Nullable String refused) {

        static Status of(ImportJob job) {
            return new Status(
                    job.id(),
                    job.state().name().toLowerCase(Locale.ROOT),
                    job.file(),
                    job.dryRun(),
                    job.problem(),
                    job.report(),
                    job.refusedFile().isThere() ? "/api/v1/imports/%s/refused".formatted(job.id()) : null);
        }
    }

    /// A form with the parts `file`, `mapping` and, if nothing is to be stored, `dryRun` with the text `true`.
    @PostMapping
    ResponseEntity<Status> start(HttpServletRequest request) throws IOException {
        access.require();
        Part file = part(request, "file");
        Mapping mapping = Mapping.read(text(part(request, "mapping")));
        boolean dryRun = "true".equals(request.getParameter("dryRun"));
        Path content = jobs.folder().resolve(UUID.randomUUID() + ".upload");
        // The upload lies on the same disk already, so this only gives it a name of ours.
        file.write(content.toString());
        String name = file.getSubmittedFileName() == null ? "file" : file.getSubmittedFileName();
        ImportJob job;
        try {
            job = jobs.start(name, content, mapping, dryRun);
        } catch (Problem refused) {
            ImportJobs.delete(content);
            throw refused;
        }
        return ResponseEntity.accepted()
                .location(UriComponentsBuilder.fromPath("/api/v1/imports/{id}").build(job.id()))
                .body(Status.of(job));
    }

    private static Part part(HttpServletRequest request, String name) {
        if (request.getContentType() == null || !request.getContentType().startsWith("multipart/form-data")) {
            throw new Problem(
                    Problem.Kind.MEDIA_TYPE,
                    "not-a-form",
                    "An import is a form (multipart/form-data) with file and mapping.");
        }
        Part part;
        try {
            part = request.getPart(name);
        } catch (ServletException | IOException unreadable) {
            throw new Problem(
                    Problem.Kind.INVALID, "form-unreadable", "The form is damaged or was not sent as a whole.");
        } catch (IllegalStateException tooLarge) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "upload-too-large",
                    "An upload has at most %d MB; 'bin/stadtkern import' has no such limit."
                            .formatted(UploadConfiguration.MOST >> 20));
        }
        if (part == null) {
            throw Problem.field(name, "part-missing", "The form has no part '%s'.".formatted(name));
        }
        return part;
    }

    private static String text(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(Yaml.MAX_LENGTH + 1), StandardCharsets.UTF_8);
        }
    }

    @GetMapping("/{id}")
    Status status(@PathVariable String id) {
        access.require();
        return Status.of(jobs.get(id));
    }

    /// All refusals as a table; while the import runs, those so far.
    @GetMapping("/{id}/refused")
    void refused(@PathVariable String id, HttpServletResponse response) throws IOException {
        access.require();
        RefusedFile refused = jobs.get(id).refusedFile();
        response.setContentType("text/csv;charset=UTF-8");
        if (refused.isThere()) {
            Files.copy(refused.path(), response.getOutputStream());
        }
    }

    /// Stops it; what was written stays.
    @DeleteMapping("/{id}")
    Status cancel(@PathVariable String id) {
        access.require();
        ImportJob job = jobs.get(id);
        job.cancel();
        return Status.of(job);
    }

    /// For callers who look for their import.
    @GetMapping
    List<Status> list() {
        access.require();
        return jobs.list().stream().map(Status::of).toList();
    }
}
