package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Change;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Texts;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.EntityModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/// Whatever any module has the list of changes keep is said in words: what is recorded is read from the sources, so
/// that a new kind, field or word without its text is found here.
@StadtkernTest
class ChangeWordsTest {

    private static final Path SOURCES = Path.of("src/main/java/de/stadtkern");
    private static final Pattern SUBJECT = Pattern.compile("new Changes\\.Subject\\(\\s*Area\\.\\w+,\\s*([^,]+),");
    private static final Pattern KIND = Pattern.compile("String KIND = \"([^\"]+)\"");
    private static final Pattern KIND_METHOD = Pattern.compile("String kind\\(\\) \\{\\s*return \"([^\"]+)\"");
    private static final Pattern PUT = Pattern.compile("(?:\\btree\\.put\\(|\\bput\\(tree,)\\s*\"([^\"]+)\"");
    private static final Pattern WORDS_OF_ENUM = Pattern.compile("[A-Z_]{2,}(?=[,;(])");

    /// Which of them are recorded as words of ours, and where these are declared.
    private static final Map<String, List<String>> ENUMS = Map.of(
            "kind",
            List.of(
                    "watches/Watch.java Kind",
                    "sources/Source.java Kind",
                    "knowledge/KnowledgeSource.java Kind",
                    "footfall/CounterPeriod.java Kind"),
            "openness",
            List.of("sensorthings/DataSet.java Openness"),
            "verdict",
            List.of("footfall/RaisedFlag.java Verdict"),
            "role",
            List.of("footfall/Counter.java Role"));

    private static final ChangeNames.Names NAMES = new ChangeNames.Names(
            Map.of("counter", Map.of(3L, "Johannisstraße"), "datastreams", Map.of(1L, "Pegel", 2L, "Regen")));

    private final Texts texts;

