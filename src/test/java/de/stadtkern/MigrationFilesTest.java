package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The migrations of all modules make one history; two branches may each have written one at the same minute.
class MigrationFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/db");

    @Test
    void noTwoMigrationsShareAVersion() throws IOException {
        Map<String, List<String>> byVersion =
                names().stream().collect(Collectors.groupingBy(name -> name.substring(0, name.indexOf('_'))));
        byVersion.values().removeIf(same -> same.size() == 1);
        assertThat(byVersion).isEmpty();
    }

    @Test
    void eachIsNamedByTheMinuteItWasWrittenIn() throws IOException {
        assertThat(names()).isNotEmpty().allMatch(name -> name.matches("V20\\d{10}__[a-z0-9_]+\\.sql"));
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        }
    }
}
