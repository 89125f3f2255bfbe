package de.stadtkern.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What could tell one person from another, and so never comes into the store: pictures, numbers given to people or
/// their tracks, addresses of their devices, where single people stood. A message that holds any of it is refused as
/// a whole, because the device that sends it is set up wrongly, and what is kept of the message is without it.
final class Personal {

    private static final Set<String> IMAGES = Set.of(
            "image",
            "images",
            "imagedata",
            "picture",
            "pictures",
            "photo",
            "photos",
            "snapshot",
            "snapshots",
            "jpeg",
            "jpg",
            "thumbnail",
            "frameimage",
            "imagebase64",
            "video");
    private static final Set<String> TRACKS = Set.of(
            "trackid",
            "trackids",
            "tracks",
            "trackedobjects",
            "objectid",
            "objectids",
            "personid",
            "personids",
            "trajectory",
            "trajectories",
            "visitorid",
            "faceid",
            "faces",
            "faceembedding",
            "embedding",
            "uuidperson");
    private static final Set<String> DEVICES = Set.of(
            "mac",
            "macaddress",
            "macaddresses",
            "macs",
            "clientmac",
            "devicemac",
            "stamac",
            "bssid",
            "imei",
            "imsi",
            "bluetoothaddress",
            "bleaddress",
            "advertiserid",
            "deviceids",
            "seendevices",
            "msisdn");
    private static final Set<String> PLATES =
            Set.of("licenseplate", "licenceplate", "numberplate", "plate", "kennzeichen");
    private static final Set<String> POSITIONS = Set.of("position", "positions", "coordinate", "worldposition");

    private static final Pattern MAC = Pattern.compile("(?i)([0-9a-f]{2}[:-]){5}[0-9a-f]{2}");
    /// How the beginnings of JPEG, PNG, GIF and WebP read in base64. A LoRaWAN payload may begin so too, but has at
    /// most 328 letters.
    private static final List<String> PICTURES = List.of("/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR");

    private static final int SHORTEST_PICTURE = 400;

    private Personal() {}

    /// @param path as people read it; never with a value
    record Found(String path, MessageRefusal.Kind what) {}

    /// Why a field of this name holds what may not come; null if it may.
    static MessageRefusal.@Nullable Kind refusalOfName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (IMAGES.contains(plain)) {
            return MessageRefusal.Kind.PICTURE;
        }
        if (TRACKS.contains(plain)) {
            return MessageRefusal.Kind.TRACK;
        }
        if (DEVICES.contains(plain)) {
            return MessageRefusal.Kind.DEVICE_OF_PERSON;
        }
        return PLATES.contains(plain) ? MessageRefusal.Kind.PLATE : null;
    }

    /// Takes all of it out of the message and says what it was; empty for a message that is fine.
    ///
    /// @param ownDevices what the mapping reads as the counter's own name: that may look like a device's address
    static List<Found> removeFrom(JsonNode message, Set<String> ownDevices) {
        List<Found> found = new ArrayList<>();
        remove(message, "", ownDevices, found);
        return List.copyOf(found);
    }

    private static void remove(JsonNode node, String path, Set<String> own, List<Found> found) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                String here = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                MessageRefusal.Kind what = refusal(field.getKey(), field.getValue(), own);
                if (what == null) {
                    remove(field.getValue(), here, own, found);
                } else {
                    object.remove(field.getKey());
                    found.add(new Found(here, what));
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int at = array.size() - 1; at >= 0; at--) {
                String here = path + "[" + at + "]";
                MessageRefusal.Kind what = refusalOfElement(array.get(at), own);
                if (what == null) {
                    remove(array.get(at), here, own, found);
                } else {
                    array.remove(at);
                    found.add(new Found(here, what));
                }
            }
        }
    }

    private static MessageRefusal.@Nullable Kind refusal(String name, JsonNode value, Set<String> own) {
        // An empty list of pictures, or a picture that is none, says nothing about anybody.
        boolean empty = value.isNull() || value.isBoolean() || value.isContainer() && value.isEmpty();
        MessageRefusal.Kind byName = empty || own.contains(text(value)) ? null : refusalOfName(name);
        return byName != null ? byName : refusalOfText(value, own);
    }

    private static MessageRefusal.@Nullable Kind refusalOfElement(JsonNode element, Set<String> own) {
        if (element.isObject()) {
            boolean placed = element.has("x") && element.has("y");
            for (String name : element.propertyNames()) {
                placed |= POSITIONS.contains(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
            }
            return placed ? MessageRefusal.Kind.PERSON_RECORD : null;
        }
        return refusalOfText(element, own);
    }

    private static MessageRefusal.@Nullable Kind refusalOfText(JsonNode value, Set<String> own) {
        String text = text(value);
        if (text.isEmpty() || own.contains(text)) {
            return null;
        }
        if (text.startsWith("data:image/")
                || text.length() >= SHORTEST_PICTURE && PICTURES.stream().anyMatch(text::startsWith)) {
            return MessageRefusal.Kind.PICTURE;
        }
        return MAC.matcher(text).matches() ? MessageRefusal.Kind.DEVICE_OF_PERSON : null;
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : "";
    }
}
