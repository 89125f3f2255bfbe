package de.stadtkern.watches;

import de.stadtkern.identity.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A watch as its row has it.
///
/// @param usual        how far apart its values usually are; null while that is not known
/// @param hookSecret   with which web-hooks are signed, empty without one
/// @param seenUntil    beginning of the last value that was looked at
/// @param seenHour     the last hour that was compared with the usual one
/// @param outsideSince since when values lie outside the limit, though not yet for long enough
record Watch(
        long id,
        Wish wish,
        String hookSecret,
        boolean paused,
        Instant createdAt,
        @Nullable Duration usual,
        @Nullable Instant seenUntil,
        @Nullable Instant seenHour,
        @Nullable Instant outsideSince) {

    enum Kind {
        LIMIT,
        SILENCE,
        DEVIATION;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What somebody wants.
    ///
    /// @param above     a value above it is outside; null for none
    /// @param lasting   so long values must be outside
    /// @param margin    so far inside the limit a value must be again before it is over
    /// @param intervals silent after so many usual intervals; 0: after `silence`
    /// @param factor    how many times the usual spread is a deviation
    /// @param mails     addresses
    /// @param hook      address of the web-hook, empty for none
    /// @param quietFrom in the town's time; null together with `quietTo` if there are no quiet hours
    record Wish(
            String name,
            long datastreamId,
            Kind kind,
            @Nullable Double above,
            @Nullable Double below,
            Duration lasting,
            double margin,
            int intervals,
            Duration silence,
            double factor,
            List<String> mails,
            String hook,
            boolean feed,
            @Nullable LocalTime quietFrom,
            @Nullable LocalTime quietTo) {

        Wish {
            mails = List.copyOf(mails);
        }

        static List<String> mails(String text) {
            return Arrays.stream(text.split("[\\s,;]+"))
                    .filter(mail -> !mail.isEmpty())
                    .distinct()
                    .toList();
        }

        /// Whether a value is outside; while an incident is open it must come back by the margin.
        boolean isOutside(double value, boolean open) {
            double room = open ? margin : 0;
            return (above != null && value > above - room) || (below != null && value < below + room);
        }

        boolean isQuiet(LocalTime now) {
            if (quietFrom == null || quietTo == null) {
                return false;
            }
            return quietFrom.isBefore(quietTo)
                    ? !now.isBefore(quietFrom) && now.isBefore(quietTo)
                    : !now.isBefore(quietFrom) || now.isBefore(quietTo);
        }
    }

    /// Of what editors see and change.
    String version() {
        return Version.of(Watches.tree(this));
    }

    /// How long nothing may come; null while the usual interval is not known.
    @Nullable
    Duration silentAfter() {
        if (wish.intervals() == 0) {
            return wish.silence();
        }
        return usual == null ? null : usual.multipliedBy(wish.intervals());
    }
}
