package de.stadtkern.installation;

import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Watches the room left on the disk of the data folder. A full disk stops PostgreSQL in the middle; refusing writes
/// while there is still room keeps reading, and the way back, open.
@Component
public class DiskSpace {

    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);
    private static final long WARN_BELOW = 2L << 30;
    private static final long REFUSE_BELOW = 500L << 20;
    private static final long LOOK_EVERY = Duration.ofSeconds(2).toNanos();

    private final LongSupplier free;
    private final LongSupplier total;
    private volatile long lookedAt;
    private volatile long bytesFree = Long.MAX_VALUE;
    private volatile boolean warned;

    @Autowired
    DiskSpace(DataFolder folder) {
        this(folder.path().toFile()::getUsableSpace, folder.path().toFile()::getTotalSpace);
    }

    DiskSpace(LongSupplier free, LongSupplier total) {
        this.free = free;
        this.total = total;
        this.lookedAt = System.nanoTime() - LOOK_EVERY - 1;
    }

    /// Refuses with 507 below 500 MB; warns once in the log below 2 GB. Looks at the disk every two seconds at most.
    public void requireRoom() {
        long now = System.nanoTime();
        if (now - lookedAt > LOOK_EVERY) {
            lookedAt = now;
            look();
        }
        if (bytesFree < REFUSE_BELOW) {
            throw new Problem(
                    Problem.Kind.FULL,
                    "disk-full",
                    "Only %d MB are free on the disk of this Stadtkern. Nothing is written below 500 MB; reading goes on."
                            .formatted(bytesFree >> 20));
        }
    }

    public long bytesFree() {
        return free.getAsLong();
    }

    public long bytesTotal() {
        return total.getAsLong();
    }

    /// Too little to write.
    public boolean isFull() {
        return bytesFree() < REFUSE_BELOW;
    }

    /// Little enough to warn.
    public boolean isLow() {
        return bytesFree() < WARN_BELOW;
    }

    private void look() {
        bytesFree = free.getAsLong();
        boolean low = bytesFree < WARN_BELOW;
        if (low && !warned) {
            log.warn(
                    "Only {} MB are free on the disk of the data folder; below 500 MB writes are refused.",
                    bytesFree >> 20);
        }
        warned = low;
    }
}
