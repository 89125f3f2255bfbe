package de.stadtkern.imports;

import de.stadtkern.connect.ImportListener;
import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Refusal;
import de.stadtkern.sensorthings.ObservationWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One process at work on one import: says how far it is, hears whether it is to stop, keeps the refusals.
final class ImportRun implements ImportListener {

    /// So long after its last sign of life another process takes the work over.
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final int REFUSALS_AT_ONCE = 1_000;

    private final ImportJob job;
    private final ImportStore store;
    private final BooleanSupplier ending;
    private final List<Refusal> waiting = new ArrayList<>();
    private int refusals;
    private boolean stopWanted;
    private boolean lost;

    /// @param ending whether this process is about to end
    ImportRun(ImportJob job, ImportStore store, BooleanSupplier ending) {
        this.job = job;
        this.store = store;
        this.ending = ending;
    }

    @Override
    public boolean isCancelled() {
        return stopWanted || lost || ending.getAsBoolean();
    }

    /// Whether it stopped because somebody asked for it, and not because the work goes on elsewhere.
    boolean isStopWanted() {
        return stopWanted;
    }

    @Override
    public long valuesDone() {
        return job.task() == ImportJob.Task.IMPORT ? job.handled() : 0;
    }

    @Override
    public ObservationWriter.@Nullable Along along() {
        return (connection, rows, firstNumber, created) ->
                ImportStore.addBatch(connection, job, rows, firstNumber, created);
    }

    @Override
    public void progress(ImportReport soFar) {
        keepRefusals();
        goOn(soFar);
    }

    void goOn(@Nullable ImportReport soFar) {
        Optional<Boolean> stop = store.goesOn(job, LEASE, soFar);
        lost = stop.isEmpty();
        stopWanted = stop.orElse(false);
    }

    @Override
    public void refused(Refusal refusal) {
        if (refusals + waiting.size() < ImportStore.MOST_REFUSALS) {
            waiting.add(refusal);
        }
        if (waiting.size() == REFUSALS_AT_ONCE) {
            keepRefusals();
        }
    }

    void keepRefusals() {
        if (!waiting.isEmpty() && !lost) {
            store.addRefusals(job.id(), refusals, waiting);
            refusals += waiting.size();
            waiting.clear();
        }
    }
}
