package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The privacy statement names each cookie that any page sets, and no other.
@StadtkernTest
class CookiesTest {

    private static final Pattern NAME =
            Pattern.compile("private static final String (?:COOKIE|NAME|SESSION|BROWSER) = \"([a-z]+)\"");
    private static final Pattern NAMED = Pattern.compile("<li>[„“]([a-z]+)[“”]:");

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void thePrivacyStatementNamesEveryCookie(String language) throws IOException {
        String page =
                TestTown.create(cities, port).get("/privacy?lang=" + language).body();
        Set<String> named = new TreeSet<>();
        NAMED.matcher(page).results().forEach(name -> named.add(name.group(1)));
        assertThat(named).isEqualTo(set());
    }

    /// Read from the sources: whatever makes a cookie keeps its name in a constant.
    private static Set<String> set() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path file : all) {
                String text = Files.readString(file);
                if (text.contains("ResponseCookie.from(")) {
                    List<String> own = NAME.matcher(text)
                            .results()
                            .map(name -> name.group(1))
                            .toList();
                    assertThat(own).as("names of the cookies of %s", file).isNotEmpty();
                    names.addAll(own);
                }
                assertThat(text).as(file.toString()).doesNotContain("new Cookie(", "addCookie(");
            }
        }
        return names;
    }
}
