package de.stadtkern.imports;

import de.stadtkern.connect.ImportReport;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An import as its row has it.
///
/// @param size       of the file as it was sent, in bytes
/// @param storedSize of what is kept of it; 0 if that is gone
/// @param mapping    as YAML, empty while there is none
/// @param draft      the mapping as it was clicked together, as JSON; null if it is text
/// @param report     of the last run, with totals over all runs; null before the first
/// @param failure    why it failed; null if it did not
/// @param takenBack  how many of the values it wrote were removed again
record ImportJob(
        long id,
        String file,
        long size,
        long storedSize,
        Instant createdAt,
        String createdBy,
        String mapping,
        @Nullable String draft,
        String mappingName,
        Task task,
        State state,
        boolean stopWanted,
        int run,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable ImportReport report,
        @Nullable ImportFailure failure,
        long handled,
        long written,
        long takenBack) {

    enum Task {
        /// Its mapping is still being made.
        DRAFT,
        /// The whole file is read and nothing stored.
        CHECK,
        IMPORT,
        /// What it created is removed.
        TAKE_BACK;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum State {
        OPEN,
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isAtWork() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /// Whether its mapping can still be changed: nothing has been written yet.
    boolean isDraft() {
        return task == Task.DRAFT || (task == Task.CHECK && !isAtWork());
    }

    boolean hasContent() {
        return storedSize > 0;
    }

    boolean isResumable() {
        return task == Task.IMPORT && (state == State.CANCELLED || state == State.FAILED) && hasContent();
    }

    boolean canBeTakenBack() {
        return !isAtWork()
                && (task == Task.IMPORT || (task == Task.TAKE_BACK && state != State.DONE))
                && written > takenBack;
    }

    boolean isTakenBack() {
        return task == Task.TAKE_BACK && state == State.DONE;
    }
}
