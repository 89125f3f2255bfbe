package de.stadtkern.sensorthings;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What many addresses of the OpenAPI document share: options, headers, the answer to what is wrong, and keys.
final class OpenApiParts {

    private final ObjectNode parameters = EntityBody.MAPPER.createObjectNode();

    private OpenApiParts() {}

    static void addTo(ObjectNode components) {
        OpenApiParts parts = new OpenApiParts();
        parts.inPath();
        parts.options();
        parts.requestHeaders();
        components.set("parameters", parts.parameters);
        header(components, "ETag", "The version of the whole entity.");
        header(components, "Location", "Its address.");
        components
                .putObject("responses")
                .putObject("Problem")
                .put("description", "What is wrong (RFC 9457).")
                .putObject("content")
                .putObject("application/problem+json")
                .set("schema", OpenApiSchemas.reference("Problem"));
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key, 'stadtkern_…'.");
        schemes.putObject("keyAsPassword")
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "The key as the password beside any user name.");
    }

    /// Either of both.
    static void addKeys(ArrayNode security) {
        security.addObject().putArray("key");
        security.addObject().putArray("keyAsPassword");
    }

    static ObjectNode reference(String kind, String name) {
        return EntityBody.MAPPER.createObjectNode().put("$ref", "#/components/" + kind + "/" + name);
    }

    private static void header(ObjectNode components, String name, String description) {
        components
                .withObject("/headers")
                .putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", "string");
    }

    private ObjectNode parameter(String key, String in, String name, String description) {
        ObjectNode parameter =
                parameters.putObject(key).put("name", name).put("in", in).put("description", description);
        return parameter.putObject("schema").put("type", "string");
    }

    private void inPath() {
        parameter("id", "path", "id", "@iot.id").put("type", "integer").put("format", "int64");
        parameter("other", "path", "other", "@iot.id of the other one.")
                .put("type", "integer")
                .put("format", "int64");
        ((ObjectNode) parameters.get("id")).put("required", true);
        ((ObjectNode) parameters.get("other")).put("required", true);
    }

    private void options() {
        option("filter", "Which ones.");
        option("expand", "Related entities in the answer, with options of their own in parentheses.");
        option("select", "Only these properties and relations.");
        option("orderby", "In which order.");
        option("top", "How many at most.").put("type", "integer").put("minimum", 0);
        option("skip", "How many are left out first.").put("type", "integer").put("minimum", 0);
        option("count", "Whether @iot.count says how many there are.").put("type", "boolean");
        choices(option("resultFormat", "In which form."), "JSON", "dataArray", "CSV", "GeoJSON");
        choices(option("resultMetadata", "How much is said besides the properties."), "full", "minimal", "none");
        option("apply", "A summary: filter(…)/groupby((…),aggregate(…)). With it no other option.");
        parameter("downsample", "query", "downsample", "So many of the numbers, chosen for a chart. With $filter only.")
                .put("type", "integer")
                .put("minimum", 3)
                .put("maximum", 100_000);
        choices(
                parameter("duplicates", "query", "duplicates", "What happens to one of the same Datastream and time."),
                "insert",
                "ignore",
                "replace");
    }

    private ObjectNode option(String name, String description) {
        return parameter(name, "query", "$" + name, description);
    }

    private void requestHeaders() {
        choices(parameter("duplicatesHeader", "header", "Duplicates", "The same."), "insert", "ignore", "replace");
        choices(
                parameter("prefer", "header", "Prefer", "How long the answer is wanted (RFC 7240)."),
                "return=minimal",
                "return=representation");
        parameter("ifMatch", "header", "If-Match", "Only if it still has this version.");
        parameter("ifNoneMatch", "header", "If-None-Match", "Only if it has another version by now.");
    }

    private static void choices(ObjectNode schema, String... values) {
        ArrayNode choices = schema.putArray("enum");
        for (String value : values) {
            choices.add(value);
        }
    }
}
