package de.stadtkern.chat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of a text what identifies a person. Numbers are known by their check digits where they have one,
/// by their shape and the words around them otherwise; in doubt a long number goes and a short one stays.
final class Masking {

    enum Kind {
        EMAIL("E-Mail-Adresse"),
        IBAN("IBAN"),
        VEHICLE("Fahrgestellnummer"),
        VAT("Umsatzsteuer-ID"),
        PENSION("Versicherungsnummer"),
        DOCUMENT("Ausweisnummer"),
        TAX("Steuernummer"),
        BIRTH("Geburtsdatum"),
        PHONE("Telefonnummer"),
        PLATE("Kennzeichen"),
        ADDRESS("Anschrift"),
        NUMBER("Nummer"),
        NAME("Name");

        final String placeholder;

        Kind(String word) {
            placeholder = "[" + word + "]";
        }
    }

    /// @param kinds of what was taken out
    record Masked(String text, Set<Kind> kinds) {
        Masked {
            kinds = Set.copyOf(kinds);
        }
    }

    /// @param personal decides by the match and the text around it
    private record Mask(Kind kind, Pattern shape, BiPredicate<MatchResult, String> personal) {

        /// Shapes that a text without any figure can have.
        private static final Set<Pattern> SPOKEN =
                Set.of(Shapes.VEHICLE, Shapes.DOCUMENT, Shapes.BORN_BEFORE, Shapes.BORN_AFTER, Shapes.SPOKEN_PHONE);

        boolean needsFigures() {
            return kind != Kind.EMAIL && kind != Kind.NAME && !SPOKEN.contains(shape);
        }
    }

    private static final List<Mask> MASKS = masks();

    private Masking() {}

    static String mask(String text) {
        return masked(text).text();
    }

