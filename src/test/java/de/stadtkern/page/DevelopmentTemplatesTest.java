package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `mvn spring-boot:run` shows instead of the templates in the jar.
class DevelopmentTemplatesTest {

    private static final Path SOURCES = Path.of("src/main/jte");

    @Test
    void everyTemplateIsFoundByTheNameItsPageAsksFor() throws IOException {
        DevelopmentTemplates templates = new DevelopmentTemplates(new FrontEndRebuild(new FrontEnd()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> names = files.filter(file -> file.toString().endsWith(".jte"))
                    .map(file -> SOURCES.relativize(file).toString())
                    .toList();
            assertThat(names).contains("people/form-page.jte").hasSizeGreaterThan(80);
            assertThat(names)
                    .allSatisfy(name -> assertThat(templates.find(name)).isNotNull());
        }
        assertThatThrownBy(() -> templates.find("people/nothing.jte")).hasMessageContaining("people/nothing.jte");
    }
}
