package de.stadtkern.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The addresses of the built styles and scripts, as the front-end build's manifest names them: each carries a hash
/// of its content, so browsers may keep it for ever.
class FrontEnd {

    private static final JsonMapper JSON = new JsonMapper();

    private volatile String style = readStyle();

    String style() {
        return style;
    }

    void reload() {
        style = readStyle();
    }

    private static String readStyle() {
        try (InputStream manifest = new ClassPathResource("static/assets/.vite/manifest.json").getInputStream()) {
            JsonNode entry = JSON.readTree(manifest).path("src/page.css");
            return "/assets/" + entry.path("file").asString();
        } catch (IOException missing) {
            throw new UncheckedIOException("The front end has not been built into the classes", missing);
        }
    }
}
