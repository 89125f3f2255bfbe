package de.stadtkern.sensorthings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Whether JSON fits a schema of an OpenAPI document, as far as our document uses JSON Schema. A word it does not know
/// is an error, so that no schema says more than is looked at.
final class SchemaCheck {

    private static final List<String> SAID_ONLY = List.of("description", "format", "readOnly");

    private final JsonNode document;
    private final List<String> found = new ArrayList<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /// What does not fit, one line each.
    static List<String> misfits(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.look(schema, value, "");
        return check.found;
    }

    private void look(JsonNode schema, JsonNode value, String at) {
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            JsonNode said = word.getValue();
            switch (word.getKey()) {
                case "$ref" -> look(document.at(said.asString().substring(1)), value, at);
                case "type" -> require(isOfType(said, value), at, "is no " + said);
                case "properties" ->
                    said.properties().forEach(member -> {
                        if (value.has(member.getKey())) {
                            look(member.getValue(), value.get(member.getKey()), at + "/" + member.getKey());
                        }
                    });
                case "additionalProperties" -> lookAtOthers(schema, said, value, at);
                case "required" ->
                    said.forEach(name -> require(value.has(name.asString()), at, "lacks " + name.asString()));
                case "items" -> value.forEach(item -> look(said, item, at + "[]"));
                case "enum" -> require(said.valueStream().anyMatch(value::equals), at, "is none of " + said);
                case "pattern" ->
                    require(
                            !value.isString()
                                    || Pattern.compile(said.asString())
                                            .matcher(value.asString())
                                            .find(),
                            at,
                            "does not match");
                case "allOf" -> said.forEach(part -> look(part, value, at));
                case "anyOf" -> require(fitting(said, value) > 0, at, "fits none");
                case "oneOf" -> require(fitting(said, value) == 1, at, "does not fit exactly one");
                case "patternProperties" -> {
                    // Looked at where the others are.
                }
                default ->
                    require(SAID_ONLY.contains(word.getKey()), at, "has a schema with the unknown " + word.getKey());
            }
        }
    }

    private void lookAtOthers(JsonNode schema, JsonNode allowed, JsonNode value, String at) {
        if (allowed.isBoolean() && !allowed.asBoolean()) {
            for (String name : value.propertyNames()) {
                boolean isNamed = schema.path("properties").has(name)
                        || schema.path("patternProperties").propertyNames().stream()
                                .anyMatch(pattern ->
                                        Pattern.compile(pattern).matcher(name).find());
                require(isNamed, at, "knows no " + name);
            }
        }
    }

    private long fitting(JsonNode schemas, JsonNode value) {
        return schemas.valueStream()
                .filter(one -> misfits(document, one, value).isEmpty())
                .count();
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        return types.isArray()
                ? types.valueStream().anyMatch(type -> isOfType(type, value))
                : switch (types.asString()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    default -> throw new IllegalArgumentException("Type " + types);
                };
    }

    private void require(boolean holds, String at, String what) {
        if (!holds) {
            found.add((at.isEmpty() ? "/" : at) + " " + what);
        }
    }
}
