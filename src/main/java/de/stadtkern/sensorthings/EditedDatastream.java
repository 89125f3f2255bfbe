package de.stadtkern.sensorthings;

import de.stadtkern.identity.Version;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What editors change of a Datastream by page. Everything is text, as it stands in their form.
///
/// @param unitName      with `unitSymbol` and `unitDefinition`: the parts of its unit, empty where there is none
/// @param retentionDays how many days single Observations stay ([Retention]), empty for ever
/// @param duplicates    what is done about an Observation that is there already, as [Duplicates] names it
public record EditedDatastream(
        String name,
        String description,
        String unitName,
        String unitSymbol,
        String unitDefinition,
        String retentionDays,
        String duplicates) {

    /// A Datastream that says nothing inserts.
    static final String USUAL = Duplicates.INSERT.key();

    /// What an editor wants it to be. Throws a [Problem] at the field that is wrong.
    ///
    /// @param confirmed that Observations may go, where fewer days are wished than before
    public record Wish(
            String name,
            String description,
            String unitName,
            String unitSymbol,
            String unitDefinition,
            String retentionDays,
            boolean confirmed,
            String duplicates) {

        public Wish {
            Flaws flaws = new Flaws();
            flaws.check(() -> PageEdits.requireName(name))
                    .check(() -> PageEdits.requireText("description", description, 2_000))
                    .check(() -> PageEdits.requireText("unit-name", unitName, 100))
                    .check(() -> PageEdits.requireText("unit-symbol", unitSymbol, 30))
                    .check(() -> PageEdits.requireText("unit-definition", unitDefinition, 500));
            retentionDays = days(retentionDays.strip(), flaws);
            if (!Duplicates.isKnown(duplicates)) {
                flaws.add(
                        Problem.field("duplicates", "duplicates-invalid", "Duplicates are insert, ignore or replace."));
            }
            flaws.end();
        }

        private static String days(String text, Flaws flaws) {
            if (text.isEmpty()) {
                return "";
            }
            int days = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
            if (days < 1 || days > Retention.LONGEST_DAYS) {
                flaws.add(Problem.field(
                        "retention",
                        "retention-invalid",
                        "Days are a whole number from 1 to %d.".formatted(Retention.LONGEST_DAYS),
                        Map.of("most", Retention.LONGEST_DAYS)));
            }
            return String.valueOf(days);
        }

        private EditedDatastream edited() {
            return new EditedDatastream(
                    name, description, unitName, unitSymbol, unitDefinition, retentionDays, duplicates);
        }
    }

    /// The same as wished. Observations go for good, so that is said twice.
    EditedDatastream with(Wish wish) {
        EditedDatastream wished = wish.edited();
        if (wished.days() < days() && !wish.confirmed) {
            throw Problem.field("confirmed", "retention-unconfirmed", "Confirm that older Observations are deleted.");
        }
        return wished;
    }

    private int days() {
        return retentionDays.matches("[1-9]\\d{0,5}") ? Integer.parseInt(retentionDays) : Integer.MAX_VALUE;
    }

    /// Other than that of any other state: an editor sends it along with the form.
    public String version() {
        return Version.of(tree());
    }

    /// For the list of changes.
    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("description", description);
        tree.put("unit-name", unitName);
        tree.put("unit-symbol", unitSymbol);
        tree.put("unit-definition", unitDefinition);
        tree.put("retention-days", retentionDays);
        if (!duplicates.equals(USUAL)) {
            tree.put("duplicates", duplicates);
        }
        return tree;
    }

    static EditedDatastream of(JsonNode tree) {
        return new EditedDatastream(
                tree.path("name").asString(),
                tree.path("description").asString(),
                tree.path("unit-name").asString(),
                tree.path("unit-symbol").asString(),
                tree.path("unit-definition").asString(),
                tree.path("retention-days").asString(),
                tree.path("duplicates").asString(USUAL));
    }
}
