package de.stadtkern.chat;

import java.util.List;
import java.util.regex.Pattern;

/// How what identifies a person is written, and the words that stand around it. Where a shape has a group,
/// only the group is personal.
final class Shapes {

    private static final String DOT = "[.。．｡]";
    private static final String AT = "\\s?[@＠]\\s?|\\s*[(\\[{]\\s*(?:at|ät|@)\\s*[)\\]}]\\s*";
    private static final String DOTTED = "(?:\\s?" + DOT + "\\s?|\\s*[(\\[{]?\\s*\\b(?:punkt|dot)\\b\\s*[)\\]}]?\\s*)";
    private static final String LOCAL =
            "[\\p{L}\\p{N}_%+-]+(?:(?:" + DOT + "|\\s(?:punkt|dot|minus|unterstrich)\\s)[\\p{L}\\p{N}_%+-]+)*";
    private static final String TOP =
            "(?:de|com|net|org|eu|info|at|ch|io|biz|online|example|uk|ru|ua|tr|fr|it|pl|es|nl|gov|edu)\\b";
    private static final String PROVIDER =
            "(?:gmx|web|gmail|googlemail|t-online|posteo|mailbox|outlook|hotmail|yahoo|icloud|freenet|aol|proton|protonmail|live|ukr|mail|yandex)";

    static final List<Pattern> EMAILS = List.of(
            any(LOCAL + "(?:" + AT + ")[\\p{L}\\p{N}-]+(?:" + DOTTED + "[\\p{L}\\p{N}-]{2,})+"),
            any(LOCAL + "\\s+(?:at|ät|et|klammeraffe|affenschwanz)\\s+[\\p{L}\\p{N}-]+" + DOTTED + TOP),
            any(LOCAL + "(?:" + AT + "|\\s+(?:at|ät)\\s+)" + PROVIDER + "(?:\\s" + TOP + ")?(?![\\p{L}\\p{N}])"));

    static final Pattern IBAN_DIGITS =
            any("\\b(?:DE|AT|CH|LI|LU|BE|ES|PL|HR|DK|FI|SE|NO|CZ|SK|HU|SI|EE|LT|PT|UA|RS|BA|GR|BG|RO)\\s?"
                    + "\\d{2}(?:[\\s.–-]{0,2}\\d){10,26}\\b");
    static final Pattern IBAN_LETTERS =
            any("\\b([A-Z]{2}\\s?\\d{2}(?:[\\s.–-]?[A-Z0-9]{4}){2,7}(?:[\\s.–-]?[A-Z0-9]{1,3})?)\\b");
    static final Pattern ACCOUNT = any("(?:iban|konto(?:nummer|nr\\.?)?|account)\\b[^\\d\\n"
            + "?!]{0,20}?\\b((?:[A-Z]{2}\\s?)?\\d{2}(?:[\\s.–-]{0,2}\\d){5,26})\\b");
    static final Pattern VEHICLE = any("\\b[A-HJ-NPR-Z0-9]{17}\\b");
    static final Pattern VAT = any("\\b(?:DE|ATU|CHE)[\\s-]?\\d{3}[\\s.]?\\d{3}[\\s.]?\\d{3}\\b");
    static final Pattern PENSION =
            any("\\b\\d{2}[\\s./-]?[0-3]\\d[\\s./-]?\\d{2}[\\s./-]?\\d{2}[\\s./-]?[A-Z][\\s./-]?\\d{2}[\\s./-]?\\d\\b");
    static final Pattern HEALTH_INSURANCE = any("\\b[A-Z]\\s?\\d{3}\\s?\\d{3}\\s?\\d{3}\\b");
    static final Pattern DOCUMENT = any("\\b[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\\d?(?:\\s?<+\\s?\\d)?\\b");
    static final Pattern NAMED_DOCUMENT = any(
            "\\b(?:\\w*ausweis\\w*|perso\\w*|\\w*pass(?:nummer|nr)?|passport|dokument\\w*|serien(?:nummer|nr)|führerschein(?:nummer|nr)|aufenthaltstitel|azr\\S*|eat|id[-"
                + " ]card)\\b[^\\d?!]{0,25}?\\b([A-Z]{0,3}\\d[A-Z0-9]{5,10}|[A-Z]{1,3}\\s?\\d{6,9}"
                + "|[A-Z0-9]{3}[\\s-][A-Z0-9]{3}[\\s-][A-Z0-9]{3,4})\\b");
    static final Pattern TAX_ID = any("\\b\\d{2}[\\s.-]?\\d{3}[\\s.-]?\\d{3}[\\s.-]?\\d{3}\\b");
    static final Pattern TAX_WORD = any("steuer|\\bid-?nr|\\btin\\b|identifikation|\\btax\\b");
    static final Pattern TAX_NUMBER = any("\\b\\d{2,3}\\s?/\\s?\\d{3,4}\\s?/\\s?\\d{4,5}\\b");
    static final Pattern NAMED_TAX_NUMBER = any(
            "\\bst(?:euer(?:nummer|nr\\.?|-?id\\w*)?|\\.?-?nr\\.?)\\b[^\\d?!]{0,25}?(\\d(?:[\\s./-]{0,2}\\d){7,12})\\b");

