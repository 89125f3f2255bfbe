package de.stadtkern.mqtt;

/// How fast one client publishes: so many messages a second, and as many at once.
final class Pace {

    private final long nanosPerMessage;
    private final long burst;
    private long next = System.nanoTime();

    Pace(int messagesPerSecond) {
        nanosPerMessage = 1_000_000_000L / messagesPerSecond;
        burst = 1_000_000_000L;
    }

    /// Counts one message and returns for how many nanoseconds it comes too early.
    synchronized long early() {
        long now = System.nanoTime();
        next = Math.max(next, now - burst) + nanosPerMessage;
        return Math.max(0, next - now);
    }
}
