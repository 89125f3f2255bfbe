package de.stadtkern.site;

import de.stadtkern.city.City;

/// What the town has said about itself; what it has not said is empty, and the pages say that it is missing.
///
/// @param operator    who runs the site
/// @param address     postal address, line by line
/// @param mail        where to write to
/// @param privacy     the town's own words about data protection, or the address of its statement
/// @param enforcement who decides when the town does not answer a complaint about barriers
record StatementView(String operator, String address, String mail, String privacy, String enforcement) {

    static StatementView of(City city) {
        return new StatementView(
                legal(city, "operator"),
                legal(city, "address"),
                legal(city, "mail"),
                legal(city, "privacy"),
                legal(city, "enforcement"));
    }

    private static String legal(City city, String key) {
        String said = city.legal().get(key);
        return said == null ? "" : said.strip();
    }
}
