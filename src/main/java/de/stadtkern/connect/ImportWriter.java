package de.stadtkern.connect;

import de.stadtkern.city.CityContext;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.Entry;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationWriter;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes batches on a thread of its own while the next ones are being read. At most a few wait, so that memory stays
/// the same however large the file is. What has been written is committed, whatever happens later.
final class ImportWriter implements FileImport.Out, AutoCloseable {

    private static final int WAITING = 3;
    private static final List<NewObservation> END = List.of();

    private final ObservationWriter writer;
    private final Duplicates duplicates;
    private final ObservationWriter.@Nullable Along along;
    private final BlockingQueue<List<NewObservation>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile long written;
    private volatile long existing;

    ImportWriter(ObservationWriter writer, Duplicates duplicates, ObservationWriter.@Nullable Along along) {
        this.writer = writer;
        this.duplicates = duplicates;
        this.along = along;
        this.thread = Thread.ofPlatform().name("import-writer").start(CityContext.wrap(this::writeAll));
    }

    @Override
    public void batch(List<NewObservation> batch) {
        if (!batch.isEmpty()) {
            put(batch);
        }
    }

    @Override
    public void flush() {
        put(END);
        try {
            thread.join();
        } catch (InterruptedException ended) {
            throw interrupted(ended);
        }
        refuseIfFailed();
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public long existing() {
        return existing;
    }

    private void put(List<NewObservation> batch) {
        try {
            do {
                refuseIfFailed();
            } while (thread.isAlive() && !waiting.offer(batch, 100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            throw interrupted(ended);
        }
    }

    private void refuseIfFailed() {
        if (failure instanceof RuntimeException reason) {
            throw reason;
        }
    }

    private static IllegalStateException interrupted(InterruptedException ended) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("The import was interrupted", ended);
    }

    @SuppressWarnings("ReferenceEquality") // END is told from a batch that is empty
    private void writeAll() {
        try {
            for (List<NewObservation> batch = waiting.take(); batch != END; batch = waiting.take()) {
                write(batch);
            }
        } catch (RuntimeException failed) {
            failure = failed;
        } catch (InterruptedException closed) {
            // the reading side has given up; what was written stays
        }
    }

    /// Only this thread writes the two counters; others look at them.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void write(List<NewObservation> batch) {
        long[] ids = writer.write(batch, duplicates, Entry.FILE, along);
        int there = 0;
        for (long id : ids) {
            there += id == 0 ? 1 : 0;
        }
        existing += there;
        written += ids.length - there;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
