package de.stadtkern.chat;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/// The check digits of numbers that belong to a person.
final class Checks {

    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern TENS = Pattern.compile("(?i).*(?:zig|ßig|ssig|zehn|elf|zwölf)");

    private Checks() {}

    static int digits(String text) {
        return (int) text.chars().filter(Character::isDigit).count();
    }

    /// Letters and at least so many digits.
    static boolean isMixed(String text, int digits) {
        return digits(text) >= digits && text.chars().anyMatch(Character::isLetter);
    }

    /// ISO 13616; a sum of 1 modulo 97.
    static boolean isIban(String text) {
        String iban = compact(text);
        if (iban.length() < 15 || iban.length() > 34) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4))
                .chars()
                .forEach(letter -> number.append(Character.digit(letter, 36)));
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }

    /// § 139b AO: eleven digits, the last one by ISO 7064 MOD 11,10.
    static boolean isTaxId(String text) {
        String id = compact(text);
        if (id.length() != 11 || id.charAt(0) == '0') {
            return false;
        }
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (Character.digit(id.charAt(i), 10) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int check = 11 - product;
        return Character.digit(id.charAt(10), 10) == (check == 10 ? 0 : check);
    }

    /// ICAO 9303: weights 7, 3, 1 over nine characters, the tenth is the sum modulo 10.
    static boolean hasDocumentCheckDigit(String text) {
        String number = compact(text);
        if (number.length() != 10 || !Character.isDigit(number.charAt(9))) {
            return false;
        }
        int[] weights = {7, 3, 1};
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += Character.digit(number.charAt(i), 36) * weights[i % 3];
        }
        return sum % 10 == Character.digit(number.charAt(9), 10);
    }

    /// How many digits somebody dictates, in words and figures.
    static int spokenDigits(String text) {
        int digits = 0;
        for (String word : text.split("[^\\p{L}\\p{N}]+")) {
            digits += word.isEmpty()
                    ? 0
                    : digits(word) > 0 ? digits(word) : TENS.matcher(word).matches() ? 2 : 1;
        }
        return digits;
    }

    private static String compact(String text) {
        return NO_LETTER_OR_DIGIT.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
