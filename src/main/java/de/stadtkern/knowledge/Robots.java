package de.stadtkern.knowledge;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a site's `robots.txt` (RFC 9309) allows us: the rules for our name, else those for everybody.
///
/// @param sitemaps addresses it names
record Robots(List<Rule> rules, List<String> sitemaps) {

    private static final int MOST_LINES = 5_000;

    static final Robots NONE = new Robots(List.of(), List.of());

    record Rule(boolean allows, String path) {

        /// The parts between the stars come one after the other; `$` is the end.
        boolean matches(String address) {
            boolean isToTheEnd = path.endsWith("$");
            String[] parts = (isToTheEnd ? path.substring(0, path.length() - 1) : path).split("\\*", -1);
            if (!address.startsWith(parts[0])) {
                return false;
            }
            int at = parts[0].length();
            for (int part = 1; part < parts.length; part++) {
                boolean isLast = part == parts.length - 1;
                int found = isLast && isToTheEnd ? address.lastIndexOf(parts[part]) : address.indexOf(parts[part], at);
                if (found < at) {
                    return false;
                }
                at = found + parts[part].length();
            }
            return !isToTheEnd || at == address.length();
        }
    }

    static Robots read(String text) {
        List<Rule> own = new ArrayList<>();
        List<Rule> all = new ArrayList<>();
        List<String> sitemaps = new ArrayList<>();
        boolean isOwn = false;
        boolean isAll = false;
        boolean wasOwn = false;
        boolean inNames = false;
        for (String line : text.lines().limit(MOST_LINES).toList()) {
            String rule = line.replaceFirst("#.*", "").strip();
            int colon = rule.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = rule.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = rule.substring(colon + 1).strip();
            switch (name) {
                case "user-agent" -> {
                    isOwn = inNames && isOwn || value.equalsIgnoreCase(WebFetch.AGENT);
                    isAll = inNames && isAll || value.equals("*");
                    wasOwn |= isOwn;
                    inNames = true;
                }
                case "allow", "disallow" -> {
                    inNames = false;
                    if (!value.isEmpty()) {
                        Rule one = new Rule(name.equals("allow"), value);
                        if (isOwn) {
                            own.add(one);
                        }
                        if (isAll) {
                            all.add(one);
                        }
                    }
                }
                case "sitemap" -> sitemaps.add(value);
                default -> inNames = false;
            }
        }
        return new Robots(wasOwn ? own : all, sitemaps);
    }

    /// The longest rule that fits decides; of two as long the one that allows.
    boolean allows(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String asked = address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
        boolean allowed = true;
        int longest = -1;
        for (Rule rule : rules) {
            int length = rule.path().length();
            if (rule.matches(asked) && (length > longest || length == longest && rule.allows())) {
                longest = length;
                allowed = rule.allows();
            }
        }
        return allowed;
    }
}
