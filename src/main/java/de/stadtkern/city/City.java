package de.stadtkern.city;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One town, as its row says.
///
/// @param slug      stable short name, `NAME` of `NAME.localhost`
/// @param schema    its PostgreSQL schema, derived from the slug once and never changed
/// @param ars       Amtlicher Regionalschlüssel, 12 digits, empty where there is none
/// @param hosts     host names it answers to, lower case, without port
/// @param zone      the town's time zone, in which its days and hours are cut
/// @param languages language tags offered, the first is the default
/// @param colour    main colour as `#rrggbb`
/// @param logo      name of its logo among the pictures in its schema, empty for none
/// @param legal     what the law wants on its pages, by name: `operator`, `address`, `mail`, `privacy`
/// @param isDefault answers to every host name nobody else has
/// @param demo      a demonstration, marked so on every page
/// @param createdAt when it was made; a copy restored from an archive keeps this
public record City(
        long id,
        String slug,
        String schema,
        String name,
        String ars,
        List<String> hosts,
        ZoneId zone,
        List<String> languages,
        String colour,
        String logo,
        Map<String, String> legal,
        boolean isDefault,
        boolean demo,
        Instant createdAt) {

    static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public City {
        hosts = List.copyOf(hosts);
        languages = List.copyOf(languages);
        legal = Map.copyOf(legal);
    }

    /// Names this town among those of all installations; a copy restored from an archive has the same.
    public String origin() {
        return "town-" + Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt), 36);
    }

    static String schemaOf(String slug) {
        return "town_" + slug.replace('-', '_');
    }
}
