package de.stadtkern.sensorthings.query;

import java.util.List;
import java.util.stream.Collectors;

/// The data sets that whoever asks may not see. Every statement of this package asks for it in [Visible], so that no
/// way
/// to an entity can forget it; a statement made where nobody has said who asks is refused.
public record Closed(List<Long> dataSets) {

    /// Everything may be seen.
    public static final Closed NONE = new Closed(List.of());

    private static final ScopedValue<Closed> CURRENT = ScopedValue.newInstance();

    public Closed {
        dataSets = List.copyOf(dataSets);
    }

    public static boolean isBound() {
        return CURRENT.isBound();
    }

    public static Closed current() {
        return CURRENT.get();
    }

    public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    public Closed without(Closed others) {
        return new Closed(
                dataSets.stream().filter(set -> !others.dataSets.contains(set)).toList());
    }

    public boolean isNone() {
        return dataSets.isEmpty();
    }

    /// A condition that is true, false or null, for whatever is in one of them.
    public String holds(String column) {
        return column + " = any('{" + dataSets.stream().map(String::valueOf).collect(Collectors.joining(","))
                + "}'::bigint[])";
    }

    /// To follow another condition; empty if there are none.
    public String andNot(String column) {
        return isNone() ? "" : " and (" + holds(column) + ") is not true";
    }
}
