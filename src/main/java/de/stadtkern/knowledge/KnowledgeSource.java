package de.stadtkern.knowledge;

import de.stadtkern.identity.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where texts come from.
///
/// @param active what comes from a source that is not is neither found nor shown
record KnowledgeSource(long id, Wish wish, boolean active, Instant createdAt) {

    /// How its texts come.
    enum Kind {
        /// By command or API.
        IMPORT,
        /// Files with text or HTML.
        TEXT,
        /// A table of questions and answers.
        FAQ,
        /// The services of an administration, one JSON object each.
        SERVICES,
        /// The pages of a web site.
        WEB,
        /// What is on, as iCalendar; fetched where it has an address, else brought as a file.
        CALENDAR;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> find(String key) {
            return Arrays.stream(values())
                    .filter(kind -> kind.key().equals(key))
                    .findFirst();
        }

        /// Whether it can have an address to be fetched from.
        boolean hasAddress() {
            return this == WEB || this == CALENDAR;
        }

        /// Whether programs and people bring its texts.
        boolean takesTexts() {
            return !hasAddress();
        }

        /// Whether staff say beside a text what can be worked with: nobody else can.
        boolean isDetailedByStaff() {
            return this == TEXT || this == WEB;
        }
    }

    /// What staff say of it.
    ///
    /// @param address  where it is fetched from, empty for what is brought
    /// @param owner    who answers for it: an office or a person
    /// @param reviewOn when somebody should look whether it is still true
    record Wish(
            String slug,
            String name,
            Kind kind,
            String address,
            String language,
            String audience,
            String owner,
            @Nullable LocalDate reviewOn) {

        /// Whether Stadtkern looks there by itself.
        boolean isFetched() {
            return kind.hasAddress() && !address.isEmpty();
        }

        Map<String, String> tree() {
            Map<String, String> tree = new LinkedHashMap<>();
            tree.put("slug", slug);
            tree.put("name", name);
            tree.put("kind", kind.key());
            tree.put("address", address);
            tree.put("language", language);
            tree.put("audience", audience);
            tree.put("owner", owner);
            tree.put("review-on", reviewOn == null ? "" : reviewOn.toString());
            return tree;
        }
    }

    /// As versions keep it.
    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>(wish.tree());
        tree.put("active", String.valueOf(active));
        return tree;
    }

    String version() {
        return Version.of(tree());
    }
}
