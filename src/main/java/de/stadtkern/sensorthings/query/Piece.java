package de.stadtkern.sensorthings.query;

import java.util.ArrayList;
import java.util.List;

/// A part of what an option holds, and where it begins there: whoever cannot read it says its place.
///
/// @param option of the address; what stands inside of an `$expand` is a part of that
/// @param at     counted from zero
record Piece(String option, String text, int at) {

    static Piece of(String option, String value) {
        return new Piece(option, value, 0);
    }

    Piece from(int begin) {
        return between(begin, text.length());
    }

    Piece between(int begin, int end) {
        return new Piece(option, text.substring(begin, end), at + begin);
    }

    Piece strip() {
        int leading = text.length() - text.stripLeading().length();
        return new Piece(option, text.strip(), at + leading);
    }

    /// Cuts at each `separator` that stands neither in parentheses nor in quotes.
    List<Piece> split(char separator) {
        List<Piece> parts = new ArrayList<>();
        int open = 0;
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && c == '(') {
                open++;
            } else if (!quoted && c == ')') {
                open--;
            } else if (!quoted && open == 0 && c == separator) {
                parts.add(between(from, i));
                from = i + 1;
            }
        }
        parts.add(from(from));
        return parts;
    }

    /// @param message without its full stop: the place is said after it
    RequestRefused refused(String message) {
        return refused(message, 0);
    }

    /// @param position in this part, counted from zero
    RequestRefused refused(String message, int position) {
        return RequestRefused.at(option, message, at + position, "");
    }

    /// @param way the way out, a sentence of its own
    RequestRefused refused(String message, int position, String way) {
        return RequestRefused.at(option, message, at + position, " " + way);
    }
}
