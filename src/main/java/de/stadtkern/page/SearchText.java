package de.stadtkern.page;

import java.text.Normalizer;
import java.util.Locale;

/// Text as it is compared when somebody looks for something: `Straße`, `Strasse` and `STRASSE` are the same.
public final class SearchText {

    private SearchText() {}

    public static String plain(String text) {
        String small = text.toLowerCase(Locale.GERMAN)
                .replace("ß", "ss")
                .replace("ae", "ä")
                .replace("oe", "ö")
                .replace("ue", "ü");
        return Normalizer.normalize(small, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
