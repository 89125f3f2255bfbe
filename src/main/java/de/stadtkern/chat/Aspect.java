package de.stadtkern.chat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What is asked about a subject, and how a sentence looks that says it. German and English.
enum Aspect {
    COST(
            "kost|preis|gebühr|teuer|bezahl|\\bzahlen\\b|\\beuro\\b|\\bumsonst|gratis|\\bfees?\\b|how much|was macht"
                    + " das|abgabe|\\bcosts?\\b",
            "\\d\\s*(euro|€|eur\\b)|kostenlos|gebührenfrei|kostenfrei|keine (gebühr|kosten)|unentgeltlich|free of"
                    + " charge|prozent der gebühr"),
    DURATION(
            "wie lang|dauer|wie ?viele? (jahre?|monate?|tage?|wochen|stunden)|wie schnell|gültig|\\bgilt\\b|gelten|how"
                    + " long|warten|haltbar|ruhe",
            Units.TIME + "|unbefristet|gültig|bearbeitungszeit|dauert|lebenslang"),
    DEADLINE(
            "bis wann|ab wann|frist|spätestens|wie lange (vorher|zeit|im voraus)|wie ?viel zeit|wann muss|wann"
                    + " darf|rechtzeitig|deadline|vorher|nach wie ?vie",
            "spätestens|innerhalb|frühestens|rechtzeitig|\\bfrist|vorher|vor ablauf|vor"
                    + " (oder|und)|binnen|unverzüglich|sofort|"
                    + Units.TIME),
    DOCUMENTS(
            "unterlagen|mitbring|dabei ?hab|vorleg|was"
                    + " brauch|papier|bescheinigung|nachweis|schriftlich|\\bdocuments?\\b|vollmacht|zettel",
            "unterlagen|vorlegen|vorzulegen|mitbringen|bescheinigung|nachweis|vollmacht|original|ausweis|benötig|pass\\b|urkunde|attest"),
    FORM(
            "formular|vordruck|antrag|ausfüll|formblatt|\\bforms?\\b|welches papier|schreiben",
            "formular|antrag|vordruck|erklärung|vollmacht|bescheinigung"),
    WHERE(
            "\\bwo\\b|wohin|welche[rsm]?"
                    + " (amt|straße|bürgerbüro|adresse|stelle|büro)|adresse|anschrift|\\bwhere\\b|zuständig|wer"
                    + " (sagt|macht|hilft|füllt|entscheidet)|an wen",
            "(straße|str\\.|platz|weg|allee|ring|gasse|ufer)\\s+\\d|\\b\\d{5}\\b|bürgerbüro|servicestelle|zuständig|wenden"
                + " sie sich|anlaufstelle|standesamt|ministerium|studentenwerk"),
    PHONE("telefon|nummer\\b|anruf|durchwahl|hotline|\\bphone", "\\b0\\d{2,4}[ /-]\\d{3}|telefon|\\btel\\."),
    WAY(
            "\\bwie"
                + " (mach|geh|komm|krieg|bekomm|erfahr|beantrag|meld|schalt|kann|läuft)|online|termin|abhol|geschickt|\\bpost\\b|how"
                + " (do|can|to)|internet|persönlich",
            "online|persönlich|schriftlich|per (post|e-mail)|termin|telefonisch|benachrichtig|zugeschickt|nach"
                    + " hause|beantragen|vereinbaren"),
    RULE(
            "\\bdarf|\\bdürf|\\bkann\\b|muss|müss|anspruch|voraussetzung|bedingung|brauch|erlaubt|gilt|wenn|gibt|eigentlich|stimmt|may"
                + " i|can i|do i",
            "müssen|muss |können|kann |dürfen|darf"
                + " |\\bnicht\\b|\\bkeine?\\b|\\bnur\\b|anspruch|berechtigt|voraussetzung|\\bwenn\\b|erforderlich|entfällt|ausnahm|möglich|sofern");

    /// Numbers of units of time.
    private static final class Units {
        static final String TIME =
                "(\\d+|ein(e[rnm]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|mehrere[nr]?|höchstens|mindestens)"
                    + " (bis \\S+ )?(aufeinanderfolgende[nr]?"
                    + " )?(jahr|monat|woche|tag|arbeitstag|werktag|stunde|minute)";
    }

    private final Pattern asked;
    private final Pattern said;

    Aspect(String asked, String said) {
        this.asked = Pattern.compile(asked);
        this.said = Pattern.compile(said);
    }

    /// Those a question asks for; [#RULE] if it names none.
    static Set<Aspect> askedIn(String question) {
        EnumSet<Aspect> asked = EnumSet.noneOf(Aspect.class);
        for (Aspect aspect : values()) {
            if (aspect.asked.matcher(question.toLowerCase(Locale.ROOT)).find()) {
                asked.add(aspect);
            }
        }
        return asked.isEmpty() ? EnumSet.of(RULE) : asked;
    }

    /// @param sentence in small letters
    boolean isSaidIn(String sentence) {
        return said.matcher(sentence).find();
    }
}
