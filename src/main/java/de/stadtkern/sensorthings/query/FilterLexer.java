package de.stadtkern.sensorthings.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts the text of `$filter` and of an order into tokens.
final class FilterLexer {

    /// What a token is; `END` after the last one.
    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        TIME,
        DAY,
        CLOCK,
        OPEN,
        CLOSE,
        COMMA,
        SLASH,
        OTHER,
        END
    }

    /// @param text for TEXT without the quotes
    record Token(Kind kind, String text, int position) {
        boolean is(String word) {
            return kind == Kind.NAME && text.equals(word);
        }
    }

    private static final Pattern NAME =
            Pattern.compile("[\\p{L}_@$][\\p{L}\\p{N}_.@:$-]*(/[\\p{L}\\p{N}_.@:$-]+|\\[\\d{1,6}])*");
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}_.@:$-]{1,100}");
    private static final Pattern VARIABLE = Pattern.compile(" *([\\p{L}_][\\p{L}\\p{N}_]{0,30}) *: *");

    // A plus that was not percent-encoded arrives as a space; between a time and its offset it can mean nothing else.
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.,]+(Z|z|[+-]\\d\\d:?\\d*| \\d\\d:\\d\\d)?");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT?");
    private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private final Piece piece;
    private final String text;
    private int at;
    private Token next;

    FilterLexer(Piece piece) {
        this.piece = piece;
        this.text = piece.text();
        this.next = read();
    }

    /// Whether a segment of a path can name a part of a JSON property.
    static boolean isName(String part) {
        return PART.matcher(part).matches();
    }

    Token peek() {
        return next;
    }

    Token take() {
        Token taken = next;
        next = read();
        return taken;
    }

    /// The variable and its colon, if they come next: `d:` of `any(d:d/id eq 1)`.
    @Nullable
    String takeVariable() {
        Matcher matcher = VARIABLE.matcher(text).region(next.position(), text.length());
        if (next.kind() != Kind.NAME || !matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        next = read();
        return matcher.group(1);
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
        Kind sign = switch (c) {
            case '(' -> Kind.OPEN;
            case ')' -> Kind.CLOSE;
            case ',' -> Kind.COMMA;
            case '/' -> Kind.SLASH;
            default -> Kind.OTHER;
        };
        if (sign == Kind.OTHER) {
            for (Kind kind : new Kind[] {Kind.TIME, Kind.DAY, Kind.CLOCK, Kind.NUMBER, Kind.NAME}) {
                Matcher matcher = pattern(kind).matcher(text).region(at, text.length());
                if (matcher.lookingAt()) {
                    Token token = new Token(kind, matcher.group(), at);
                    at = matcher.end();
                    return token;
                }
            }
        }
        return new Token(sign, String.valueOf(c), at++);
    }

    private static Pattern pattern(Kind kind) {
        return switch (kind) {
            case TIME -> TIME;
            case DAY -> DAY;
            case CLOCK -> CLOCK;
            case NUMBER -> NUMBER;
            case NAME, TEXT, OPEN, CLOSE, COMMA, SLASH, OTHER, END -> NAME;
        };
    }

    private Token quoted() {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == 0) {
                throw piece.refused("A text cannot hold a zero character", at - 1);
            }
            if (c != '\'') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append(c);
                at++;
            } else {
                return new Token(Kind.TEXT, value.toString(), start);
            }
        }
        throw piece.refused("The text that begins here has no closing quote", start);
    }
}
