package de.stadtkern.connect;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An import asked for over HTTP: what it is about and how far it is.
final class ImportJob implements ImportListener {

    enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    private final String id;
    private final long town;
    private final String file;
    private final boolean dryRun;
    private final RefusedFile refused;
    private volatile State state = State.WAITING;
    private volatile boolean cancelled;
    private volatile @Nullable ImportReport report;
    private volatile @Nullable String problem;
    private volatile @Nullable Instant endedAt;

    ImportJob(String id, long town, String file, boolean dryRun, Path refused) {
        this.id = id;
        this.town = town;
        this.file = file;
        this.dryRun = dryRun;
        this.refused = new RefusedFile(refused);
    }

    String id() {
        return id;
    }

    /// Id of the town it belongs to; no other town sees it.
    long town() {
        return town;
    }

    String file() {
        return file;
    }

    boolean dryRun() {
        return dryRun;
    }

    RefusedFile refusedFile() {
        return refused;
    }

    State state() {
        return state;
    }

    @Nullable
    ImportReport report() {
        return report;
    }

    /// Why it failed, in a sentence for the person who asked for it.
    @Nullable
    String problem() {
        return problem;
    }

    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    void start() {
        state = State.RUNNING;
    }

    void cancel() {
        cancelled = true;
    }

    void end(ImportReport result) {
        report = result;
        endedAt = Instant.now();
        state = result.cancelled() ? State.CANCELLED : State.DONE;
    }

    void fail(String reason) {
        problem = reason;
        endedAt = Instant.now();
        state = State.FAILED;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void progress(ImportReport soFar) {
        report = soFar;
    }

    @Override
    public void refused(Refusal refusal) {
        refused.add(refusal);
    }
}
