package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What must be known to create a town; the fields are those of [City].
public record NewCity(
        String slug,
        String name,
        String ars,
        List<String> hosts,
        ZoneId zone,
        List<String> languages,
        String colour,
        String logo,
        Map<String, String> legal,
        boolean demo) {

    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

    public NewCity {
        if (!City.SLUG.matcher(slug).matches()) {
            throw Problem.field(
                    "slug",
                    "slug-invalid",
                    "'%s' cannot be a short name: 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter."
                            .formatted(slug));
        }
        if (name.isBlank() || name.length() > 200) {
            throw Problem.field("name", "name-invalid", "A town needs a name of at most 200 characters.");
        }
        if (!ars.isEmpty() && !ars.matches("\\d{12}")) {
            throw Problem.field(
                    "ars", "ars-invalid", "'%s' is no Amtlicher Regionalschlüssel: it has 12 digits.".formatted(ars));
        }
        if (!colour.matches("#[0-9a-fA-F]{6}")) {
            throw Problem.field(
                    "colour", "colour-invalid", "'%s' is no colour; write it like #0b5394.".formatted(colour));
        }
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw Problem.field(
                        "hosts",
                        "host-invalid",
                        "'%s' is no host name; write it like daten.stadt.de, without https:// and without a port."
                                .formatted(host));
            }
        }
        if (languages.isEmpty()) {
            throw Problem.field("languages", "language-missing", "A town needs at least one language.");
        }
        if (!legal.getOrDefault("mail", "").matches("|[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]{1,250}")) {
            throw Problem.field("mail", "mail-invalid", "A mail address looks like name@example.org.");
        }
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        languages = List.copyOf(languages);
        legal = Map.copyOf(legal);
    }

    /// A German town with the usual settings.
    public static NewCity named(String slug, String name) {
        return new NewCity(
                slug,
                name,
                "",
                List.of(),
                ZoneId.of("Europe/Berlin"),
                List.of("de", "en"),
                "#171a2b",
                "",
                Map.of(),
                false);
    }

    /// As it is now, to be changed.
    public static NewCity of(City city) {
        return new NewCity(
                city.slug(),
                city.name(),
                city.ars(),
                city.hosts(),
                city.zone(),
                city.languages(),
                city.colour(),
                city.logo(),
                city.legal(),
                city.demo());
    }

    public NewCity withName(String name) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity withColour(String colour) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity withLogo(String logo) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity withLanguages(List<String> languages) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity withArs(String ars) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity withHosts(List<String> hosts) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity withLegal(Map<String, String> legal) {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, demo);
    }

    public NewCity asDemo() {
        return new NewCity(slug, name, ars, hosts, zone, languages, colour, logo, legal, true);
    }

    public NewCity withZone(String zone) {
        try {
            return new NewCity(slug, name, ars, hosts, ZoneId.of(zone), languages, colour, logo, legal, demo);
        } catch (DateTimeException unknown) {
            throw Problem.field(
                    "zone", "zone-unknown", "'%s' is no time zone; write it like Europe/Berlin.".formatted(zone));
        }
    }
}
