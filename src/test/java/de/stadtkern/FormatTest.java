package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The formatter runs here and not as a Maven plugin, because it parses with the compiler of the Java it runs on, and
/// Maven may run on an older one than the sources are written for. `bin/format` runs this with `-Dformat.apply=true`.
class FormatTest {

    @Test
    void everySourceIsFormatted() throws IOException {
        boolean apply = Boolean.getBoolean("format.apply");
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        List<Path> unformatted = new ArrayList<>();
        for (Path file : sources()) {
            String now = Files.readString(file);
            String formatted = format(formatter, file, now);
            if (!now.equals(formatted)) {
                unformatted.add(file);
                if (apply) {
                    Files.writeString(file, formatted);
                }
            }
        }
        if (!apply) {
            assertThat(unformatted).as("not formatted; 'bin/format' does it").isEmpty();
        }
    }

    private static String format(Formatter formatter, Path file, String now) {
        try {
            return formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(now));
        } catch (FormatterException unreadable) {
            throw new AssertionError("The formatter cannot read " + file, unreadable);
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
