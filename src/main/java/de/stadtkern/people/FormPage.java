package de.stadtkern.people;

import de.stadtkern.page.Field;
import java.util.List;

/// A page that is one form.
///
/// @param lead   what it is for, in a sentence
/// @param links  what else one may want here
record FormPage(String title, String lead, String action, String submit, List<Field> fields, List<Link> links) {

    record Link(String address, String text) {}
}
