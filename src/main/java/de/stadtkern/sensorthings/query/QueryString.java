package de.stadtkern.sensorthings.query;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of an address by name. Whoever reads one takes it out; what is left at the end was not understood.
final class QueryString {

    private static final Set<String> LATER = Set.of("$apply", "$search", "$format", "$compute", "$levels", "$id");

    private final Map<String, Piece> options = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    static QueryString parse(@Nullable String query) {
        QueryString parsed = new QueryString();
        if (query == null || query.isEmpty()) {
            return parsed;
        }
        for (String part : query.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), true);
            parsed.put(name, Piece.of(name, equals < 0 ? "" : decode(part.substring(equals + 1), true)));
        }
        return parsed;
    }

    /// The options in the parentheses of an `$expand`, which came decoded with it.
    static QueryString of(List<Piece> parts) {
        QueryString options = new QueryString();
        for (Piece part : parts) {
            int equals = part.text().indexOf('=');
            int end = equals < 0 ? part.text().length() : equals;
            options.put(part.text().substring(0, end).strip(), part.from(equals < 0 ? end : end + 1));
        }
        return options;
    }

    private void put(String name, Piece value) {
        if (options.put(name, value) != null) {
            String shown = RequestRefused.shown(name);
            throw RequestRefused.option(shown, "Option '%s' stands there twice.".formatted(shown));
        }
    }

    @Nullable
    String take(String name) {
        Piece value = piece(name);
        return value == null ? null : value.text();
    }

    /// The same for what has parts of which an error says the place.
    @Nullable
    Piece piece(String name) {
        known.add(name);
        return options.remove(name);
    }

    /// Refuses what nobody took: 501 for what the standard has and this version has not, 400 for the rest.
    void refuseRest(String target) {
        for (String name : options.keySet()) {
            String shown = RequestRefused.shown(name);
            if (LATER.contains(name)) {
                throw RequestRefused.notOffered(shown, "The option %s is not offered yet.".formatted(shown));
            }
            throw RequestRefused.option(
                    shown,
                    "The option '%s' is not known for %s; known are: %s."
                            .formatted(shown, target, String.join(", ", known)));
        }
    }

    /// @param plusIsSpace true in the query part, where forms write a space so
    static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0) {
            return plusIsSpace ? text.replace('+', ' ') : text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    throw misencoded();
                }
                bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw misencoded();
        }
    }

    private static RequestRefused misencoded() {
        return RequestRefused.option(
                "url", "The address is not percent-encoded UTF-8: every % is followed by two hexadecimal digits.");
    }
}
