package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Patch (RFC 6902): operations on the JSON of an entity.
final class JsonPatch {

    private static final int MAX_OPERATIONS = 1_000;

    private JsonNode document;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /// The members that are different afterwards, as a PATCH would name them: null for those that went away.
    static byte[] changes(byte[] entity, byte[] patch) {
        JsonNode before = EntityBody.MAPPER.readTree(entity);
        JsonNode operations;
        try {
            operations = EntityBody.MAPPER.readTree(patch);
        } catch (JacksonException malformed) {
            throw RequestBody.malformed(malformed);
        }
        if (!operations.isArray() || operations.size() > MAX_OPERATIONS) {
            throw wrong("A JSON Patch is an array of at most %d operations.".formatted(MAX_OPERATIONS));
        }
        JsonPatch after = new JsonPatch(before.deepCopy());
        operations.forEach(after::apply);
        return EntityBody.MAPPER.writeValueAsBytes(after.differenceTo(before));
    }

    private ObjectNode differenceTo(JsonNode before) {
        ObjectNode changed = EntityBody.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            if (!member.getValue().equals(before.get(member.getKey()))) {
                changed.set(member.getKey(), member.getValue());
            }
        }
        before.propertyNames().stream().filter(name -> !document.has(name)).forEach(changed::putNull);
        return changed;
    }

    private void apply(JsonNode operation) {
        List<String> path = pointer(operation, "path");
        switch (operation.path("op").asString("")) {
            case "add" -> add(path, value(operation));
            case "remove" -> remove(path);
            case "replace" -> {
                remove(path);
                add(path, value(operation));
            }
            case "move" -> add(path, remove(pointer(operation, "from")));
            case "copy" -> add(path, get(pointer(operation, "from")).deepCopy());
            case "test" -> {
                if (!get(path).equals(value(operation))) {
                    throw new Problem(
                            Problem.Kind.CONFLICTING,
                            "patch-test-failed",
                            "The value at '/%s' is another one; nothing was changed."
                                    .formatted(String.join("/", path)));
                }
            }
            default -> throw wrong("'op' is add, remove, replace, move, copy or test.");
        }
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw wrong("The operation '%s' needs 'value'."
                    .formatted(operation.path("op").asString("")));
        }
        return value;
    }

    private static List<String> pointer(JsonNode operation, String member) {
        String text = operation.path(member).asString("");
        if (!text.startsWith("/")) {
            throw wrong("'%s' is a JSON pointer such as /properties/street.".formatted(member));
        }
        List<String> pointer = new ArrayList<>();
        for (String part : text.substring(1).split("/", -1)) {
            pointer.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return pointer;
    }

    private JsonNode get(List<String> path) {
        JsonNode at = document;
        for (String part : path) {
            JsonNode next = at.isArray() ? at.get(index(part, at.size() - 1)) : at.get(part);
            if (next == null) {
                throw missing(path);
            }
            at = next;
        }
        return at;
    }

    private void add(List<String> path, JsonNode value) {
        JsonNode parent = get(path.subList(0, path.size() - 1));
        String last = path.getLast();
        switch (parent) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array -> array.insert(last.equals("-") ? array.size() : index(last, array.size()), value);
            default -> throw missing(path);
        }
    }

    private JsonNode remove(List<String> path) {
        JsonNode parent = get(path.subList(0, path.size() - 1));
        JsonNode removed = get(path);
        @Nullable
        JsonNode _ = switch (parent) {
            case ObjectNode object -> object.remove(path.getLast());
            case ArrayNode array -> array.remove(index(path.getLast(), array.size() - 1));
            default -> throw missing(path);
        };
        return removed;
    }

    private static int index(String part, int largest) {
        if (part.matches("\\d{1,6}") && Integer.parseInt(part) <= largest) {
            return Integer.parseInt(part);
        }
        throw wrong("'%s' is no place in this array.".formatted(part.length() > 40 ? part.substring(0, 40) : part));
    }

    private static Problem missing(List<String> path) {
        String text = String.join("/", path);
        return wrong("There is nothing at '/%s'.".formatted(text.length() > 80 ? text.substring(0, 80) : text));
    }

    private static Problem wrong(String message) {
        return EntityBody.wrong("patch", "patch-invalid", message);
    }
}
