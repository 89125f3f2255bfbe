package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/// What the documents say that a program can check.
class DocumentsTest {

    @Test
    void thePictureOfTheModulesIsTheOneTheCodeDraws() throws IOException {
        ApplicationModules modules = ApplicationModules.of(Stadtkern.class);
        String picture = modules.stream()
                .flatMap(module -> module.getDirectDependencies(modules)
                        .uniqueModules()
                        .map(ApplicationModule::getIdentifier)
                        .map(target -> "  " + module.getIdentifier() + " --> " + target))
                .sorted()
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("ARCHITECTURE.md"))).contains("```mermaid\ngraph TD\n" + picture + "\n```");
    }

    @Test
    void everyDependencyIsNamedWithItsReason() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        pom = pom.substring(pom.indexOf("</dependencyManagement>"));
        String frontEnd = Files.readString(Path.of("frontend/package.json"));
        TreeSet<String> used = new TreeSet<>();
        Pattern artifact =
                Pattern.compile("<dependency>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>([^<]+)</artifactId>");
        for (Matcher found = artifact.matcher(pom); found.find(); ) {
            used.add(found.group(1));
        }
        String packages = frontEnd.substring(frontEnd.indexOf("ependencies\""));
        for (Matcher found = Pattern.compile("\"([@a-z][^\"]+)\": \"\\d").matcher(packages); found.find(); ) {
            used.add(found.group(1));
        }
        String list = Files.readString(Path.of("docs/dependencies.md"));
        assertThat(used)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(list).contains("`" + name + "`"));
    }

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
        List<Path> documents;
        try (Stream<Path> top = Files.list(Path.of("."));
                Stream<Path> below = Files.walk(Path.of("docs"))) {
            documents = Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
        assertThat(documents)
                .hasSizeGreaterThan(8)
                .allSatisfy(document -> assertThat(links(document))
                        .allSatisfy(link -> assertThat(document.resolveSibling(link))
                                .as("link in %s", document)
                                .exists()));
    }

    private static List<String> links(Path document) throws IOException {
        Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(document));
        return link.results().map(found -> found.group(1)).toList();
    }

    @Test
    void everyClassTheArchitectureNamesExists() throws IOException {
        String text = Files.readString(Path.of("ARCHITECTURE.md"));
        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                    .toList();
        }
        List<String> named = Pattern.compile("`([A-Z][A-Za-z]+)`")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(sources).containsAll(named);
    }

    @Test
    void theOperatorFindsEverySettingWithItsEnvironmentVariable() throws IOException {
        String operate = Files.readString(Path.of("docs/operate.md")) + Files.readString(Path.of("docs/settings.md"));
        List<String> settings = Arrays.asList(
                "server.port",
                "stadtkern.data",
                "stadtkern.database.url",
                "stadtkern.database.username",
                "stadtkern.database.password",
                "stadtkern.mqtt.port",
                "stadtkern.demo",
                "stadtkern.sensorthings.anonymous-writes");
        assertThat(settings)
                .allSatisfy(setting -> assertThat(operate)
                        .contains(
                                "`" + setting + "`",
                                "`"
                                        + setting.toUpperCase(java.util.Locale.ROOT)
                                                .replace('.', '_')
                                                .replace('-', '_') + "`"));
    }
}
