package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `docs/import.md` shows is what works.
class DocumentedExamplesTest {

    private static final Path FOLDER = Path.of("docs/examples/import");

    static Stream<Path> mappings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void theExampleIsUnderstoodAsTheGuideSays(Path file) throws IOException {
        String yaml = Files.readString(file);
        Path csv = Path.of(file.toString().replace(".yaml", ".csv"));
        var samples = new Samples(Mapping.read(yaml));
        ImportReport report =
                new FileImport(SourceFile.of(csv), Mapping.read(yaml), new ImportListener() {}).run(samples, samples);
        assertThat(report.refusals()).isEmpty();

        String guide = Files.readString(Path.of("docs/import.md"));
        assertThat(guide).contains(yaml).contains(Files.readString(csv));
        assertThat(guide).contains(String.join("\n", report.samples()));
    }
}
