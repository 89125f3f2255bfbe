package de.stadtkern.chat;

import de.stadtkern.knowledge.Details;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What of a place or a service is asked for that can be answered without quoting. German and English.
enum Need {
    HOURS(
            "öffnungszeit|sprechzeit|sprechstunde|geöffnet|geschlossen|\\böffne[tn]\\b|\\bschließ(t|en)\\b|\\boffen\\b|"
                    + "\\b(hat|haben|ist|macht|machen)\\b.{1,60}\\b(auf|zu)\\b\\W*($|am |heute|morgen|jetzt)|"
                    + "\\b(auf|zu)(macht|machen)\\b|opening (hours|times)|\\bopens?\\b|\\bclose[sd]?\\b",
            "offene (stelle|rechnung|forderung)|öffne[tn] .{0,20}(datei|seite|formular)",
            details -> !details.hours().isEmpty()),
    PHONE(
            "telefon|\\banrufen\\b|rufnummer|durchwahl|hotline|\\bphone\\b|\\bcall\\b",
            "telefonisch",
            details -> !details.phone().isEmpty()),
    MAIL(
            "\\be-?mail|mailadresse|\\bmail\\b",
            "(neue|andere|meine) e-?mail",
            details -> !details.mail().isEmpty()),
    APPOINTMENT(
            "\\btermine?\\b|terminvereinbarung|\\bappointments?\\b",
            "absagen|verschieb|verpass|versäum|veranstaltung|cancel",
            details -> !details.appointment().isEmpty()),
    PLACE(
            "\\bwo (ist|liegt|sitzt|finde|find|befindet)\\b|\\banschrift\\b|\\badresse\\b|where (is|are|can i find)|"
                    + "\\baddress\\b",
            "(neue|meine|andere|alte) (anschrift|adresse)|(adresse|anschrift).{0,20}(änder|umm?eld|mitteil)|"
                    + "e-?mail|mailadresse|(new|my|change).{0,12}address",
            details -> !details.place().isEmpty()),
    FEE(
            "\\bkoste[tn]?\\b|\\bkosten\\b|gebühr|\\bpreis|\\bteuer\\b|\\bfees?\\b|\\bcosts?\\b|how much",
            "erstatt|befrei|ermäßig|erlass|zurück|refund",
            details -> !details.fee().isEmpty()),
    DOCUMENTS(
            "unterlagen|mitbring|mitzubringen|dabei ?hab|\\bvorlegen\\b|which documents|what documents|to bring",
            "verloren|gestohlen",
            details -> !details.documents().isEmpty());

    private final Pattern asked;
    private final Pattern isNot;
    private final Predicate<Details> held;

    Need(String asked, String isNot, Predicate<Details> held) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
        this.asked = Pattern.compile(asked, flags);
        this.isNot = Pattern.compile(isNot, flags);
        this.held = held;
    }

    static Set<Need> askedIn(String question) {
        EnumSet<Need> asked = EnumSet.noneOf(Need.class);
        for (Need need : values()) {
            if (need.asked.matcher(question).find()
                    && !need.isNot.matcher(question).find()) {
                asked.add(need);
            }
        }
        return asked;
    }

    /// Whether a text says it.
    boolean isHeldBy(Details details) {
        return held.test(details);
    }
}
