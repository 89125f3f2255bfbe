package de.stadtkern.chat;

import de.stadtkern.knowledge.Details;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What of a place or a service is asked for that can be answered without quoting. German and English.
enum Need {
    HOURS(
            "öffnungszeit|sprechzeit|sprechstunde|geöffnet|geschlossen|\\böffne[tn]\\b|\\bschließ(t|en)\\b|\\boffen\\b|"
                    + "\\b(hat|haben|ist|macht|machen)\\b.{1,60}\\b(auf|zu)\\b\\W*($|am |heute|morgen|jetzt)|"
                    + "\\b(auf|zu)(macht|machen)\\b|opening (hours|times)|\\bopens?\\b|\\bclose[sd]?\\b",
            "offene (stelle|rechnung|forderung)|öffne[tn] .{0,20}(datei|seite|formular)"),
    PHONE("telefon|\\banrufen\\b|rufnummer|durchwahl|hotline|\\bphone\\b|\\bcall\\b", "telefonisch"),
    MAIL("\\be-?mail|mailadresse|\\bmail\\b", "(neue|andere|meine) e-?mail"),
    APPOINTMENT(
            "\\btermine?\\b|terminvereinbarung|\\bappointments?\\b",
            "absagen|verschieb|verpass|versäum|veranstaltung|cancel"),
    PLACE(
            "\\bwo (ist|liegt|sitzt|finde|find|befindet)\\b|\\banschrift\\b|\\badresse\\b|where (is|are|can i find)|"
                    + "\\baddress\\b",
            "(neue|meine|andere|alte) (anschrift|adresse)|(adresse|anschrift).{0,20}(änder|umm?eld|mitteil)|"
                    + "e-?mail|mailadresse|(new|my|change).{0,12}address"),
    FEE(
            "\\bkoste[tn]?\\b|\\bkosten\\b|gebühr|\\bpreis|\\bteuer\\b|\\bfees?\\b|\\bcosts?\\b|how much",
            "erstatt|befrei|ermäßig|erlass|zurück|refund"),
    DOCUMENTS(
            "unterlagen|mitbring|mitzubringen|dabei ?hab|\\bvorlegen\\b|which documents|what documents|to bring",
            "verloren|gestohlen");

    private final Pattern asked;
    private final Pattern isNot;

    Need(String asked, String isNot) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
        this.asked = Pattern.compile(asked, flags);
        this.isNot = Pattern.compile(isNot, flags);
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
        boolean isMissing = switch (this) {
            case HOURS -> details.hours().isEmpty();
            case PHONE -> details.phone().isEmpty();
            case MAIL -> details.mail().isEmpty();
            case APPOINTMENT -> details.appointment().isEmpty();
            case PLACE -> details.place().isEmpty();
            case FEE -> details.fee().isEmpty();
            case DOCUMENTS -> details.documents().isEmpty();
        };
        return !isMissing;
    }
}
