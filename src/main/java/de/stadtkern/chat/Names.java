package de.stadtkern.chat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of people, where the words around say that one is meant. The group of a shape is the name.
final class Names {

    private static final String NAME =
            "\\p{Lu}[\\p{L}'’.-]+(?:\\s(?:von|van|de|der|zu|el|al|bin|di)){0,2}(?:\\s\\p{Lu}[\\p{L}'’-]+){0,2}";
    private static final String FULL =
            "\\p{Lu}[\\p{L}'’-]+(?:\\s(?:von|van|de|der|zu|el|al|bin|di)){0,2}(?:\\s\\p{Lu}[\\p{L}'’-]+){1,2}";

    private static final Set<String> NO_NAMES = Set.of(
            "Ingenieur",
            "Deutscher",
            "Deutsche",
            "Student",
            "Studentin",
            "Rentner",
            "Rentnerin",
            "Mutter",
            "Vater",
            "Bürger",
            "Bürgerin",
            "Mieter",
            "Vermieter",
            "Ausländer",
            "Ausländerin",
            "Holle",
            "Deutsch",
            "Kind",
            "Kinder",
            "Antrag",
            "Amt");

    static final List<Pattern> SAID = List.of(
            Pattern.compile(
                    "(?i:\\b(?:ich|er|sie|vater|mutter|sohn|tochter|mann|frau|kind|bruder|schwester|baby|der|die)\\s(?:hei(?:ß|ss)e?t?|hieß)|\\bhei(?:ß|ss)e)\\s(?i:(?:mit"
                        + " (?:nachnamen|vornamen)|übrigens|jetzt|auch)\\s)?(" + NAME + ")"),
            Pattern.compile(
                    "(?i:\\b(?:mein|ihr|sein|der|unser) (?:name|vorname|nachname|familienname)(?: ist| lautet|:|"
                            + " war)|\\bname\\s?:|\\bmy name is|\\bmy name's)\\s?("
                            + NAME + ")"),
            Pattern.compile(
                    "(?i:\\b(?:mein name ist|ich hei(?:ß|ss)e|my name is|benim adım|adım|меня зовут|мене"
                        + " звати|اسمي))\\s"
                        + "(?!(?i:nicht|jetzt|anders|auch|so|nun|wie|noch|falsch|not)\\b)(\\p{L}{3,}(?:\\s\\p{L}{3,})?)(?=\\s*(?:$|[,.;!?]|und\\s|and\\s))"),
            Pattern.compile("(?i:\\b(?:ich bin(?: die| der| es| das)?|hier (?:ist|spricht|schreibt)|i am|i'm|this"
                    + " is|halter(?:in)? (?:bin ich|ist))[\\s:]{1,2})("
                    + FULL + ")(?=\\s*(?:$|[,.;!?(]|und\\s|aus\\s|wohn|geb|and\\s|from\\s))"),
            Pattern.compile("(?i:\\bich bin (?:die |der )?)(\\p{Lu}\\p{L}+),\\s(?i:\\[|ich|und|wohn)"),
            Pattern.compile("(?i:(?:mit"
                + " )?(?:freundlichen|besten|herzlichen|lieben|vielen)\\s(?:grüßen|gruessen|grüssen)|\\b(?:freundliche|viele|liebe|beste|schöne|herzliche)\\s(?:grüße|gruesse|grüsse)|\\b(?:mfg|vg|lg|gruß|gruss)|(?:kind|best)"
                + " regards|sincerely|regards)[\\s,.!-]{1,3}(?i:(?:von|ihre?|eure?)\\s)?("
                    + NAME + ")(?=\\s*[.!]?\\s*$|\\s*[,\\[(\\d])"),
            Pattern.compile(
                    "(?<!\\b(?i:meine|deine|seine|ihre|unsere|eine|die|der|zur|jede|keine|als|und|liebe|meiner|seiner|einer)\\s)\\b(?:Herrn?|Frau|Familie|Eheleute|Mrs?\\.?|Ms\\.?)\\s(?:(?:Dr|Prof)\\.\\s){0,2}("
                            + NAME + ")"),
            Pattern.compile(
                    "(?i:\\b(?:mein|meine|meinen|meinem|meiner|unser|unsere|unserem|unserer)\\s(?:sohn|tochter|kind|mann|frau|vater|mutter|bruder|schwester|baby|oma|opa|partner(?:in)?|freund(?:in)?|nachbar(?:in|n)?|ehemann|ehefrau))\\s("
                            + NAME
                            + ")(?=\\s*(?:$|[,.;!?(\\[*]|geb|ist\\s|hat\\s|will\\s|und\\s|braucht\\s|wird\\s|möchte\\s|kommt\\s|wohnt\\s))"));

    private Names() {}

    static boolean isName(String words) {
        return !NO_NAMES.contains(words) && !words.startsWith("[");
    }
}
