package de.stadtkern.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The mappings Stadtkern brings along, each with its examples. A source takes a copy, which can be changed.
public final class DeliveredMappings {

    private static final List<String> NAMES = List.of(
            "ttn-milesight-vs13x",
            "ttn-milesight-vs13x-periods",
            "ttn-dragino-ds20l",
            "ttn-generic",
            "chirpstack-milesight-vs13x",
            "chirpstack-milesight-vs13x-periods",
            "chirpstack-dragino-ds20l",
            "chirpstack-generic",
            "hystreet",
            "hystreet-csv",
            "eco-visio",
            "telraam",
            "axis-people-counter",
            "brightsky",
            "generic");

    private DeliveredMappings() {}

    /// @param key   stable, as in addresses
    /// @param title for people
    public record Delivered(String key, String title, String yaml) {}

    public static List<Delivered> list() {
        return NAMES.stream().map(DeliveredMappings::read).toList();
    }

    public static Optional<Delivered> find(String key) {
        return NAMES.contains(key) ? Optional.of(read(key)) : Optional.empty();
    }

    private static Delivered read(String key) {
        try (InputStream file = DeliveredMappings.class.getResourceAsStream("/sources/" + key + ".yaml")) {
            String yaml = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            String title = yaml.lines()
                    .filter(line -> line.startsWith("name: "))
                    .findFirst()
                    .map(line -> line.substring("name: ".length()))
                    .orElse(key);
            return new Delivered(key, title, yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
