package de.stadtkern.sources;

import de.stadtkern.identity.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that brings values in by itself.
///
/// @param keyStart  how the key begins that a web-hook must show; empty: there is none
/// @param hasSecret whether something is kept that is shown to the other side
record Source(long id, Wish wish, String keyStart, boolean hasSecret, boolean active, Instant createdAt) {

    enum Kind {
        /// The other side sends each message by HTTP.
        WEBHOOK,
        /// Another service is asked again and again.
        PULL,
        /// Messages of a foreign broker.
        MQTT,
        /// Somebody sends a file by page.
        FILE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /// @param slug in its address; stays as it is
    record Wish(String slug, String name, Kind kind, String mapping, Settings settings) {}

    /// How another service or a broker is reached.
    ///
    /// @param address of a service, with `{from}` and `{to}` where it wants to know from when to when; of a broker
    ///                `mqtts://HOST:PORT`
    /// @param every   how often a service is asked
    /// @param header  in which it wants the secret; empty: it wants none
    /// @param window  how long the stretch may be that is asked at once
    /// @param again   so far back it is asked once more, because values still change
    /// @param begin   from which day on; null: from now on
    /// @param user    of a broker, empty for none
    /// @param topic   filter of a broker's topics
    record Settings(
            String address,
            Duration every,
            String header,
            Duration window,
            Duration again,
            @Nullable LocalDate begin,
            String user,
            String topic) {

        static final Settings NONE =
                new Settings("", Duration.ofMinutes(15), "", Duration.ofDays(1), Duration.ZERO, null, "", "");

        boolean hasWindow() {
            return address.contains("{from") && address.contains("{to");
        }

        Map<String, String> tree() {
            Map<String, String> tree = new LinkedHashMap<>();
            tree.put("address", address);
            tree.put("every", every.toString());
            tree.put("header", header);
            tree.put("window", window.toString());
            tree.put("again", again.toString());
            tree.put("begin", begin == null ? "" : begin.toString());
            tree.put("user", user);
            tree.put("topic", topic);
            return tree;
        }
    }

    String version() {
        return Version.of(tree());
    }

    /// As the list of changes keeps it: with neither key nor secret.
    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("slug", wish.slug());
        tree.put("name", wish.name());
        tree.put("kind", wish.kind().key());
        tree.put("mapping", wish.mapping());
        tree.put("active", String.valueOf(active));
        tree.put("key", keyStart);
        wish.settings().tree().forEach((name, value) -> tree.put(name, value));
        return tree;
    }

    /// Without the secret and the address' query, which may hold one: for logs.
    @Override
    public String toString() {
        return "source %d (%s)".formatted(id, wish.slug());
    }
}
