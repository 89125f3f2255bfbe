package de.stadtkern.sensorthings.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Where a page ended: the order keys of its last row, as text. A next page begins after them, however many rows came
/// or went before it; `$skip` would skip or repeat some.
public record SkipToken(List<@Nullable String> keys) {

    private static final String ABSENT = "~";

    public SkipToken {
        keys = new ArrayList<>(keys);
    }

    public String text() {
        StringJoiner text = new StringJoiner(".");
        for (String key : keys) {
            text.add(
                    key == null
                            ? ABSENT
                            : Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(key.getBytes(StandardCharsets.UTF_8)));
        }
        return text.toString();
    }

    static SkipToken parse(String text) {
        List<@Nullable String> keys = new ArrayList<>();
        try {
            for (String part : text.split("\\.", -1)) {
                keys.add(
                        part.equals(ABSENT)
                                ? null
                                : new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException notBase64) {
            throw unreadable();
        }
        return new SkipToken(keys);
    }

    static RequestRefused unreadable() {
        return RequestRefused.option(
                "$skiptoken", "This $skiptoken does not come from a nextLink of this query; start again without it.");
    }
}
