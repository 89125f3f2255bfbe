package de.stadtkern.installation;

/// Stadtkern does not start, and somebody can do something about it. Shown as two sentences instead of a stack trace.
public final class StartRefused extends RuntimeException {

    private final String wayOut;

    /// @param reason what is wrong, one or two sentences
    /// @param wayOut what to do about it
    public StartRefused(String reason, String wayOut) {
        super(reason);
        this.wayOut = wayOut;
    }

    public String wayOut() {
        return wayOut;
    }
}
