package de.stadtkern.sensorthings.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a page ended: the order keys of its last row, as text. A next page begins after them, however many rows came
/// or
/// went before it; `$skip` would skip or repeat some.
public record SkipToken(List<@Nullable String> keys) {

    private static final char ABSENT = '-';
    private static final char PRESENT = '+';
    private static final char SEPARATOR = '\u0001';

    public SkipToken {
        keys = new ArrayList<>(keys);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            text.append(text.isEmpty() ? "" : SEPARATOR);
            text.append(key == null ? String.valueOf(ABSENT) : PRESENT + key);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static SkipToken parse(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<@Nullable String> keys = new ArrayList<>();
            for (String part : decoded.split(String.valueOf(SEPARATOR), -1)) {
                if (part.isEmpty() || part.charAt(0) != PRESENT && !part.equals(String.valueOf(ABSENT))) {
                    throw unreadable();
                }
                keys.add(part.charAt(0) == PRESENT ? part.substring(1) : null);
            }
            return new SkipToken(keys);
        } catch (IllegalArgumentException notBase64) {
            throw unreadable();
        }
    }

    static RequestRefused unreadable() {
        return RequestRefused.option(
                "$skiptoken", "This $skiptoken does not come from a nextLink of this query; start again without it.");
    }
}
