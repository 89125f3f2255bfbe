package de.stadtkern.sensorthings;

import de.stadtkern.identity.Version;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What editors change of a Thing by page. Everything is text, as it stands in their form.
///
/// @param locations   ids of its Locations, the one that is shown first
/// @param place       name of that one, empty if there is none
/// @param latitude    degrees WGS 84 with a decimal point; empty with `longitude` if there is no place or it is no
/// point
/// @param attribution with `licence` and `source`: the properties of these names, empty where there is none
public record EditedThing(
        String name,
        String description,
        List<Long> locations,
        String place,
        String latitude,
        String longitude,
        String attribution,
        String licence,
        String source) {

    public EditedThing {
        locations = List.copyOf(locations);
    }

    /// Why a Thing has other coordinates than before.
    public enum Move {
        /// It was put elsewhere: there is a new Location, and history keeps the old one.
        MOVED,
        /// It is where it was: the Location said it wrong.
        CORRECTED
    }

    /// What an editor wants it to be. Throws a [Problem] at the field that is wrong.
    ///
    /// @param move needed only if the coordinates change
    public record Wish(
            String name,
            String description,
            String place,
            String latitude,
            String longitude,
            @Nullable Move move,
            String attribution,
            String licence,
            String source) {

        public Wish {
            Flaws flaws = new Flaws();
            flaws.check(() -> PageEdits.requireName(name))
                    .check(() -> PageEdits.requireText("description", description, 2_000))
                    .check(() -> PageEdits.requireText("place", place, 200));
            latitude = degrees("latitude", latitude, 90, flaws);
            longitude = degrees("longitude", longitude, 180, flaws);
            if (latitude.isEmpty() != longitude.isEmpty()) {
                flaws.add(Problem.field(
                        latitude.isEmpty() ? "latitude" : "longitude",
                        "place-half",
                        "Latitude and longitude come together."));
            }
            flaws.check(() -> PageEdits.requireText("attribution", attribution, 500))
                    .check(() -> PageEdits.requireText("licence", licence, 500))
                    .check(() -> PageEdits.requireText("source", source, 500))
                    .end();
        }

        private static String degrees(String field, String text, int most, Flaws flaws) {
            String plain = text.strip().replace('\u2212', '-').replace(',', '.');
            if (plain.isEmpty()) {
                return "";
            }
            if (!plain.matches("-?\\d{1,3}(\\.\\d{1,20})?")
                    || new BigDecimal(plain).abs().compareTo(BigDecimal.valueOf(most)) > 0) {
                flaws.add(Problem.field(
                        field, field + "-invalid", "Degrees are a number between -%d and %d.".formatted(most, most)));
                return "";
            }
            return plain(new BigDecimal(plain));
        }
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /// Whether the same place is meant.
    boolean isAt(Wish wish) {
        return latitude.equals(wish.latitude) && longitude.equals(wish.longitude);
    }

    /// The same Thing as wished, at the Locations it has. A place without a name is called as the Thing is.
    EditedThing with(Wish wish) {
        boolean isNamed = !wish.place.isEmpty() || place.isEmpty() && isAt(wish);
        return new EditedThing(
                wish.name,
                wish.description,
                locations,
                isNamed ? wish.place : wish.name,
                wish.latitude,
                wish.longitude,
                wish.attribution,
                wish.licence,
                wish.source);
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
        tree.put("locations", locations.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        tree.put("place", place);
        tree.put("latitude", latitude);
        tree.put("longitude", longitude);
        tree.put("attribution", attribution);
        tree.put("licence", licence);
        tree.put("source", source);
        return tree;
    }

    static EditedThing of(JsonNode tree) {
        return new EditedThing(
                tree.path("name").asString(),
                tree.path("description").asString(),
                Arrays.stream(tree.path("locations").asString().split(" "))
                        .filter(id -> !id.isEmpty())
                        .map(Long::valueOf)
                        .toList(),
                tree.path("place").asString(),
                tree.path("latitude").asString(),
                tree.path("longitude").asString(),
                tree.path("attribution").asString(),
                tree.path("licence").asString(),
                tree.path("source").asString());
    }
}
