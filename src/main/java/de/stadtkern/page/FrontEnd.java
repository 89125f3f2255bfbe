package de.stadtkern.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The addresses of the built styles and scripts, as the front-end build's manifest names them: each carries a hash
/// of its content, so browsers may keep it for ever.
public class FrontEnd {

    private static final JsonMapper JSON = new JsonMapper();

    private volatile JsonNode manifest = read();

    FrontEnd() {}

    String style() {
        return "/assets/" + manifest.path("src/page.css").path("file").asString();
    }

    /// Scripts by name, each for one purpose and loaded only by pages that have it.
    Map<String, String> scripts() {
        return manifest.properties().stream()
                .filter(entry ->
                        entry.getKey().startsWith("src/") && entry.getKey().endsWith(".ts"))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(4, entry.getKey().length() - 3),
                        entry -> "/assets/" + entry.getValue().path("file").asString()));
    }

    /// The text of a script, for whoever hands it out under an address that has to stay.
    public String source(String name) {
        String file = "static/assets/"
                + manifest.path("src/" + name + ".ts").path("file").asString();
        try {
            return new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    void reload() {
        manifest = read();
    }

    private static JsonNode read() {
        try (InputStream manifest = new ClassPathResource("static/assets/.vite/manifest.json").getInputStream()) {
            return JSON.readTree(manifest);
        } catch (IOException missing) {
            throw new UncheckedIOException("The front end has not been built into the classes", missing);
        }
    }
}
