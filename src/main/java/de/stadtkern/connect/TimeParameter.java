package de.stadtkern.connect;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A border in time as somebody typed it: ISO, with an offset or in the town's own time, also a date alone.
final class TimeParameter {

    private TimeParameter() {}

    static @Nullable Instant read(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        char[] letters = text.toCharArray();
        var written = new TimePattern.Written();
        if (TimePattern.of("iso").read(letters, 0, letters.length, written)) {
            var clock = new LocalClock(CityContext.current().zone());
            long second = clock.epochSecond(written, new LocalClock.Memory());
            if (second != LocalClock.SKIPPED) {
                return Instant.ofEpochSecond(second, written.nanos);
            }
        }
        throw Problem.field(
                name,
                "time-invalid",
                "'%s' is no time such as 2026-11-22 or 2026-11-22T10:00:00Z."
                        .formatted(text.length() > 100 ? "…" : text));
    }
}
