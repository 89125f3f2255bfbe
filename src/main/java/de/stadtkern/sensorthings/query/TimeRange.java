package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.And;
import de.stadtkern.sensorthings.query.Filter.Comparison;
import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Value.Literal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What a filter says that asks for a time from, to, or both, and for nothing else:
/// `phenomenonTime ge 2026-01-01T00:00:00Z and phenomenonTime lt 2026-02-01T00:00:00Z`.
///
/// @param from the latest moment Observations have to begin at or after; null if there is none
/// @param to   the earliest one they have to end at or before
/// @param firstHour the first whole hour of which every Observation begins late enough; null if there is no `from`
/// @param lastHour  the end of the last whole hour of which every Observation begins early enough
record TimeRange(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant firstHour,
        @Nullable Instant lastHour) {

    /// Null if the filter says anything else.
    static @Nullable TimeRange of(Filter filter) {
        return switch (filter) {
            case And(var left, var right) -> {
                TimeRange one = of(left);
                TimeRange other = of(right);
                yield one == null || other == null ? null : one.and(other);
            }
            case Comparison(Value.Path path, var operator, Literal.Moment(var moment)) -> of(path, operator, moment);
            case Comparison(Literal.Moment(var moment), var operator, Value.Path path) ->
                of(path, mirrored(operator), moment);
            default -> null;
        };
    }

    private static @Nullable TimeRange of(Value.Path path, Operator operator, Instant moment) {
        if (!path.isOwn()
                || !path.inner().isEmpty()
                || path.type() != EntityType.OBSERVATION
                || !path.property().name().equals("phenomenonTime")) {
            return null;
        }
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        Instant next = hour.plus(1, ChronoUnit.HOURS);
        return switch (operator) {
            case GE -> new TimeRange(moment, null, hour.equals(moment) ? hour : next, null);
            case GT -> new TimeRange(moment, null, next, null);
            case LT, LE -> new TimeRange(null, moment, null, hour);
            case EQ, NE -> null;
        };
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case GT -> Operator.LT;
            case GE -> Operator.LE;
            case LT -> Operator.GT;
            case LE -> Operator.GE;
            case EQ, NE -> operator;
        };
    }

    private TimeRange and(TimeRange other) {
        return new TimeRange(
                later(from, other.from),
                earlier(to, other.to),
                later(firstHour, other.firstHour),
                earlier(lastHour, other.lastHour));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }
}
