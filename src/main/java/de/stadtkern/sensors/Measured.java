package de.stadtkern.sensors;

import de.stadtkern.page.SearchText;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a question about measured values says: what is measured, where, and nothing else. Words are compared as
/// [SearchText] says.
///
/// @param quantities beginnings of words with which what is asked for may be named
/// @param words      of the question that say what is measured or where
record Measured(Set<String> quantities, Set<String> words) {

    private static final int LETTERS = 3;
    private static final int ENDING = 2;

    /// How people ask, and how what they ask for is called by those who measure.
    private record Meaning(List<String> asked, List<String> measured) {

        boolean isAskedBy(String word) {
            return asked.stream().anyMatch(form -> isSame(form, word));
        }
    }

    private static final List<Meaning> MEANINGS = List.of(
            meaning(
                    "warm wärm kalt kält heiß hitze kühl frost temperatur lufttemperatur wassertemperatur grad cold"
                            + " hot temperature degrees",
                    "temperatur lufttemperatur wassertemperatur temperature"),
            meaning("laut leise lärm krach geräusch schall loud noise", "lärm schall dezibel noise sound"),
            meaning(
                    "luft luftqualität luftgüte feinstaub feinstaubbelastung staub schadstoff abgas stickoxid"
                            + " stickstoff ozon pollution air",
                    "feinstaub pm10 pm2 pm25 stickstoff stickoxid no2 ozon luftqualität air particulate"),
            meaning("regen regnet niederschlag nass rain", "niederschlag regen precipitation rain"),
            meaning("pegel wasserstand hochwasser flut water flood", "pegel wasserstand abfluss water gauge"),
            meaning("wind windgeschwindigkeit windstärke windig sturm böe windy storm", "wind böe"),
            meaning(
                    "feucht luftfeuchte luftfeuchtigkeit bodenfeuchte trocken humid humidity",
                    "feucht luftfeucht bodenfeucht humidity"),
            meaning(
                    "parkplatz parkplätz parkhaus stellplatz stellplätz",
                    "parkplatz parkplätz parkhaus stellplatz stellplätz parking"),
            meaning(
                    "rad räder fahrrad fahrräder radfahr bike bicycle cyclist",
                    "rad räder fahrrad fahrräder bicycle bike cyclist"),
            meaning("sonne sonnig strahlung uv sun", "strahlung sonnenschein globalstrahlung uv radiation"),
            meaning("strom energie power electricity", "strom leistung energie power energy"));

    /// Words of asking.
    private static final Set<String> FILLING =
            words("wie welche welcher welches welchen wieviel wieviele ist sind war hat viel viele hoch niedrig groß"
                + " stark schlimm gut schlecht sauber voll frei es das der die den dem des ein eine einer einen am an"
                + " auf in im beim bei zur zum vor von vom aus unter über und oder denn eigentlich so gerade jetzt"
                + " aktuell aktuelle aktueller aktuellen momentan heute moment zurzeit derzeit eben draußen hier dort"
                + " stadt wert werte messwert messwerte gemessen misst messen messung sensor stelle stand höhe bitte"
                + " sagen mir what how much many high is are the it at in on of right now currently today outside here"
                + " there value level measured sensor town city tell me please current");

    private static Meaning meaning(String asked, String measured) {
        return new Meaning(list(asked), list(measured));
    }

    private static List<String> list(String words) {
        return Arrays.stream(words.split("\\s+")).map(SearchText::plain).toList();
    }

    /// Also those of a name or a description.
    static Set<String> words(String text) {
        return Arrays.stream(SearchText.plain(text).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    static Measured of(String question, String town) {
        Set<String> all = words(question);
        Set<String> quantities = MEANINGS.stream()
                .filter(meaning -> all.stream().anyMatch(meaning::isAskedBy))
                .flatMap(meaning -> meaning.measured().stream())
                .collect(Collectors.toSet());
        Set<String> towns = words(town);
        return new Measured(
                quantities,
                all.stream()
                        .filter(word -> !FILLING.contains(word) && !towns.contains(word))
                        .collect(Collectors.toSet()));
    }

    /// Whether something of this name is asked for: as it is called, or as people say it.
    boolean isAskedFor(Set<String> name) {
        return name.stream()
                .anyMatch(word -> quantities.stream().anyMatch(quantity -> begins(word, quantity))
                        || words.stream().anyMatch(asked -> isSame(asked, word)));
    }

    /// Words of the question that are neither of this name nor say what is measured.
    Set<String> besides(Set<String> name) {
        return words.stream()
                .filter(word -> name.stream().noneMatch(other -> isSame(word, other)))
                .filter(word -> MEANINGS.stream().noneMatch(meaning -> meaning.isAskedBy(word)))
                .collect(Collectors.toSet());
    }

    /// Names say more than what is measured: `Lufttemperatur in zwei Metern`.
    private static boolean begins(String word, String quantity) {
        return quantity.length() <= LETTERS ? word.equals(quantity) : word.startsWith(quantity);
    }

    /// In any form: `Temperaturen` is `Temperatur`; but `Kaltmiete` is not `kalt`.
    private static boolean isSame(String one, String other) {
        boolean isForm =
                Math.min(one.length(), other.length()) > LETTERS && Math.abs(one.length() - other.length()) <= ENDING;
        return one.equals(other) || isForm && (one.startsWith(other) || other.startsWith(one));
    }
}
