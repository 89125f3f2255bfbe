package de.stadtkern.imports;

import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Refusal;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Slug;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.people.Menu;
import de.stadtkern.sensorthings.DatastreamUnknown;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the list of imports and the page of one at work or over show.
@Component
class ImportPage {

    private static final int REFUSALS_SHOWN = 20;
    private static final int SERIES_SHOWN = 20;

    private final ImportJobs jobs;
    private final Drafts drafts;
    private final ImportStore store;
    private final ImportProperties properties;
    private final MeasuringPoints points;
    private final Menu menu;

    ImportPage(
            ImportJobs jobs,
            Drafts drafts,
            ImportStore store,
            ImportProperties properties,
            MeasuringPoints points,
            Menu menu) {
        this.jobs = jobs;
        this.drafts = drafts;
        this.store = store;
        this.properties = properties;
        this.points = points;
        this.menu = menu;
    }

    record ListView(List<Menu.Entry> menu, List<Field> upload, List<Row> rows, boolean atWork) {
        /// @param result in a sentence, empty while there is none
        record Row(String address, String file, String state, boolean bad, String when, String result, int percent) {}
    }

    /// @param alert  `success`, `info`, `warning` or `danger`
    /// @param state  in a sentence, which stands in the alert
    /// @param more   what else is to be said about it, may be empty
    record JobView(
            List<Menu.Entry> menu,
            long id,
            String file,
            String asked,
            String alert,
            String state,
            String more,
            boolean atWork,
            String doing,
            int percent,
            List<Count> counts,
            Refusals refusals,
            List<Series> series,
            boolean stoppable,
            boolean resumable,
            boolean canBeTakenBack,
            String takeBackText) {}

    record Count(String name, String number) {}

    record Refusals(long id, String total, Table first, List<File> files) {
        record File(String name, String address) {}

        boolean isEmpty() {
            return first.rows().isEmpty();
        }
    }

    record Series(String name, String address) {}

    ListView list(Frame frame, Form form) {
        drafts.require();
        List<ImportJob> all = jobs.list();
        return new ListView(
                menu.entries(frame, "/imports"),
                List.of(form.field("file", frame.say("imports.file"))
                        .type("file")
                        .hint(frame.say("imports.file.hint", size(frame, properties.largest())))),
                all.stream().map(job -> row(frame, job)).toList(),
                all.stream().anyMatch(ImportJob::isAtWork));
    }

    private static ListView.Row row(Frame frame, ImportJob job) {
        ImportReport report = job.report();
        String result = report == null || job.isDraft() || job.isTakenBack()
                ? ""
                : frame.say("imports.row.result", report.written(), report.existing(), report.refused());
        return new ListView.Row(
                "/imports/" + job.id(),
                job.file(),
                frame.say("imports.state.%s.%s"
                        .formatted(job.task().key(), job.state().key())),
                job.state() == ImportJob.State.FAILED,
                frame.say(
                        "imports.row.who",
                        frame.wording().dateTime(job.createdAt()),
                        job.createdBy().isEmpty() ? frame.say("imports.nobody") : job.createdBy()),
                result,
                job.isAtWork() ? percent(job) : -1);
    }

    private static int percent(ImportJob job) {
        if (job.task() == ImportJob.Task.TAKE_BACK) {
            return (int) (job.takenBack() * 100 / Math.max(1, job.written()));
        }
        return job.report() == null || job.state() == ImportJob.State.WAITING
                ? 0
                : job.report().percent();
    }

    JobView job(Frame frame, ImportJob job) {
        ImportReport report = job.report();
        boolean nothingUnderstood =
                report != null && report.values() == 0 && report.missing() == 0 && report.refused() > 0;
        return new JobView(
                menu.entries(frame, "/imports"),
                job.id(),
                job.file(),
                frame.say(
                        "imports.row.who",
                        frame.wording().dateTime(job.createdAt()),
                        job.createdBy().isEmpty() ? frame.say("imports.nobody") : job.createdBy()),
                alert(job, nothingUnderstood),
                nothingUnderstood && job.state() == ImportJob.State.DONE && !job.isTakenBack()
                        ? frame.say("imports.nothing-understood")
                        : frame.say("imports.now.%s.%s"
                                .formatted(job.task().key(), job.state().key())),
                more(frame, job),
                job.isAtWork(),
                frame.say("imports.doing.%s".formatted(job.task().key()), percent(job)),
                percent(job),
                report == null ? List.of() : counts(frame, job, report),
                refusals(frame, job),
                job.isTakenBack() ? List.of() : series(job),
                job.isAtWork() && !job.stopWanted(),
                job.isResumable(),
                job.canBeTakenBack(),
                frame.say("imports.take-back.text", job.written() - job.takenBack()));
    }

