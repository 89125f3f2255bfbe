package de.stadtkern.sensorthings.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts the text of `$filter` into tokens.
final class FilterLexer {

    /// What a token is; `END` after the last one.
    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        TIME,
        OPEN,
        CLOSE,
        OTHER,
        END
    }

    /// @param text for TEXT without the quotes
    record Token(Kind kind, String text, int position) {
        boolean is(String word) {
            return kind == Kind.NAME && text.equals(word);
        }
    }

    private static final Pattern NAME = Pattern.compile("[\\p{L}_@$][\\p{L}\\p{N}_.@:$-]*(/[\\p{L}\\p{N}_.@:$-]+)*");
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}_.@:$-]{1,100}");

    // A plus that was not percent-encoded arrives as a space; between a time and its offset it can mean nothing else.
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T[\\d:.,]+(Z|z|[+-]\\d\\d:?\\d*| \\d\\d:\\d\\d)?)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private final String text;
    private int at;
    private Token next;

    FilterLexer(String text) {
        this.text = text;
        this.next = read();
    }

    /// Whether a segment of a path can name a part of a JSON property.
    static boolean isName(String part) {
        return PART.matcher(part).matches();
    }

    static boolean isPath(String text) {
        return NAME.matcher(text).matches();
    }

    Token peek() {
        return next;
    }

    Token take() {
        Token taken = next;
        next = read();
        return taken;
    }

    private Token read() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return quoted();
        }
        if (c == '(' || c == ')') {
            return new Token(c == '(' ? Kind.OPEN : Kind.CLOSE, String.valueOf(c), at++);
        }
        for (Kind kind : new Kind[] {Kind.TIME, Kind.NUMBER, Kind.NAME}) {
            Matcher matcher = pattern(kind).matcher(text).region(at, text.length());
            if (matcher.lookingAt()) {
                Token token = new Token(kind, matcher.group(), at);
                at = matcher.end();
                return token;
            }
        }
        return new Token(Kind.OTHER, String.valueOf(c), at++);
    }

    private static Pattern pattern(Kind kind) {
        return switch (kind) {
            case TIME -> TIME;
            case NUMBER -> NUMBER;
            case NAME, TEXT, OPEN, CLOSE, OTHER, END -> NAME;
        };
    }

    private Token quoted() {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append(c);
                at++;
            } else {
                return new Token(Kind.TEXT, value.toString(), start);
            }
        }
        throw RequestRefused.filter("The text that begins here has no closing quote", start);
    }
}