    private static final String MONTH =
            "(?:jan(?:uar|uary|\\.)?|jänner|feb(?:ruar|ruary|\\.)?|märz|maerz|mrz|march|apr(?:il|\\.)?|mai|may|juni|june|juli|july"
                + "|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|okt(?:ober|\\.)?|oct(?:ober)?|nov(?:ember|\\.)?|dez(?:ember|\\.)?|dec(?:ember)?)";
    private static final String SPOKEN_YEAR =
            "(?:(?:ein)?tausend|neunzehn|achtzehn|zwei\\s?tausend|zwanzig)[\\p{L}\\s]{0,4}?[\\p{L}]*";
    private static final String DATE =
            "(?:\\d{1,2}\\s?[./-]\\s?\\d{1,2}\\s?[./-]\\s?(?:\\d{4}|\\d{2})|\\d{4}-\\d{1,2}-\\d{1,2}"
                    + "|\\d{1,2}\\s?(?:\\.|st|nd|rd|th|ten)?\\s?" + MONTH + "\\s?,?\\.?\\s?'?(?:\\d{4}|\\d{2})"
                    + "|" + MONTH + "\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4}"
                    + "|\\p{L}{3,24}t(?:en|er|e)\\s(?:" + MONTH + "|\\p{L}{3,9}ten)\\s(?:" + SPOKEN_YEAR
                    + "|\\d{4}|\\d{2}))";
    private static final String BORN =
            "(?:\\bgeb(?:\\.|oren\\w*|urtsdat\\w*|urtstag\\w*|datum|\\b)|\\*|\\bborn\\b|\\bbirthda\\w*|\\bdate of"
                    + " birth\\b|\\bdob\\b|\\bbday\\b|doğum\\w*|\\bkam\\b(?=.{0,30}zur welt))";

    static final Pattern BORN_BEFORE =
            any(BORN + "[^\\d?!]{0,30}?(\\b" + DATE + "|\\b\\d{8}\\b|\\b\\d{6}\\b)(?![\\d])");
    static final Pattern BORN_AFTER = any("\\b(" + DATE
            + ")(?=[^\\d.?!]{0,30}?\\b(?:geb(?:oren)?\\b|born\\b|(?:auf die|zur) welt|geburtstag|birthday))");
    static final Pattern OLD_DATE = any("\\b(?:[0-3]?\\d\\s?[./-]\\s?(?:0?[1-9]|1[0-2])\\s?[./-]\\s?|[0-3]?\\d\\.?\\s?"
            + MONTH + "\\s)(?:19|20)\\d{2}\\b");
    static final Pattern OTHER_DAY = any(
            "(?:\\bvom|\\bseit|\\bgesetz|fassung|baujahr|\\bheirat|geheiratet|hochzeit|gekauft|ausgestellt|zulassung|gestorben|verstorben|todestag"
                + "|\\bbis|\\bab|scheidung|eingereist|gültig|bescheid|rechnung|ausgabe|erbaut|gegründet|vertrag)[^.?!]{0,25}$");

