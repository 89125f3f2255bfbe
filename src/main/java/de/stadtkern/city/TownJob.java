package de.stadtkern.city;

import java.time.Duration;

/// Work that is done again and again for each town, by one process at a time. The town is bound while it runs.
public interface TownJob {

    /// Stable: the job is found again under this name after a restart.
    String name();

    /// How long to wait after one run before the next.
    Duration pause();

    /// For how many towns at once in each process: fewer than all where a run waits for something slow, a disk or other
    /// people's servers, so that quick jobs always find a thread.
    default int atOnce() {
        return TownJobs.THREADS;
    }

    void run();
}
