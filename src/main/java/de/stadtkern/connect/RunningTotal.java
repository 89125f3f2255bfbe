package de.stadtkern.connect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The running total of one channel as it was last seen, and what a newer one means.
///
/// Differences become counts, so that the sum survives frames that are lost. A total that falls has begun anew (the
/// device was reset) or has rolled over its width: rolled over, if what was counted then is possible in that time and
/// the frame counter did not begin anew too. Never are people negative. Frames are put in order by their time; one
/// that comes late is part of a difference already, unless it is the last word from before a reset.
///
/// @param frame   -1: the device counts none
/// @param reset   null: none is remembered
public record RunningTotal(
        long total,
        Instant at,
        long frame,
        String session,
        @Nullable Reset reset) {

    /// @param total  the last one from before
    /// @param from   when that was
    /// @param until  when the first one from afterwards came
    public record Reset(long total, Instant from, Instant until) {}

    /// What one message says.
    record Seen(long total, Instant at, long frame, String session) {}

    /// @param bits        the width of the total, 0: it never rolls over
    /// @param interval    how often the device tells; null: not said
    /// @param mostPerHour more than that nobody can have counted
    record Rule(int bits, @Nullable Duration interval, long mostPerHour) {

        Duration coarse() {
            return interval == null
                    ? Duration.ofHours(1)
                    : interval.multipliedBy(3).dividedBy(2);
        }

        /// The most in that time, which is at least `least`.
        double most(Duration time, Duration least) {
            Duration counted = time.compareTo(least) < 0 ? least : time;
            return mostPerHour * (counted.toMillis() / 3_600_000.0);
        }
    }

    enum What {
        /// The first total: what it held before is of no known time.
        FIRST,
        COUNTED,
        /// It is older than what is known, so it is counted already, or the same once more.
        KNOWN,
        /// The last word from before a reset, behind time.
        LATE,
        IMPLAUSIBLE
    }

    /// @param amount counted between `from` and `to`
    /// @param lost   that frames are missing in between: when it was counted is not known exactly
    /// @param reset  that the total began anew
    /// @param next   what is known from here on
    record Step(What what, long amount, Instant from, Instant to, boolean lost, boolean reset, RunningTotal next) {}

    /// A stretch of time with its part of a count.
    record Piece(Instant from, Instant to, long amount) {}

    private static final int MOST_PIECES = 744;

    static Step first(Seen seen) {
        var now = new RunningTotal(seen.total(), seen.at(), seen.frame(), seen.session(), null);
        return new Step(What.FIRST, 0, seen.at(), seen.at(), false, false, now);
    }

    Step next(Seen seen, Rule rule) {
        if (!seen.at().isAfter(at)) {
            return late(seen);
        }
        Duration time = Duration.between(at, seen.at());
        boolean restarted = !seen.session().equals(session) || frame >= 0 && seen.frame() < frame;
        boolean lost = restarted || frame >= 0 && seen.frame() > frame + 1 || time.compareTo(rule.coarse()) > 0;
        long rise = seen.total() - total;
        boolean reset = false;
        if (rise < 0) {
            long rolled = rise + (rule.bits() == 0 ? 0 : 1L << rule.bits());
            Duration least = rule.interval() == null ? Duration.ofMinutes(1) : rule.interval();
            reset = restarted || rule.bits() == 0 || rolled < 0 || rolled > rule.most(time, least);
            rise = reset ? seen.total() : rolled;
        }
        var now = new RunningTotal(
                seen.total(),
                seen.at(),
                seen.frame(),
                seen.session(),
                reset ? new Reset(total, at, seen.at()) : this.reset);
        What what = rise > rule.most(time, Duration.ofHours(1)) ? What.IMPLAUSIBLE : What.COUNTED;
        return new Step(what, rise, at, seen.at(), lost || reset, reset, now);
    }

    private Step late(Seen seen) {
        if (reset != null
                && seen.at().isAfter(reset.from())
                && seen.at().isBefore(reset.until())
                && seen.total() > reset.total()) {
            long rise = seen.total() - reset.total();
            var now = new RunningTotal(total, at, frame, session, new Reset(seen.total(), seen.at(), reset.until()));
            // The stretch itself has a row already; this one stands at its end.
            Instant from = seen.at().minusSeconds(1);
            return new Step(
                    What.LATE, rise, from.isAfter(reset.from()) ? from : seen.at(), seen.at(), true, false, now);
        }
        return new Step(What.KNOWN, 0, seen.at(), seen.at(), false, false, this);
    }

    /// A count over hours of which nothing more is known, evenly on these hours; the parts are whole and give exactly
    /// the sum.
    static List<Piece> spread(Instant from, Instant to, long amount) {
        List<Instant> cuts = new ArrayList<>(List.of(from));
        Instant hour = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        while (hour.isBefore(to) && cuts.size() <= MOST_PIECES) {
            cuts.add(hour);
            hour = hour.plus(1, ChronoUnit.HOURS);
        }
        if (cuts.size() > MOST_PIECES) {
            return List.of(new Piece(from, to, amount));
        }
        cuts.add(to);
        double whole = Duration.between(from, to).toMillis();
        List<Piece> pieces = new ArrayList<>();
        long given = 0;
        for (int at = 1; at < cuts.size(); at++) {
            double share = Duration.between(from, cuts.get(at)).toMillis() / whole;
            long until = at == cuts.size() - 1 ? amount : (long) Math.floor(amount * share);
            pieces.add(new Piece(cuts.get(at - 1), cuts.get(at), until - given));
            given = until;
        }
        return pieces;
    }
}
