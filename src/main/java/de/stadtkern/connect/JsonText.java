package de.stadtkern.connect;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON inside a file's field, and texts on their way into JSON.
final class JsonText {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();
    private static final int MAX_DEPTH = 50;

    private JsonText() {}

    /// Why this is not JSON that PostgreSQL's `jsonb` takes; null if it is.
    static @Nullable Reason refusal(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart() && ++depth > MAX_DEPTH) {
                    return Reason.of(Reason.Kind.TOO_DEEP);
                }
                depth -= token.isStructEnd() ? 1 : 0;
                values += depth == 0 ? 1 : 0;
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
                if (text && refusalOfText(parser.getString()) instanceof Reason reason) {
                    return reason;
                }
                if (token.isNumeric() && Double.isNaN(numberOf(parser.getString()))) {
                    return Reason.of(Reason.Kind.NUMBER_RANGE);
                }
            }
            return values == 1 ? null : Reason.of(Reason.Kind.NOT_ONE_JSON);
        } catch (JacksonException wrong) {
            return Reason.of(Reason.Kind.NO_JSON);
        }
    }

    /// @param json that [#refusal] has nothing against
    static boolean isArray(String json, int size) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            boolean array = parser.nextToken() == JsonToken.START_ARRAY;
            int values = 0;
            while (array && parser.nextToken() != JsonToken.END_ARRAY) {
                values++;
                parser.skipChildren();
            }
            return array && values == size;
        }
    }

    /// The number this JSON is; NaN if it is something else or no double can hold it.
    static double numberOf(String json) {
        return NumberText.isNumber(json) ? NumberText.inRange(json) : Double.NaN;
    }

    /// The text without what the database cannot keep.
    static String storable(String text) {
        if (refusalOfText(text) == null) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(letter -> letter != 0 && Character.getType(letter) != Character.SURROGATE)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// Why the database cannot keep this text; null if it can.
    static @Nullable Reason refusalOfText(String text) {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == 0) {
                return Reason.of(Reason.Kind.NUL);
            }
            boolean pair = Character.isHighSurrogate(letter)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (pair) {
                at++;
            } else if (Character.isSurrogate(letter)) {
                return Reason.of(Reason.Kind.HALF_CHARACTER);
            }
        }
        return null;
    }

    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> {
                    if (letter < ' ') {
                        json.append("\\u%04x".formatted((int) letter));
                    } else {
                        json.append(letter);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
