package de.stadtkern.connect;

import de.stadtkern.sensorthings.ObservationWriter;
import org.jspecify.annotations.Nullable;

/// Whoever started an import and wants to know how it goes. Called by the importing thread.
public interface ImportListener {

    /// Asked between lines; true ends the import, and what was written stays.
    default boolean isCancelled() {
        return false;
    }

    /// So many values at the beginning of the file were handled by an earlier run: they are read and not written again.
    default long valuesDone() {
        return 0;
    }

    /// What is to be written in the transaction of each batch; null for nothing.
    default ObservationWriter.@Nullable Along along() {
        return null;
    }

    /// About every half second.
    default void progress(ImportReport soFar) {}

    /// Each refusal, in the order of the file.
    default void refused(Refusal refusal) {}
}
