package de.stadtkern.connect;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One value of a message, as the mapping understands it.
///
/// @param device  as the message names its counter
/// @param channel key of the Datastream
/// @param value   which of the mapping's values it is
/// @param end     null: a moment
/// @param quality what is kept beside it, such as `resolution` `lost`; empty mostly
public record SourceRow(
        String device,
        String channel,
        int value,
        Instant start,
        @Nullable Instant end,
        double number,
        Map<String, Object> quality) {

    public SourceRow {
        quality = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(quality));
    }

    /// `zaehler-1 in 2026-05-01T10:00:00Z/2026-05-01T11:00:00Z 12 resolution=lost`
    @Override
    public String toString() {
        String said = new TreeMap<>(quality)
                .entrySet().stream()
                        .map(one -> " " + one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining());
        return "%s %s %s%s %s%s".formatted(device, channel, start, end == null ? "" : "/" + end, written(), said);
    }

    private String written() {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
