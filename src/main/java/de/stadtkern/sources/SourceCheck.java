package de.stadtkern.sources;

import de.stadtkern.connect.SourceMapping;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sources.Source.Kind;
import de.stadtkern.sources.Source.Settings;
import de.stadtkern.sources.Source.Wish;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What a source must be before it is kept; a [Problem] names the field.
final class SourceCheck {

    private static final Set<String> RESERVED = Set.of("new", "try");
    private static final int LONGEST_ADDRESS = 2_000;

    private SourceCheck() {}

    /// The mapping with its examples; what is wrong with it stands at its field.
    static SourceMapping mapping(String yaml) {
        try {
            return SourceMapping.read(yaml);
        } catch (Problem wrong) {
            Object line = wrong.facts().getOrDefault("line", 1);
            String reason = String.valueOf(wrong.getMessage());
            throw Problem.field("yaml", "mapping-invalid", reason, Map.of("line", line, "reason", reason));
        }
    }

    static void check(Wish wish, Flaws flaws) {
        if (wish.name().isBlank() || wish.name().length() > 200) {
            flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
        }
        if (!wish.slug().matches("[a-z0-9][a-z0-9-]{1,59}") || RESERVED.contains(wish.slug())) {
            flaws.add(Problem.field(
                    "slug",
                    "slug-invalid",
                    "The address has 2 to 60 small letters, digits and hyphens, and is not 'new'."));
        }
        SourceMapping mapping = flaws.read(null, () -> mapping(wish.mapping()));
        switch (wish.kind()) {
            case PULL -> pull(wish.settings(), flaws);
            case MQTT -> broker(wish.settings(), flaws);
            case WEBHOOK, FILE -> {
                // These come by themselves.
            }
        }
        if (mapping != null && mapping.isTable() && wish.kind() == Kind.MQTT) {
            flaws.add(Problem.field(
                    "yaml", "mapping-table", "A broker's messages are JSON; this mapping is for tables."));
        }
    }

    private static void pull(Settings settings, Flaws flaws) {
        String address = settings.address();
        flaws.check(() -> {
            URI uri = uri(Fetch.MOMENT.matcher(address).replaceAll("0"));
            if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme()) || uri.getHost() == null) {
                throw address();
            }
        });
        if (address.contains("{from") != address.contains("{to")) {
            flaws.add(Problem.field("address", "address-window", "An address with {from} has {to} too."));
        }
        if (settings.every().compareTo(Duration.ofMinutes(1)) < 0
                || settings.window().compareTo(Duration.ofHours(1)) < 0
                || settings.again().isNegative()) {
            flaws.add(Problem.field("every", "choice-missing", "Choose one of these."));
        }
        if (!settings.header().isEmpty() && !settings.header().matches("[A-Za-z][A-Za-z0-9-]{0,60}")) {
            flaws.add(Problem.field("header", "header-invalid", "This is no name of a header."));
        }
        if (Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding")
                .contains(settings.header().toLowerCase(java.util.Locale.ROOT))) {
            flaws.add(Problem.field("header", "header-invalid", "This header cannot be set."));
        }
    }

    private static void broker(Settings settings, Flaws flaws) {
        flaws.check(() -> {
            URI uri = uri(settings.address());
            if (!"mqtt".equals(uri.getScheme()) && !"mqtts".equals(uri.getScheme()) || uri.getHost() == null) {
                throw Problem.field(
                        "address",
                        "broker-invalid",
                        "A broker's address is written like mqtts://eu1.example.org:8883.");
            }
        });
        if (settings.topic().isBlank() || settings.topic().length() > 1_000 || !filter(settings.topic())) {
            flaws.add(
                    Problem.field("topic", "topic-invalid", "This is no filter of topics, such as v3/+/devices/+/up."));
        }
    }

    /// `+` is a level, `#` is the last one.
    private static boolean filter(String topic) {
        String[] levels = topic.split("/", -1);
        for (int at = 0; at < levels.length; at++) {
            String level = levels[at];
            boolean last = at == levels.length - 1;
            if (level.contains("#") && !(last && level.equals("#")) || level.contains("+") && !level.equals("+")) {
                return false;
            }
        }
        return topic.chars().noneMatch(letter -> letter < ' ');
    }

    private static URI uri(String address) {
        try {
            if (address.length() <= LONGEST_ADDRESS) {
                URI uri = URI.create(address);
                if (uri.getUserInfo() == null) {
                    return uri;
                }
            }
        } catch (IllegalArgumentException none) {
            // answered below
        }
        throw address();
    }

    private static Problem address() {
        return Problem.field("address", "address-invalid", "This is no address that begins with https:// or http://.");
    }
}
