package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every SQL text of the sources keeps to what Citus takes with one distributed schema for each town. Which rules these
/// are was found out on Citus 13.2; this test has no Citus, it reads.
class CitusTest {

    private static final Pattern TEXT =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

    private static final Map<String, Pattern> REFUSED = Map.of(
            "triggers do not exist on distributed tables",
            Pattern.compile("create\\s+(or\\s+replace\\s+)?(constraint\\s+)?trigger"),
            "MERGE knows no values as its source",
            Pattern.compile("merge\\s+into"),
            "partitions are detached without CONCURRENTLY",
            Pattern.compile("detach\\s+partition\\s+\\S+\\s+concurrently"),
            "in an UPDATE the time stands in no CASE and no COALESCE; bind it",
            Pattern.compile("\\bupdate\\s.*\\bset\\b.*(coalesce\\([^()]*,\\s*now\\(\\)|\\b(then|else)\\s+now\\(\\))"),
            "ON CONFLICT DO UPDATE takes immutable functions only: bind the time, compare spans",
            Pattern.compile("^(?!.*\\bstadtkern\\.).*\\bdo update set\\b.*(now\\(\\)|make_interval|[+-]\\s*interval)"),
            "sizes of distributed tables are 0",
            Pattern.compile("pg_(total_)?relation_size"),
            "INSERT … SELECT joins no table with unnest or LATERAL unless that stands in WITH … AS MATERIALIZED",
            Pattern.compile("^(?!.*as materialized).*insert\\s+into\\b.*\\bselect\\b.*\\bfrom\\b.*("
                    + "\\blateral\\b|\\bjoin\\s+unnest|,\\s*unnest\\s*\\(\\s*\\?[^)]*\\)\\s*(as\\s+)?\\w+\\s+where"
                    + "|unnest\\s*\\([^)]*\\)\\s*(as\\s+)?\\w+(\\([^)]*\\))?\\s+(left\\s+|cross\\s+)?join)"));

    @Test
    void noTextSaysWhatCitusRefuses() throws IOException {
        List<String> texts = texts();
        assertThat(texts).hasSizeGreaterThan(300);
        assertThat(texts.stream().flatMap(text -> refused(text).stream().map(rule -> rule + ": " + text)))
                .isEmpty();
    }

    @Test
    void theRulesRecogniseWhatTheyAreAbout() {
        assertThat(refused("create trigger t after insert on a")).isNotEmpty();
        assertThat(refused("merge into a using (values (1)) v on true")).isNotEmpty();
        assertThat(refused("alter table a detach partition b concurrently")).isNotEmpty();
        assertThat(refused("update a set b = coalesce(b, now())")).isNotEmpty();
        assertThat(refused("update a set b = case when c then now() end")).isNotEmpty();
        assertThat(refused("update a set b = now() where c < now() - interval '1 hour'"))
                .isEmpty();
        assertThat(refused("insert into a values (1) on conflict (b) do update set c = now()"))
                .isNotEmpty();
        assertThat(refused("insert into a values (1) on conflict (b) do update set c = a.c + interval '1 hour'"))
                .isNotEmpty();
        assertThat(refused("insert into a values (now()) on conflict (b) do update set c = excluded.c"))
                .isEmpty();
        assertThat(refused("insert into a select t.b from t join unnest(?::bigint[]) x on x = t.id"))
                .isNotEmpty();
        assertThat(refused("insert into a select l.b from t cross join lateral (select 1) l"))
                .isNotEmpty();
        assertThat(refused("with x as materialized (select unnest(?)) insert into a select b from t join x on true"))
                .isEmpty();
        assertThat(refused("insert into a select b from unnest(?::bigint[]) as x(b)"))
                .isEmpty();
    }

    /// `force_generic_plan` breaks inserts there, so whoever sets it asks before.
    @Test
    void whoeverAsksForGenericPlansDoesNotOnCitus() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> asking = sources.filter(Files::isRegularFile)
                    .filter(source -> read(source).contains("force_generic_plan"))
                    .toList();
            assertThat(asking)
                    .hasSize(2)
                    .allSatisfy(source -> assertThat(read(source).replaceAll("\"\\s*\\+ \"", ""))
                            .containsAnyOf(
                                    "if (!hasCitus(statement)) {",
                                    "where not exists (select from pg_extension where extname = 'citus')"));
        }
    }

    private static List<String> refused(String text) {
        String flat = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        return REFUSED.entrySet().stream()
                .filter(rule -> rule.getValue().matcher(flat).find())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// All texts of Java sources, and each statement of the migrations.
    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".java")) {
                    TEXT.matcher(read(file))
                            .results()
                            .forEach(found -> texts.add(found.group(1) == null ? found.group(2) : found.group(1)));
                } else if (file.toString().endsWith(".sql")) {
                    texts.addAll(List.of(read(file).replaceAll("(?m)--.*$", "").split(";")));
                }
            }
        }
        return texts;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
