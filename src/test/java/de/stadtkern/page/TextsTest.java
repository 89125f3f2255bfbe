package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern SAID = Pattern.compile("say\\(\\s*\"([^\"]+)\"");

    private final Texts texts = new Texts();

    @Test
    void everyTextIsThereInEveryLanguage() {
        for (String language : Texts.LANGUAGES) {
            assertThat(texts.keys(language)).as(language).isEqualTo(texts.keys("de"));
        }
    }

    @Test
    void everyTextThatIsSaidIsWritten() throws IOException {
        Set<String> said = said();
        assertThat(said).isNotEmpty();
        assertThat(said).allSatisfy(key -> {
            if (key.endsWith(".")) {
                assertThat(texts.keys("de")).anyMatch(written -> written.startsWith(key));
            } else if (!key.contains("%s")) {
                assertThat(texts.keys("de")).contains(key);
            }
        });
    }

    @Test
    void aTextWithArgumentsReadsTheSameForOneAndForMany() {
        assertThat(texts.say(Locale.of("de"), "site.points", 1)).isEqualTo("1 Messpunkt");
        assertThat(texts.say(Locale.of("de"), "site.points", 1200)).isEqualTo("1.200 Messpunkte");
        assertThat(texts.say(Locale.of("en"), "site.points", 1200)).isEqualTo("1,200 measuring points");
    }

    private static Set<String> said() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(jte|java)"))
                    .toList()) {
                SAID.matcher(Files.readString(file)).results().forEach(match -> keys.add(match.group(1)));
            }
        }
        return keys;
    }
}
