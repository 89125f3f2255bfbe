package de.stadtkern.imports;

import de.stadtkern.connect.Imports;
import de.stadtkern.connect.Mapping;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.WriteAccess;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to imports of the bound town, for both edges. Work that is wanted here is done by [ImportRunner],
/// in this process or another one.
@Service
class ImportJobs implements Versioned {

    static final int LISTED = 200;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "import";
    private static final int AT_WORK = 20;

    private final ImportStore store;
    private final Uploads uploads;
    private final ImportRunner runner;
    private final Imports imports;
    private final WriteAccess access;
    private final DataSets dataSets;
    private final Rights rights;
    private final Changes changes;
    private final TransactionTemplate transaction;

    ImportJobs(
            ImportStore store,
            Uploads uploads,
            ImportRunner runner,
            Imports imports,
            WriteAccess access,
            DataSets dataSets,
            Rights rights,
            Changes changes,
            TransactionTemplate transaction) {
        this.store = store;
        this.uploads = uploads;
        this.runner = runner;
        this.imports = imports;
        this.access = access;
        this.dataSets = dataSets;
        this.rights = rights;
        this.changes = changes;
        this.transaction = transaction;
    }

    void require() {
        access.require();
    }

    /// Receives a file; nothing is done with it yet.
    ImportJob receive(String name, InputStream content) throws IOException {
        require();
        long id = store.insert(name, rights.caller().name());
        uploads.receive(id, content);
        return get(id);
    }

    ImportJob get(long id) {
        require();
        return store.find(id)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "import-unknown", "There is no import %d.".formatted(id), Map.of()));
    }

    List<ImportJob> list() {
        require();
        return store.list(LISTED);
    }

    void setMapping(ImportJob job, String mapping, @Nullable String draft, String mappingName) {
        require();
        if (!store.setMapping(job.id(), mapping, draft, mappingName)) {
            throw overtaken(job);
        }
    }

    /// Reads the whole file in the background and stores nothing.
    void check(ImportJob job) {
        want(job, ImportJob.Task.CHECK);
    }

    /// Imports in the background. It stands in the list of changes, and can be taken back there too.
    void start(ImportJob job) {
        want(job, ImportJob.Task.IMPORT);
    }

    private void want(ImportJob job, ImportJob.Task task) {
        require();
        Mapping mapping = Mapping.read(job.mapping());
        switch (task) {
            case IMPORT -> imports.requireWrite(mapping);
            case TAKE_BACK -> dataSets.requireWrite(store.datastreams(job.id()));
            case DRAFT, CHECK -> {}
        }
        if (store.countAtWork() >= AT_WORK) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "imports-waiting",
                    "%d imports are waiting already; please try again later.".formatted(AT_WORK));
        }
        transaction.executeWithoutResult(status -> {
            boolean fits = task == ImportJob.Task.TAKE_BACK
                    ? job.canBeTakenBack()
                    : job.hasContent() && (job.isDraft() || (task == ImportJob.Task.IMPORT && job.isResumable()));
            if (!fits || !store.want(job.id(), task, dataSets.writable())) {
                throw overtaken(job);
            }
            if (task == ImportJob.Task.IMPORT && job.isDraft()) {
                changes.record(subject(job), null, written(job), "");
            }
            if (task == ImportJob.Task.TAKE_BACK) {
                changes.record(subject(job), written(job), takenBack(job), "");
            }
        });
        runner.look();
    }

    private static Problem overtaken(ImportJob job) {
        return new Problem(
                Problem.Kind.CONFLICTING,
                "import-overtaken",
                "Import %d is not in a state that allows this; please look at it again.".formatted(job.id()));
    }

    /// What was written stays; it can be gone on with, or taken back.
    void stop(ImportJob job) {
        require();
        store.wantStop(job.id());
    }

    /// Goes on where it was stopped or failed.
    void resume(ImportJob job) {
        want(job, ImportJob.Task.IMPORT);
    }

    /// Removes, in the background, every Observation it created that is still there.
    void takeBack(ImportJob job) {
        want(job, ImportJob.Task.TAKE_BACK);
    }

    /// Throws a draft away.
    void discard(ImportJob job) {
        require();
        if (!job.isDraft()) {
            throw overtaken(job);
        }
        store.delete(job.id());
    }

    private static Changes.Subject subject(ImportJob job) {
        return new Changes.Subject(Area.PLATFORM, KIND, String.valueOf(job.id()), job.file());
    }

    private static Map<String, Object> written(ImportJob job) {
        return Map.of("file", job.file(), "state", "imported");
    }

    private static Map<String, Object> takenBack(ImportJob job) {
        return Map.of("file", job.file(), "state", "taken back");
    }

    @Override
    public String kind() {
        return KIND;
    }

    /// Null once it is taken back: that cannot be undone, the file is read in again instead.
    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .filter(ImportJob::canBeTakenBack)
                .filter(job -> job.task() == ImportJob.Task.IMPORT)
                .<JsonNode>map(job -> JSON.valueToTree(written(job)))
                .orElse(null);
    }

    @Override
    public boolean isFinal() {
        return true;
    }

    @Override
    public void restore(String subject, @Nullable JsonNode state) {
        ImportJob job = get(Long.parseLong(subject));
        if (state != null) {
            throw overtaken(job);
        }
        takeBack(job);
    }
}