    private static final String NUMBER_WORD =
            "(?:null|eins|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|zero|one|two|three|four|five|six|seven|eight|nine|doppel|double"
                + "|\\p{L}{0,14}(?:zig|ßig|ssig|zehn|elf|zwölf))";
    static final Pattern SPOKEN_PHONE = any("(?:\\+\\s?|\\bplus\\s)?\\b(?:" + NUMBER_WORD + "[\\s,./-]{1,3}){2,}(?:(?:"
            + NUMBER_WORD + "|\\d+)[\\s,./-]{1,3})*(?:" + NUMBER_WORD + "|\\d+)\\b");
    static final Pattern PHONE =
            any("(?<![\\p{L}\\d§])(?:\\+\\s?|00\\s?|\\(\\s?\\+?0?|0)(?:[\\s()./–‑-]{0,3}\\d){5,15}(?![\\d])");
    static final Pattern NAMED_PHONE = any(
            "(?:\\btel(?:efon)?\\w*\\.?|\\bhandy\\w*|\\bmobil\\w*|\\bfestnetz\\w*|\\bfax\\w*|\\bwhats\\s?app|\\bsignal|\\brückruf\\w*|\\bruf\\w*|\\banrufen|\\berreich\\w*"
                + "|\\bphone|\\bcall|\\bnummer|\\bdurchwahl)\\b[^\\d?!]{0,25}?(\\d(?:[\\s()./–‑-]{0,2}\\d){4,14})(?![\\d])");
    static final Pattern SERVICE_NUMBER = any(
            "^(?:\\(?(?:0800|0180|0137|0900|0700)|11[0257]$|116\\s?\\d{3}$|(?:\\+49|0049)\\s?(?:800|180)|\\d{2,5}[\\s/-]{0,2}115$)");
    static final Pattern SERVICE_START = any("(?<!\\d)0(?:800|180|137|900|700)[\\s/.–-]{1,3}$");
    static final Pattern MOBILE = any("^(?:(?:\\+|00)\\s?49|0)[\\s()./–-]{0,3}(?:0\\)?)?\\s?1[5-7]");
    static final Pattern TIME_OR_DATE = any(
            "(?:[0-2]?\\d[.:][0-5]\\d\\s?(?:uhr)?\\s?(?:[–-]|bis|,|\\s)\\s?[0-2]?\\d[.:][0-5]\\d(?!\\d)|[0-3]?\\d[./-][01]?\\d[./-](?:19|20)?\\d{2}(?!\\d)"
                + "|(?:19|20)\\d{2}-[01]\\d-[0-3]\\d|[0-3]?\\d\\.\\s?[–-]\\s?[0-3]?\\d\\.\\s?[01]?\\d\\.)");
    static final Pattern UNIT_AFTER = any(
            "\\s?(?:€|euro|eur\\b|cent|%|prozent|uhr|qm|m²|km|kg|kwh|meter|einwohner|stück|jahre|tage|seiten|mal\\b)");
    static final Pattern TOWNS_NUMBER = any(
            "(?:\\beu(?:re|rer|er|rem)\\b|\\bihre[rn]?\\b|servicetelefon|bürgertelefon|service-?center|behörden\\w*|hotline|zentrale|rathaus|stadtverwaltung|\\w+amt(?:es)?\\b|bürgerbüro|der"
                + " stadt|notruf|\\byour\\b)[^.?!\\d]{0,25}$");
    static final Pattern OWN = any("\\b(?:meine?[rm]?|mich|mir|my)\\b");
    static final Pattern LONG_NUMBER = any("(?<![\\p{L}\\d,.§])\\d(?:[\\s./–-]?\\d){6,23}(?![\\d])");
    static final Pattern AMOUNT = any("\\d{1,3}(?:[.\\s]\\d{3})+(?:,\\d{2})?");
    static final Pattern YEARS = any("(?:(?:19|20)\\d{2}[\\s./–-]?){2,}");

    static final Pattern PLATE = Pattern.compile(
            "\\b(?:[A-ZÄÖÜ]{1,3}(?:\\s?[-–—‑:·]\\s?|\\s)[A-Z]{1,2}[\\s–—‑-]?[1-9]\\d{0,3}[EH]?"
                + "|[a-zäöü]{1,3}\\s?[-–—‑]\\s?[a-z]{1,2}[\\s–—‑-]?[1-9]\\d{0,3}[eh]?|[A-ZÄÖÜ]{1,3}[A-Z]{1,2}[1-9]\\d{2,3}[EH]?)\\b(?![,.]?\\d)");
    static final Pattern NO_PLATE = any(
            "^(?:DIN|ISO|EN|EU|EG|VO|UG|LKW|PKW|SGB|BGB|VWV|ABS|ART|NR|AZ|TÜV|PLZ|TEL|FAX|COVID|UTF|MP|CO|PM|A|B|C|D|BE|CE|DE)[\\s–—‑:-]+"
                + "(?:A|B|C|D|I|II|III|IV|V|VI|X|XI|EG|EU|EN|NR|S|U|P|BE|CE)\\s?-?\\d{1,4}$|^(?:DIN|ISO|SGB|BGB|EU|EG|VO)[\\s-]|^[su]-?bahn|^COVID");
    private static final String PLATE_TEXT =
            "[A-ZÄÖÜ]{1,3}[\\s.:–—‑-]{0,3}[A-Z]{1,2}[\\s.–—‑-]{0,3}[1-9]\\d{0,3}\\s?[EH]?";
    static final Pattern NAMED_PLATE = any(
            "(?:kennzeichen|nummernschild|autonummer|halter\\w*|plate|wagen|auto)\\b(?:\\s(?:ist|lautet|von|vom|mit|des|der|autos?|is|wagens?|nr|nummer|dem|kennzeichen)){0,3}[\\s:=,(„\"']{1,3}("
                    + PLATE_TEXT + ")\\b(?!\\s?(?:uhr|jahre|euro|tage))");
    static final Pattern PLATE_NAMED_AFTER =
            any("\\b(" + PLATE_TEXT + ")(?=\\s(?:ist mein|als)\\s(?:kennzeichen|nummernschild))");

