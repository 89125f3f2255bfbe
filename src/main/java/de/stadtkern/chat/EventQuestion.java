package de.stadtkern.chat;

import de.stadtkern.knowledge.Event;
import de.stadtkern.page.SearchText;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a question asks of what is on.
///
/// @param isGeneral whether it asks for events at all, rather than for one by its name
/// @param when      null for the next ones
/// @param whom      null for everybody
/// @param topics    other words an event has to have
record EventQuestion(
        boolean isGeneral, @Nullable When when, @Nullable Whom whom, List<Topic> topics) {

    private static final Pattern EVENTS = pattern("veranstaltung(en)?|events?|konzerte?|ausstellung(en)?|lesung(en)?|"
            + "flohm[aä]rkte?|feste?|führung(en)?|theatervorstellung(en)?|concerts?|exhibitions?|"
            + "veranstaltungskalender|veranstaltungstipps?");
    /// Those of them that say nothing of what it is.
    private static final Pattern ANY_EVENT =
            pattern("veranstaltung(en)?|events?|veranstaltungskalender|veranstaltungstipps?");
    private static final Pattern WHAT_IS_ON = pattern(
            "(was|wo) (ist|geht|läuft) .{0,60}\\blos|was (läuft|steht|geht) .{0,40}\\b(an|ab)\\W*$|was kann (ich|man)"
                    + " .{0,60}(unternehmen|erleben)|what('s| is) (on|happening|going on)|things to do");
    private static final Pattern ASKS = pattern("welche|was|wann|wo|gibt|finden?|findet|nächste[nrsm]?|zeig|which|what|"
            + "when|where|are there|is there|any|next|list");
    /// About holding one, or something else than what is on.
    private static final Pattern OTHERWISE = pattern(
            "an(zu)?melden|anmeldung|genehmig\\p{L}*|beantrag\\p{L}*|antrag|melde|absag\\p{L}*|abgesagt|veranstalten|veranstalter|"
                + "organisier\\p{L}*|durchführen|mieten|vermiet\\p{L}*|eigenen?|meine[nr]?|unsere[nr]?|darf|dürfen|"
                + "brauch\\p{L}*|kosten?|kostet|lärm\\p{L}*|laut|erlaub\\p{L}*|sondernutzung|gewerbe\\p{L}*|eintragen|"
                + "register|permission|permit|organi[sz]e|apply|my|noise|cancel\\p{L}*");
    private static final Pattern WHEN =
            pattern("wann|nächste[nrsm]?|termine?|findet|when|next|uhrzeit|wie ?viel uhr|what time");
    private static final Set<String> SMALL = new HashSet<>(Arrays.asList(
            ("der die das den dem des ein eine einen einem einer und oder in im ins am an auf aus bei beim zu zum zur"
                + " mit von vom für fuer bis ab um ist sind war gibt gibts es was wann wo welche welcher welches"
                + " welchen wer wie los so etwas noch denn eigentlich bitte kann man ich wir mir uns meinen meinem"
                + " unseren hier stadt ort nähe statt findet finden nächste nächsten nächster nächstes kommende"
                + " kommenden unternehmen machen erleben besuchen tun steht läuft geht alle alles tolle schöne gute"
                + " spannende interessante coole neue zeig zeige nenne sag sage hallo danke gern gerne abend abends"
                + " nachmittag vormittag uhr termin termine zeit als auch nicht mal so nur vor nach the a an of for in"
                + " on at to is are there any what when where which who with and or i we can do me my please next"
                + " events event happening going things town city about some show list near here this veranstaltet"
                + " programm angeboten")
                    .split(" ")));
    private static final int SHORTEST_INSIDE = 5;
    private static final int LONGEST_ENDING = 2;

    private static Pattern pattern(String words) {
        return Pattern.compile("(?<![\\p{L}\\d])(?:" + words + ")(?![\\p{L}\\d])");
    }

    /// For whom events are, by words in what calendars say of them.
    enum Whom {
        CHILDREN(
                "kind|kinder|kindern|kids|child|children|kleinkinder", "kind|kita|familie|children|kids|puppentheater"),
        FAMILIES("familien?|family|families", "famil|kind|children"),
        YOUTH("jugend|jugendliche[nr]?|teenager|teens?|young people|youth", "jugend|teen|youth|junge leute"),
        SENIORS(
                "senior(en|innen)?|ältere[nr]?( menschen| leute)?|rentner(innen|n)?|seniors|elderly|older people",
                "senior|ältere|rentner|elderly|older people|60 ?\\+|65 ?\\+");

        private final Pattern asked;
        private final Pattern said;

        Whom(String asked, String said) {
            this.asked = EventQuestion.pattern(asked);
            this.said = Pattern.compile(said);
        }

        String key() {
            return "chat.event." + name().toLowerCase(Locale.ROOT);
        }

        boolean isSaidIn(Event event) {
            return said.matcher(words(event).toLowerCase(Locale.GERMAN)).find();
        }
    }

    /// A word of the question, as it was written and as it is compared.
    record Topic(String written, String stem) {

        boolean isIn(List<String> words) {
            return words.stream()
                    .anyMatch(word -> stem.length() >= SHORTEST_INSIDE
                            ? word.contains(stem)
                            : word.startsWith(stem) && word.length() - stem.length() <= LONGEST_ENDING);
        }
    }

    /// Empty where it cannot be about what is on.
    ///
    /// @param town whose name tells nothing
    static Optional<EventQuestion> of(String question, String town, LocalDate today) {
        String text =
                question.toLowerCase(Locale.GERMAN).replaceAll("\\s+", " ").strip();
        if (OTHERWISE.matcher(text).find()) {
            return Optional.empty();
        }
        When when = When.in(question, today).orElse(null);
        boolean isGeneral = WHAT_IS_ON.matcher(text).find()
                || EVENTS.matcher(text).find() && (ASKS.matcher(text).find() || when != null);
        if (!isGeneral && !WHEN.matcher(text).find()) {
            return Optional.empty();
        }
        Whom whom = Arrays.stream(Whom.values())
                .filter(one -> one.asked.matcher(text).find())
                .findFirst()
                .orElse(null);
        String rest = when == null ? text : text.replace(when.said(), " ");
        rest = whom == null ? rest : whom.asked.matcher(rest).replaceAll(" ");
        Set<String> ofTown =
                new HashSet<>(Arrays.asList(town.toLowerCase(Locale.GERMAN).split("[^\\p{L}\\p{N}]+")));
        List<Topic> topics = Arrays.stream(rest.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() > 1 && !SMALL.contains(word) && !ofTown.contains(word))
                .filter(word -> !ANY_EVENT.matcher(word).matches())
                .map(word -> new Topic(word, stem(word)))
                .toList();
        return Optional.of(new EventQuestion(isGeneral, when, whom, topics));
    }

    /// Without the ending of a case or number.
    private static String stem(String word) {
        String plain = SearchText.plain(word);
        return plain.length() <= SHORTEST_INSIDE ? plain : plain.replaceFirst("(en|er|es|em|e|n|s)$", "");
    }

    private static String words(Event event) {
        return "%s %s %s %s"
                .formatted(event.title(), event.place(), String.join(" ", event.categories()), event.text());
    }

    private static List<String> split(String text) {
        return List.of(SearchText.plain(text).split("[^\\p{L}\\p{N}]+"));
    }

    /// Whether an event has all that is asked for but the time.
    boolean isAbout(Event event) {
        if (whom != null && !whom.isSaidIn(event)) {
            return false;
        }
        List<String> words = split(words(event));
        return topics.stream().allMatch(topic -> topic.isIn(words));
    }

    /// Whether it names an event: every word left is one of its title, and most of the title's are said.
    boolean names(Event event) {
        List<String> title = split(event.title()).stream()
                .filter(word -> word.length() > 2 && !SMALL.contains(word))
                .toList();
        long said = title.stream()
                .filter(word -> topics.stream().anyMatch(topic -> topic.isIn(List.of(word))))
                .count();
        return !topics.isEmpty()
                && topics.stream().allMatch(topic -> topic.isIn(split(event.title() + " " + event.place())))
                && 2 * said >= title.size()
                && said > 0;
    }
}
