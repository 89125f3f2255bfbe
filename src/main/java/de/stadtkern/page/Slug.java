package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.text.Normalizer;
import java.util.Locale;

/// A readable address of something with a number: `12-bahnhofstrasse-sued`. Only the number counts, so that links stay
/// good when the name changes.
public record Slug(long id, String words) {

    private static final int LONGEST = 60;

    public static Slug of(long id, String name) {
        String plain = name.toLowerCase(Locale.GERMAN)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss");
        String words = Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        return new Slug(id, cut.replaceAll("^-|-$", ""));
    }

    /// What the last part of an address says. Throws a [Problem] where no number stands in front.
    public static Slug parse(String text) {
        int end = text.indexOf('-');
        String number = end < 0 ? text : text.substring(0, end);
        if (!number.matches("\\d{1,16}")) {
            throw new Problem(Problem.Kind.MISSING, "address-unknown", "There is nothing at '%.80s'.".formatted(text));
        }
        return new Slug(Long.parseLong(number), end < 0 ? "" : text.substring(end + 1));
    }

    @Override
    public String toString() {
        return words.isEmpty() ? String.valueOf(id) : id + "-" + words;
    }
}
