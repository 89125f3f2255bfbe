package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each page of `docs/routes.md` is looked at in a browser: some test with one names an address of it.
class WalkTest {

    private static final Pattern ROUTE = Pattern.compile("\\| GET \\| `([^`]+)` \\|");
    private static final Pattern LITERAL = Pattern.compile("\"((?:written)?/?[^\"\\n]*)\"");

    /// Interfaces, files and pictures, and what only leads elsewhere.
    private static final Pattern NO_PAGE = Pattern.compile(
            "/(sta|api|actuator)(/.*)?|.*\\.[^/]+|.*/live|/logo/.*|/login/provider/.*" + "|.*/(photos|documents)/.*");

    /// The address of an import holds a number that is known only when `ImportsInBrowserTest` runs; the other has a
    /// provider that answers, in `ProviderLoginTest`, which looks at it in a browser of its own.
    private static final Set<String> NOT_NAMED = Set.of("/imports/{id}", "/logged-out/{provider}");

    @Test
    void everyPageIsLookedAtInABrowser() throws IOException {
        Set<String> named = named();
        List<String> pages = ROUTE.matcher(Files.readString(Path.of("docs/routes.md")))
                .results()
                .map(route -> route.group(1))
                .filter(route -> !NO_PAGE.matcher(route).matches())
                .toList();
        assertThat(pages).hasSizeGreaterThan(75).contains("/source", "/sensors/{address}", "/operation");
        assertThat(pages).filteredOn(page -> !NOT_NAMED.contains(page)).allSatisfy(page -> {
            Pattern address = Pattern.compile(page.replaceAll("\\{[a-z]+}", "[^/?]+") + "(\\?.*)?");
            assertThat(named).anyMatch(one -> address.matcher(one).matches());
        });
    }

    /// Whatever tests with a browser have between quotes and is an address; some leave its slash to their helpers.
    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(one ->
                            one.getFileName().toString().matches(".*InBrowser(Test)?\\.java|VisitedTowns\\.java"))
                    .toList()) {
                boolean isSlashless = file.endsWith("PagesInBrowserTest.java");
                LITERAL.matcher(Files.readString(file)).results().forEach(literal -> {
                    String text = literal.group(1).replaceFirst("^written/", "/");
                    named.add(isSlashless && !text.startsWith("/") ? "/" + text : text);
                });
            }
        }
        return named;
    }
}
