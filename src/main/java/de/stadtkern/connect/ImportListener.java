package de.stadtkern.connect;

/// Whoever started an import and wants to know how it goes. Called by the importing thread.
public interface ImportListener {

    /// Asked between lines; true ends the import, and what was written stays.
    default boolean isCancelled() {
        return false;
    }

    /// About every half second.
    default void progress(ImportReport soFar) {}

    /// Each refusal, in the order of the file.
    default void refused(Refusal refusal) {}
}
