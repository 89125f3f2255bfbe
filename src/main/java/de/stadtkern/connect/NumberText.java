package de.stadtkern.connect;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Numbers as files write them, read straight from the line's letters.
final class NumberText {

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final int EXACT_DIGITS = 15;
    private static final int MAX_LENGTH = 400;

    private NumberText() {}

    /// NaN if it is not a number written so, or one that a double cannot hold.
    ///
    /// @param thousands 0: none
    static double read(char[] letters, int from, int to, char decimal, char thousands) {
        int at = from;
        boolean negative = at < to && (letters[at] == '-' || letters[at] == '\u2212');
        if (at < to && (negative || letters[at] == '+')) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int behind = -1;
        for (; at < to; at++) {
            char letter = letters[at];
            if (letter >= '0' && letter <= '9' && count < EXACT_DIGITS) {
                digits = digits * 10 + letter - '0';
                count++;
            } else if (letter == decimal && behind < 0 && count > 0) {
                behind = count;
            } else {
                return rare(letters, from, to, decimal, thousands);
            }
        }
        if (count == 0 || behind == count) {
            return rare(letters, from, to, decimal, thousands);
        }
        // Both are exact up to 15 digits, so that one division gives the nearest double, as the standard parser does.
        double value = behind < 0 ? digits : digits / POWERS[count - behind];
        return negative ? -value : value;
    }

    /// Exponents, many digits, separators of thousands.
    private static double rare(char[] letters, int from, int to, char decimal, char thousands) {
        if (to - from > MAX_LENGTH) {
            return Double.NaN;
        }
        StringBuilder text = new StringBuilder(new String(letters, from, to - from).replace('\u2212', '-'));
        if (thousands != 0) {
            String whole = text.toString();
            int comma = whole.indexOf(decimal);
            String head = comma < 0 ? whole : whole.substring(0, comma);
            String group = Pattern.quote(String.valueOf(thousands));
            if (head.indexOf(thousands) >= 0 && !head.matches("[+-]?\\d{1,3}(" + group + "\\d{3})+")) {
                return Double.NaN;
            }
            text = new StringBuilder(head.replace(String.valueOf(thousands), ""))
                    .append(comma < 0 ? "" : whole.substring(comma));
        }
        String plain = text.toString();
        if (decimal != '.') {
            if (plain.indexOf('.') >= 0) {
                return Double.NaN;
            }
            plain = plain.replace(decimal, '.');
        }
        return isNumber(plain) ? inRange(plain) : Double.NaN;
    }

    static boolean isNumber(String text) {
        return text.length() <= MAX_LENGTH && text.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,4})?");
    }

    /// NaN for what a double can only call infinite or zero.
    static double inRange(String number) {
        double value = Double.parseDouble(number);
        boolean lost = value == 0 && number.matches("[+-]?[0.]*[1-9].*");
        return Double.isFinite(value) && !lost ? value : Double.NaN;
    }

    /// Whether the double nearest to this number is written like it; identifiers of 17 digits for instance are not.
    static boolean isExact(String number, double value) {
        return new BigDecimal(number).compareTo(new BigDecimal(Double.toString(value))) == 0;
    }
}
