package de.stadtkern.imports;

import de.stadtkern.connect.Refusal;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// Imports for people: send a file, say what it means, watch it come in.
@Controller
@RequestMapping("/imports")
class ImportPageController {

    /// The field with the name under which a mapping is kept.
    static final String NAME = "mapping-name";

    private final ImportJobs jobs;
    private final Drafts drafts;
    private final ImportStore store;
    private final ImportProperties properties;
    private final ImportPage page;
    private final DraftPage draftPage;
    private final Pages pages;

    ImportPageController(
            ImportJobs jobs,
            Drafts drafts,
            ImportStore store,
            ImportProperties properties,
            ImportPage page,
            DraftPage draftPage,
            Pages pages) {
        this.jobs = jobs;
        this.drafts = drafts;
        this.store = store;
        this.properties = properties;
        this.page = page;
        this.draftPage = draftPage;
        this.pages = pages;
    }

    @GetMapping
    View list(Frame frame) {
        return pages.page("imports/list.jte", frame, page.list(frame, Form.empty()));
    }

    /// The form's token stands in its address, so that nothing is received from whoever may not.
    @PostMapping
    View upload(Frame frame, HttpServletRequest request) {
        drafts.require();
        var upload = new UploadedForm(request, properties);
        AtomicReference<String> next = new AtomicReference<>("/imports");
        Form form = Form.empty();
        boolean accepted = form.accepts(frame, "imports", () -> {
            Part file = upload.part("file");
            if (file.getSize() == 0) {
                throw Problem.field("file", "file-missing", "Choose a file that is not empty.");
            }
            try (InputStream content = file.getInputStream()) {
                next.set("/imports/"
                        + drafts.begin(UploadedForm.fileName(file), content).id());
            } catch (IOException broken) {
                throw Problem.field("file", "form-unreadable", "The file was not sent as a whole.");
            }
        });
        return accepted ? pages.next(next.get()) : pages.refused("imports/list.jte", frame, page.list(frame, form));
    }

    @GetMapping("/{id}")
    View one(Frame frame, @PathVariable String id) {
        ImportJob job = job(id);
        return job.isDraft() && job.hasContent()
                ? pages.page("imports/draft.jte", frame, draftPage.view(frame, job))
                : pages.page("imports/job.jte", frame, page.job(frame, job));
    }

    private ImportJob job(String id) {
        drafts.require();
        return jobs.get(ImportController.number(id));
    }

    /// What was chosen is kept first; the button says what happens then.
    @PostMapping("/{id}/mapping")
    View choose(Frame frame, Form form, @PathVariable String id) {
        ImportJob job = job(id);
        String here = "/imports/" + job.id();
        if (form.value("do").equals("click")) {
            drafts.click(job);
            return pages.next(here);
        }
        boolean text = form.isChecked("text");
        boolean kept = form.accepts(frame, "imports", flaws -> {
            if (text) {
                drafts.write(job, form.value("yaml").replace("\r\n", "\n"));
            } else {
                drafts.choose(job, DraftForm.read(form, flaws), flaws);
            }
        });
        if (!kept) {
            if (form.value("do").equals("save")) {
                form.accepts(frame, "imports", () -> SavedMappings.requireName(NAME, form.value(NAME)));
            }
            return pages.refused("imports/draft.jte", frame, draftPage.refused(frame, job, form));
        }
        ImportJob now = jobs.get(job.id());
        return switch (form.value("do")) {
            case "check" -> {
                jobs.check(now);
                yield pages.next(here);
            }
            case "start" -> {
                jobs.start(now);
                yield pages.next(here);
            }
            case "text" -> {
                drafts.write(now, now.mapping());
                yield pages.next(here);
            }
            case "save" -> save(frame, form, now);
            default -> pages.next(here);
        };
    }

    private View save(Frame frame, Form form, ImportJob job) {
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean saved = form.accepts(frame, "imports", () -> change.set(drafts.save(job, form.value(NAME))));
        return saved
                ? pages.next("/imports/" + job.id(), MappingController.notice("imports.mapping.saved", change.get()))
                : pages.refused("imports/draft.jte", frame, draftPage.refused(frame, job, form));
    }

    @PostMapping("/{id}/use")
    View use(Form form, @PathVariable String id) {
        ImportJob job = job(id);
        drafts.use(job, ImportController.number(form.value("saved")));
        return pages.next("/imports/" + job.id(), Notice.of("imports.mapping.used"));
    }

    @PostMapping("/{id}/stop")
    View stop(@PathVariable String id) {
        ImportJob job = job(id);
        jobs.stop(job);
        return pages.next("/imports/" + job.id());
    }

    @PostMapping("/{id}/resume")
    View resume(@PathVariable String id) {
        ImportJob job = job(id);
        jobs.resume(job);
        return pages.next("/imports/" + job.id());
    }

    @PostMapping("/{id}/take-back")
    View takeBack(@PathVariable String id) {
        ImportJob job = job(id);
        jobs.takeBack(job);
        return pages.next("/imports/" + job.id());
    }

    @PostMapping("/{id}/discard")
    View discard(@PathVariable String id) {
        jobs.discard(job(id));
        return pages.next("/imports", Notice.of("imports.discarded"));
    }

    /// The first values of a file as its mapping stands now.
    @GetMapping("/{id}/preview.{ending}")
    void preview(Frame frame, HttpServletResponse response, @PathVariable String id, @PathVariable String ending)
            throws IOException {
        ImportJob job = job(id);
        send(
                frame,
                response,
                job,
                "preview",
                ending,
                DraftPage.columns(frame.wording()),
                drafts.preview(job).values());
    }

    @GetMapping("/{id}/preview-refused.{ending}")
    void previewRefused(Frame frame, HttpServletResponse response, @PathVariable String id, @PathVariable String ending)
            throws IOException {
        ImportJob job = job(id);
        send(
                frame,
                response,
                job,
                "preview-refused",
                ending,
                RefusalTable.columns(frame.wording()),
                drafts.preview(job).report().refusals());
    }

    @GetMapping("/{id}/refused.{ending}")
    void refused(Frame frame, HttpServletResponse response, @PathVariable String id, @PathVariable String ending)
            throws IOException {
        ImportJob job = job(id);
        List<Refusal> refusals = store.refusals(job.id(), ImportStore.MOST_REFUSALS);
        send(frame, response, job, "refused", ending, RefusalTable.columns(frame.wording()), refusals);
    }

    private static <T> void send(
            Frame frame,
            HttpServletResponse response,
            ImportJob job,
            String name,
            String ending,
            List<TableColumn<T>> columns,
            List<T> rows)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"import-%d-%s.%s\"".formatted(job.id(), name, kind.ending()));
        Table.write(
                frame.wording(),
                columns,
                rows,
                new TableQuestion("/imports/%d/%s".formatted(job.id(), name), Map.of(), "", 1),
                kind,
                response.getOutputStream());
    }
}