    @Autowired
    ChangeWordsTest(Texts texts) {
        this.texts = texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void everyKindOfChangeHasAName(String language) {
        Set<String> kinds = kinds();
        assertThat(kinds)
                .contains("account", "watch", "counter-period", "counter-calibration", "second-factor", "data-set")
                .hasSizeGreaterThan(18);
        EntityModel.all().forEach(entity -> kinds.add(entity.name()));
        assertThat(kinds)
                .allSatisfy(kind -> assertThat(texts.say(Locale.of(language), "people.changes.kind." + kind))
                        .isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void everyFieldOfAChangeHasAName(String language) {
        Set<String> fields = new TreeSet<>(
                Set.of("login", "name", "language", "active", "passkey", "passkey-factor", "second-factor"));
        fields.addAll(Set.of("start", "area", "role", "datastream", "expires", "revoked", "issuer", "client", "claim"));
        fields.addAll(Set.of("words", "second-factor-duty", "file", "state", "verdict", "cause", "areas", "districts"));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> found(PUT, text(file)).forEach(fields::add));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        assertThat(fields).contains("quiet-from", "openness", "counted-by").hasSizeGreaterThan(60);
        // The middle of a name that is put together, such as of the texts of a counter.
        fields.removeIf(name -> name.endsWith("-"));
        fields.addAll(Set.of("text-sees", "text-sends", "text-unseen", "text-kept"));
        EntityModel.all()
                .forEach(entity -> entity.parts().stream()
                        .map(EntityModel.Part::name)
                        .filter(name -> !name.equals("id"))
                        .forEach(fields::add));
        assertThat(fields)
                .allSatisfy(field -> assertThat(texts.say(Locale.of(language), "people.changes.field." + field))
                        .isEqualTo(ChangeWords.label(wording(language), "any", field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void everyWordOfAChangeIsSaid(String language) {
        ENUMS.forEach((field, places) -> places.forEach(place -> {
            Set<String> words = words(place);
            assertThat(words).as(place).hasSizeGreaterThan(2);
            assertThat(words)
                    .as(place)
                    .allSatisfy(word -> assertThat(
                                    texts.say(Locale.of(language), "people.changes.value.%s.%s".formatted(field, word)))
                            .isNotBlank());
        }));
        for (Role role : Role.values()) {
            assertThat(ChangeWords.value(wording(language), "roles.platform", role.key()))
                    .isEqualTo(texts.say(Locale.of(language), "people.role." + role.key()));
        }
        for (Area area : Area.values()) {
            assertThat(ChangeWords.value(wording(language), "area", area.key()))
                    .isEqualTo(texts.say(Locale.of(language), "people.area." + area.key()));
        }
    }

    @Test
    void aChangeReadsAsPeopleWouldSayIt() {
        assertThat(said(change(
                        "watch",
                        "{\"kind\":\"limit\",\"paused\":\"false\",\"lasting\":\"PT5M\"}",
                        "{\"kind\":\"silence\",\"paused\":\"true\",\"lasting\":\"PT2H\"}")))
                .isEqualTo("Art: Grenze → Stille; Dauer: 5 Minuten → 2 Stunden; Pause: nein → ja");
        assertThat(said(change("import", "{\"state\":\"imported\"}", "{\"state\":\"taken back\"}")))
                .isEqualTo("Stand: eingelesen → zurückgenommen");
        assertThat(said(change(
                        "counter-calibration",
                        "{\"role\":\"in\",\"to\":\"\"}",
                        "{\"role\":\"total\",\"to\":\"2026-11-22T12:00:00Z\"}")))
                .isEqualTo("Richtung: hinein → alle; bis:  → 22. November 2026, 13:00 Uhr");
        assertThat(said(change("data-set", "{\"readers\":\"editor viewer\"}", "{\"readers\":\"\"}")))
                .isEqualTo("lesen dürfen: Redaktion, Lesen → ");
        assertThat(said(change(
                        "Thing", "{\"properties\":{\"colour\":\"red\"}}", "{\"properties\":{\"colour\":\"blue\"}}")))
                .isEqualTo("Eigenschaften: colour: red → blue");
        assertThat(ChangeWords.kind(wording("de"), change("watch", "{}", "{}")))
                .as("one word for one thing")
                .isEqualTo(texts.say(Locale.GERMAN, "watches.past.watch"));
        assertThat(ChangeWords.title(wording("de"), change("second-factor-duty", "second-factor-duty", "{}", "{}")))
                .isEqualTo("Pflicht zum zweiten Faktor");
    }

    @Test
    void nobodyReadsIdsOrWhatProgramsWrite() {
        assertThat(said(change(
                        "counter-period",
                        "{\"counter\":\"3\",\"datastreams\":\"1 2\"}",
                        "{\"counter\":\"4\",\"datastreams\":\"2 99\"}")))
                .as("what is gone has no name")
                .isEqualTo("Zählstelle: Johannisstraße → 4; Messreihen: Pegel, Regen → Regen, 99");
        assertThat(said(change(
                        "mapping",
                        "{\"mapping\":\"time:\\n  column: Zeit\\n\",\"draft\":\"{\\\"a\\\":1}\"}",
                        "{\"mapping\":\"time:\\n  column: Uhr\\n  zone: UTC\\n\",\"draft\":\"{\\\"a\\\":2}\"}")))
                .isEqualTo("Beschreibung: Text mit 2 Zeilen → Text mit 3 Zeilen");
        assertThat(said(change(
                        "Thing",
                        "{\"properties\":{\"list\":[1,\"a\"]}}",
                        "{\"properties\":{\"list\":[[\"b\"],{\"c\":2}]}}")))
                .isEqualTo("Eigenschaften: list: 1, a → b, 2");
    }

    private String said(Change change) {
        return String.join(
                "; ",
                ChangeWords.differences(wording("de"), change, NAMES).stream()
                        .map(one -> "%s: %s → %s".formatted(one.field(), one.before(), one.after()))
                        .toList());
    }

    private static Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String text = text(file);
                for (String kind : found(SUBJECT, text)) {
                    kinds.addAll(
                            kind.startsWith("\"")
                                    ? List.of(kind.replace("\"", ""))
                                    : kind.equals("KIND")
                                            ? found(KIND, text)
                                            : kind.equals("kind()") ? found(KIND_METHOD, text) : List.of());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        // What the pages of the platform edit names its kind elsewhere.
        kinds.addAll(found(KIND, text(SOURCES.resolve("sensorthings/ThingEdits.java"))));
        kinds.addAll(found(KIND, text(SOURCES.resolve("sensorthings/DatastreamEdits.java"))));
        return kinds;
    }

    private static Set<String> words(String place) {
        String[] parts = place.split(" ", -1);
        String text = text(SOURCES.resolve(parts[0])).replaceAll("//[^\n]*", "");
        int from = text.indexOf("enum " + parts[1]);
        int to = text.indexOf('}', text.indexOf(';', from));
        Set<String> words = new TreeSet<>();
        WORDS_OF_ENUM
                .matcher(text.substring(from, to))
                .results()
                .forEach(word -> words.add(word.group().toLowerCase(Locale.ROOT)));
        return words;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1).strip())
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Change change(String kind, String before, String after) {
        return change(kind, "Bahnhofstraße", before, after);
    }

    private static Change change(String kind, String title, String before, String after) {
        JsonMapper json = new JsonMapper();
        return new Change(
                1, Instant.EPOCH, "Anna", Area.TOWN, kind, "1", title, json.readTree(before), json.readTree(after), "");
    }

    private Wording wording(String language) {
        return new Wording(texts, Locale.of(language), ZoneId.of("Europe/Berlin"), Instant.EPOCH);
    }
}
