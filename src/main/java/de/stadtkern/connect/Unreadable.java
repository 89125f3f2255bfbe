package de.stadtkern.connect;

/// A field that is not what the mapping says. Never leaves the reading of its line; has no stack trace, because a
/// file may have a million of them.
final class Unreadable extends Exception {

    private final int place;
    private final Reason reason;

    Unreadable(int place, Reason reason) {
        super(reason.toString(), null, false, false);
        this.place = place;
        this.reason = reason;
    }

    /// The field's place in the line.
    int place() {
        return place;
    }

    Reason reason() {
        return reason;
    }
}