    static Masked masked(String text) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        String masked = text;
        boolean hasFigures = text.chars().anyMatch(Character::isDigit);
        for (Mask mask : MASKS) {
            if (hasFigures || !mask.needsFigures()) {
                masked = apply(mask, masked, kinds);
            }
        }
        return new Masked(masked, kinds);
    }

    private static String apply(Mask mask, String text, Set<Kind> kinds) {
        Matcher matcher = mask.shape().matcher(text);
        StringBuilder masked = new StringBuilder();
        int done = 0;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            from = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
            if (!mask.personal().test(matcher, text)) {
                from = Math.max(matcher.start() + 1, nextStart(text, matcher.start()));
                continue;
            }
            int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
            masked.append(text, done, matcher.start(group)).append(mask.kind().placeholder);
            done = matcher.end(group);
            from = Math.max(done, 1);
            kinds.add(mask.kind());
        }
        return masked.append(text, done, text.length()).toString();
    }

    /// A refused match may hide another one that begins a word later.
    private static int nextStart(String text, int start) {
        int next = start;
        while (next < text.length() && Character.isLetterOrDigit(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private static List<Mask> masks() {
        List<Mask> masks = new ArrayList<>();
        BiPredicate<MatchResult, String> always = (_, _) -> true;
        Shapes.EMAILS.forEach(shape -> masks.add(new Mask(Kind.EMAIL, shape, always)));
        masks.add(new Mask(Kind.IBAN, Shapes.IBAN_DIGITS, always));
        masks.add(new Mask(Kind.IBAN, Shapes.IBAN_LETTERS, (found, _) -> Checks.isIban(found.group(1))));
        masks.add(new Mask(Kind.IBAN, Shapes.ACCOUNT, always));
        masks.add(new Mask(Kind.VEHICLE, Shapes.VEHICLE, (found, _) -> Checks.isMixed(found.group(), 5)));
        masks.add(new Mask(Kind.VAT, Shapes.VAT, always));
        masks.add(new Mask(Kind.PENSION, Shapes.PENSION, always));
        masks.add(new Mask(Kind.PENSION, Shapes.HEALTH_INSURANCE, always));
        masks.add(new Mask(Kind.DOCUMENT, Shapes.DOCUMENT, Masking::isDocument));
        masks.add(new Mask(Kind.DOCUMENT, Shapes.NAMED_DOCUMENT, (found, _) -> Checks.digits(found.group(1)) >= 4));
        masks.add(new Mask(Kind.TAX, Shapes.TAX_ID, Masking::isTaxId));
        masks.add(new Mask(Kind.TAX, Shapes.TAX_NUMBER, always));
        masks.add(new Mask(Kind.TAX, Shapes.NAMED_TAX_NUMBER, (found, _) -> Checks.digits(found.group(1)) >= 8));
        masks.add(new Mask(Kind.BIRTH, Shapes.BORN_BEFORE, always));
        masks.add(new Mask(Kind.BIRTH, Shapes.BORN_AFTER, always));
        masks.add(new Mask(Kind.BIRTH, Shapes.OLD_DATE, Masking::isOldEnough));
        masks.add(new Mask(Kind.PHONE, Shapes.SPOKEN_PHONE, Masking::isSpokenNumber));
        masks.add(new Mask(Kind.PHONE, Shapes.PHONE, Masking::isPrivatePhone));
        masks.add(new Mask(Kind.PHONE, Shapes.NAMED_PHONE, Masking::isNamedPhone));
        masks.add(new Mask(Kind.NUMBER, Shapes.LONG_NUMBER, Masking::isLongNumber));
        masks.add(new Mask(
                Kind.PLATE,
                Shapes.PLATE,
                (found, _) -> !Shapes.NO_PLATE.matcher(found.group()).find()));
        masks.add(new Mask(Kind.PLATE, Shapes.NAMED_PLATE, always));
        masks.add(new Mask(Kind.PLATE, Shapes.PLATE_NAMED_AFTER, always));
        masks.add(new Mask(Kind.ADDRESS, Shapes.ADDRESS, Masking::isPrivateAddress));
        masks.add(new Mask(
                Kind.ADDRESS,
                Shapes.NAMED_ADDRESS,
                (found, _) -> !Shapes.NO_STREET.matcher(found.group(1)).find()));
        masks.add(new Mask(Kind.ADDRESS, Shapes.ENGLISH_ADDRESS, always));
        Names.SAID.forEach(shape -> masks.add(new Mask(Kind.NAME, shape, (found, _) -> Names.isName(found.group(1)))));
        return List.copyOf(masks);
    }

    private static boolean isDocument(MatchResult found, String text) {
        return Checks.isMixed(found.group(), 4)
                && (Checks.hasDocumentCheckDigit(found.group()) || found.group().length() >= 9);
    }

    private static boolean isTaxId(MatchResult found, String text) {
        return Checks.isTaxId(found.group())
                || Shapes.TAX_WORD.matcher(before(text, found.start(), 40)).find();
    }

    /// A day long ago is somebody's birthday, unless the words before it say what else it was.
    private static boolean isOldEnough(MatchResult found, String text) {
        int year = Integer.parseInt(found.group().substring(found.group().length() - 4));
        return year >= 1900
                && year <= 2012
                && !Shapes.OTHER_DAY.matcher(before(text, found.start(), 45)).find();
    }

    private static boolean isSpokenNumber(MatchResult found, String text) {
        return Checks.spokenDigits(found.group()) >= 6;
    }

    private static boolean isPrivatePhone(MatchResult found, String text) {
        String number = found.group();
        int digits = Checks.digits(number);
        boolean harmless = digits < 7
                || digits > 16
                || Shapes.SERVICE_NUMBER.matcher(number).find()
                || Shapes.TIME_OR_DATE.matcher(number).lookingAt()
                || Shapes.UNIT_AFTER.matcher(text.substring(found.end())).lookingAt();
        boolean towns = !Shapes.MOBILE.matcher(number).find()
                && Shapes.TOWNS_NUMBER.matcher(before(text, found.start(), 40)).find()
                && !Shapes.OWN.matcher(before(text, found.start(), 20)).find();
        return !harmless && !towns;
    }

    private static boolean isNamedPhone(MatchResult found, String text) {
        String number = found.group(1);
        return Checks.digits(number) >= 5
                && !Shapes.SERVICE_NUMBER.matcher(number).find()
                && !Shapes.TIME_OR_DATE.matcher(number).lookingAt()
                && !Shapes.UNIT_AFTER.matcher(text.substring(found.end(1))).lookingAt()
                && !Shapes.TOWNS_NUMBER
                        .matcher(before(text, found.start(1), 40))
                        .find();
    }

    private static boolean isLongNumber(MatchResult found, String text) {
        String number = found.group();
        int digits = Checks.digits(number);
        boolean whole = number.chars().allMatch(Character::isDigit);
        return (whole ? digits >= 7 : digits >= 9)
                && !Shapes.AMOUNT.matcher(number).matches()
                && !Shapes.YEARS.matcher(number).matches()
                && !Shapes.SERVICE_NUMBER.matcher(number).find()
                && !Shapes.TIME_OR_DATE.matcher(number).lookingAt()
                && !Shapes.SERVICE_START.matcher(before(text, found.start(), 8)).find()
                && !Shapes.TOWNS_NUMBER.matcher(before(text, found.start(), 40)).find()
                && !Shapes.UNIT_AFTER.matcher(text.substring(found.end())).lookingAt();
    }

    private static boolean isPrivateAddress(MatchResult found, String text) {
        String around = before(text, found.start(), 50);
        return !Shapes.NO_STREET.matcher(found.group()).find()
                && (!Shapes.OFFICE.matcher(around).find()
                        || Shapes.DWELLING.matcher(around).find());
    }

    private static String before(String text, int start, int length) {
        return text.substring(Math.max(0, start - length), start);
    }
}