    private static final String HOUSE = "\\d{1,4}(?:\\s?[a-h]\\b)?(?:\\s?[-–/]\\s?\\d{1,4}[a-z]?\\b)?";
    private static final String PLACE = "(?:[\\s,]{1,3}(?:D-)?\\d{5}(?:\\s\\p{Lu}[\\p{L}-]+)?)?";
    private static final String STREET =
            "stra(?:ß|ss)e|str\\.?|allee|gasse|weg|chaussee|damm|ufer|platz|ring|steig|stieg|promenade|pfad|zeile|twiete|graben";
    static final Pattern ADDRESS = any("\\b(?:\\p{L}[\\p{L}.-]*?(?:" + STREET
            + ")|(?:(?:in|an|auf|am|im|zum|zur)\\s)?(?:(?:der|dem|den)\\s)?\\p{L}+(?:er|en|e|es)\\s(?:" + STREET
            + ")|stra(?:ß|ss)e\\s(?:der|des|am|zum)\\s[\\p{L}\\d.]+(?:\\s\\p{L}+)?)[\\s,]{0,2}(?:nr\\.?\\s?|nummer\\s|hausnummer\\s)?\\b"
            + HOUSE
            + "(?!\\s?(?:€|euro|uhr|jahre|monat|tage|stunden|wochen|prozent|%|m\\b|meter|km|kinder|leute|personen|plätze|autos|häuser|stände|mal\\b|[.:]\\d))(?!\\d)"
            + PLACE);
    static final Pattern NAMED_ADDRESS =
            any("\\b(?:wohne?|wohnhaft|wohnen|lebe|adresse|anschrift|gemeldet|hausanschrift|live"
                + " at|address)\\b(?:\\s(?:ist|jetzt|seit|noch|lautet|is|ich))*[\\s:,]{1,3}"
                + "((?:(?:in|im|am|an|auf|zum|zur|bei|der|dem|den)\\s){0,3}\\p{L}[\\p{L}.-]{2,}(?:\\s\\p{L}[\\p{L}.-]{2,}){0,2}\\s"
                    + HOUSE
                    + "(?=\\s*(?:$|[,.;?!)]|\\d{5}|in\\s|und\\s))" + PLACE + ")");
    static final Pattern ENGLISH_ADDRESS = Pattern.compile(
            "\\b\\d{1,4}[a-z]?\\s(?:\\p{Lu}\\p{L}+\\s){1,2}(?:Street|Road|Avenue|Lane|Drive|Boulevard|Square)\\b");
    static final Pattern NO_STREET = any(
            "(?:park|stell|arbeits|spiel|kita|studien|betreuungs|sitz|schlaf|liege|grill|bolz|sport|steh|lade|pflege|ausbildungs|krippen|garten|zelt|heim|praktikums|zeltp|reit|flug)pl[aä]tz|hering|ehering|\\b(?:um|auf"
                + " dem|halb|kein|der|den|dem|ein|diesen?|meine?n?|unterwegs)\\s(?:weg|platz)\\s\\d"
                + "|\\b(?:seit|mit|zu|vor|nach|jahre?n?|kinder)\\s\\d|umweg|\\bweg\\s?[,.]?\\s?\\d|umzug");
    static final Pattern OFFICE = any(
            "(?:bürgerbüro|bürgeramt|bürgerservice|\\w+amt\\b|kvr|rathaus|behörde|dienststelle|schalter|\\beuch\\b|\\bihr(?:e|er)?\\b|filiale|museum|bad\\b|bibliothek|schule|wache|haltestelle)");
    static final Pattern DWELLING = any(
            "\\b(?:wohn\\w*|lebe|zieh\\w*|zog|gezogen|meine?[rnms]?|adresse|anschrift|wohnung|gemeldet|zuhause)\\b");

    private Shapes() {}

    private static Pattern any(String shape) {
        return Pattern.compile(shape, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