    private static String alert(ImportJob job, boolean nothingUnderstood) {
        return switch (job.state()) {
            case DONE -> nothingUnderstood && job.task() == ImportJob.Task.IMPORT ? "danger" : "success";
            case FAILED -> "danger";
            case CANCELLED -> "warning";
            case OPEN, WAITING, RUNNING -> "info";
        };
    }

    private static String more(Frame frame, ImportJob job) {
        if (job.isAtWork() && job.stopWanted()) {
            return frame.say("imports.stopping");
        }
        if (job.isDraft() && !job.hasContent()) {
            return frame.say("imports.content-gone");
        }
        if (job.isTakenBack()) {
            return frame.say(
                    job.takenBack() < job.written() ? "imports.taken-back" : "imports.taken-back.all",
                    job.takenBack(),
                    job.written());
        }
        return job.failure() instanceof ImportFailure failure ? failure.text(frame.wording()) : "";
    }

    static List<Count> counts(Frame frame, ImportJob job, ImportReport report) {
        NumberFormat format = NumberFormat.getIntegerInstance(frame.wording().locale());
        List<Count> counts = new ArrayList<>();
        counts.add(new Count(frame.say("imports.count.lines"), format.format(report.lines())));
        if (job.task() == ImportJob.Task.CHECK) {
            counts.add(new Count(frame.say("imports.count.values"), format.format(report.values())));
        } else {
            counts.add(new Count(frame.say("imports.count.written"), format.format(report.written())));
            counts.add(new Count(frame.say("imports.count.existing"), format.format(report.existing())));
        }
        if (report.skipped() > 0) {
            counts.add(new Count(frame.say("imports.count.skipped"), format.format(report.skipped())));
        }
        counts.add(new Count(frame.say("imports.count.missing"), format.format(report.missing())));
        counts.add(new Count(frame.say("imports.count.refused"), format.format(report.refused())));
        return counts;
    }

    Refusals refusals(Frame frame, ImportJob job) {
        List<Refusal> first = store.refusals(job.id(), REFUSALS_SHOWN);
        String address = "/imports/%d/refused.".formatted(job.id());
        long total = job.report() == null ? first.size() : job.report().refused();
        return new Refusals(
                job.id(),
                frame.say("imports.refused.total", total),
                refused(frame, "imports.refused.first", first),
                List.of(
                        new Refusals.File(frame.say("page.file.csv"), address + "csv"),
                        new Refusals.File(frame.say("page.file.excel"), address + "excel.csv"),
                        new Refusals.File(frame.say("page.file.xlsx"), address + "xlsx")));
    }

    static Table refused(Frame frame, String caption, List<Refusal> refusals) {
        return Table.whole(
                frame.say(caption),
                List.of(
                        TableColumn.ofNumbers(
                                frame.say("imports.refused.line"), refusal -> String.valueOf(refusal.line())),
                        TableColumn.of(
                                frame.say("imports.refused.column"), refusal -> TableCell.text(refusal.column())),
                        TableColumn.of(frame.say("imports.refused.value"), refusal -> TableCell.text(refusal.value())),
                        TableColumn.of(
                                frame.say("imports.refused.reason"),
                                refusal -> TableCell.text(RefusalTable.reason(frame.wording(), refusal)))),
                refusals);
    }

    private List<Series> series(ImportJob job) {
        List<Series> found = new ArrayList<>();
        for (long id : store.datastreams(job.id()).stream().limit(SERIES_SHOWN).toList()) {
            Series one = one(id);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    /// Null if it was deleted since.
    private @Nullable Series one(long datastream) {
        MeasuringPoint point;
        try {
            point = points.ofDatastream(datastream);
        } catch (DatastreamUnknown deleted) {
            return null;
        }
        return point.series().stream()
                .filter(series -> series.datastreamId() == datastream)
                .map(series -> new Series(
                        point.name() + ", " + series.name(), "/datastreams/" + Slug.of(datastream, series.name())))
                .findFirst()
                .orElse(null);
    }

    static String size(Frame frame, long bytes) {
        if (bytes >= 1L << 30 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + " GB";
        }
        return bytes >= 1L << 20
                ? frame.wording().number((double) bytes / (1 << 20)) + " MB"
                : frame.wording().number((double) Math.max(1, bytes / 1024)) + " kB";
    }
}
