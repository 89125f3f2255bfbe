package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each building block is made in one place: only the templates below `page` write its markup, all others call them.
class OneWayTest {

    private static final Path TEMPLATES = Path.of("src/main/jte");

    private static final Map<String, Pattern> BLOCKS = Map.of(
            "table", Pattern.compile("<table\\b"),
            "paging", Pattern.compile("rel=\"(next|prev)\"|class=\"paging\""),
            "confirm", Pattern.compile("<dialog\\b|class=\"confirm\""),
            "progress", Pattern.compile("<progress\\b"),
            "map", Pattern.compile("data-map\\b"),
            "chart", Pattern.compile("class=\"chart|class=\"heat"),
            "alert", Pattern.compile("class=\"kern-alert"),
            "field", Pattern.compile("<(select|textarea)\\b"),
            // A form with fields has a class, and its errors above it.
            "act",
                    Pattern.compile(
                            "<form (class=\"act\" )?method=\"post\"[^>]*>\\s*@template\\.page\\.token[^@]*<button"));

    @Test
    void noPageWritesTheMarkupOfABlockItself() throws IOException {
        for (Map.Entry<String, Pattern> block : BLOCKS.entrySet()) {
            assertThat(written(block.getValue(), false))
                    .as("pages that make a %s of their own", block.getKey())
                    .isEmpty();
            assertThat(written(block.getValue(), true))
                    .as("templates of the block %s", block.getKey())
                    .isNotEmpty();
        }
    }

    private static List<String> written(Pattern markup, boolean inBlocks) throws IOException {
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".jte"))
                    .filter(file -> file.startsWith(TEMPLATES.resolve("page")) == inBlocks)
                    .filter(file -> markup.matcher(text(file)).find())
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
