package de.stadtkern.connect;

import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run over one file: reads, hands batches on, counts, tells.
final class FileImport implements LineReader.Sink {

    /// The largest the store takes: each batch costs a commit and several round trips.
    private static final int BATCH = ObservationWriter.MOST;
    /// Letters of what is no plain number. Values are mostly numbers; where they are whole texts, fewer go at a time.
    private static final long HEAVIEST = 4L << 20;

    private static final int REFUSALS_KEPT = 100;
    private static final int LOOK_EVERY_LINES = 1_000;
    private static final long TELL_EVERY_NANOS = Duration.ofMillis(500).toNanos();

    /// Where batches go. [#flush] returns when everything handed over is done.
    interface Out {
        void batch(List<NewObservation> batch);

        void flush();

        long written();

        long existing();

        default List<String> samples() {
            return List.of();
        }
    }

    private final SourceFile file;
    private final Mapping mapping;
    private final ImportListener listener;
    private final List<Refusal> refusals = new ArrayList<>();
    private final long started = System.nanoTime();
    private List<NewObservation> batch = new ArrayList<>(BATCH);
    private long weight;
    private long lines;
    private final long done;
    private long values;
    private long refused;
    private long toldAt = started;
    private boolean cancelled;
    private @Nullable Out out;

    FileImport(SourceFile file, Mapping mapping, ImportListener listener) {
        this.file = file;
        this.mapping = mapping;
        this.listener = listener;
        this.done = listener.valuesDone();
    }

    ImportReport run(LineReader.Targets targets, Out to) throws IOException {
        out = to;
        try (SourceFile.Text text = file.open(mapping.format().charset());
                BufferedReader reader = new BufferedReader(text.reader(), 64 * 1024)) {
            Columns columns = Columns.find(reader, mapping);
            var csv = new CsvReader(
                    reader,
                    columns.separator(),
                    mapping.format().quote(),
                    1 + mapping.format().skipLines());
            var understanding = new LineReader(mapping, columns, targets, this);
            var line = new CsvLine();
            long unlooked = 0;
            boolean more = !mapping.format().header() || csv.next(line);
            while (more && csv.next(line)) {
                lines++;
                understanding.read(line);
                unlooked += line.length();
                if (lines % LOOK_EVERY_LINES == 0 || unlooked > HEAVIEST) {
                    unlooked = 0;
                    more = look(understanding, text, to);
                }
            }
            if (text.isBroken()) {
                refused(new Refusal(line.number, "", "", Reason.of(Reason.Kind.BROKEN_OFF)));
            }
            to.batch(batch);
            to.flush();
            return report(understanding, to, cancelled ? percent(text) : 100);
        }
    }

    private boolean look(LineReader understanding, SourceFile.Text text, Out to) {
        cancelled = listener.isCancelled();
        long now = System.nanoTime();
        if (now - toldAt > TELL_EVERY_NANOS) {
            toldAt = now;
            listener.progress(report(understanding, to, percent(text)));
        }
        return !cancelled;
    }

    private int percent(SourceFile.Text text) {
        return file.size() <= 0 ? 0 : (int) Math.min(100, text.bytesRead() * 100 / file.size());
    }

    private ImportReport report(LineReader understanding, Out to, int percent) {
        return new ImportReport(
                lines,
                understanding.skippedLines(),
                values,
                to.written(),
                to.existing(),
                understanding.missingValues(),
                refused,
                percent,
                cancelled,
                Duration.ofNanos(System.nanoTime() - started),
                to.samples(),
                refusals);
    }

    @Override
    public void value(NewObservation observation) {
        values++;
        if (values <= done) {
            return;
        }
        batch.add(observation);
        weight += observation.letters();
        if ((batch.size() == BATCH || weight > HEAVIEST) && out != null) {
            out.batch(batch);
            batch = new ArrayList<>(BATCH);
            weight = 0;
        }
    }

    @Override
    public void refused(Refusal refusal) {
        refused++;
        if (refusals.size() < REFUSALS_KEPT) {
            refusals.add(refusal);
        }
        listener.refused(refusal);
    }
}
