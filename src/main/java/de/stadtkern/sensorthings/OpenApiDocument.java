package de.stadtkern.sensorthings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The service as an OpenAPI 3.1 document, made from the same model that answers requests.
final class OpenApiDocument {

    private static final List<String> SET_OPTIONS =
            List.of("filter", "expand", "select", "orderby", "top", "skip", "count", "resultFormat");

    private final ObjectNode document = EntityBody.MAPPER.createObjectNode();
    private final ObjectNode paths;

    private OpenApiDocument(String root) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "SensorThings")
                .put("version", "1.1")
                .put(
                        "description",
                        "OGC SensorThings API 1.1 (18-088). Relations may be followed further than this document"
                                + " lists.");
        document.putArray("servers").addObject().put("url", root.substring(0, root.length() - 1));
        paths = document.putObject("paths");
    }

    static byte[] of(String root) {
        OpenApiDocument api = new OpenApiDocument(root);
        api.root();
        EntityModel.all().forEach(api::entity);
        api.actions();
        api.components();
        return api.document.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode reference(String kind, String name) {
        return EntityBody.MAPPER.createObjectNode().put("$ref", "#/components/" + kind + "/" + name);
    }

    private ObjectNode operation(String path, String method, String summary, String id) {
        ObjectNode there = (ObjectNode) paths.get(path);
        ObjectNode operation = (there == null ? paths.putObject(path) : there).putObject(method);
        operation.put("summary", summary).put("operationId", id);
        operation.putObject("responses").set("default", reference("responses", "Problem"));
        return operation;
    }

    private static ObjectNode answers(ObjectNode operation, String status, String description) {
        return operation.withObject("/responses").putObject(status).put("description", description);
    }

    private static void content(ObjectNode part, ObjectNode schema) {
        part.putObject("content").putObject("application/json").set("schema", schema);
    }

    private void root() {
        answers(operation("/", "get", "The entity sets, and what the service can.", "root"), "200", "The sets.");
    }

    private void entity(EntityModel entity) {
        String set = "/" + entity.set();
        String one = set + "({id})";
        set(set, "All " + entity.set() + ".", "list" + entity.set(), entity.name());
        create(set, entity.name(), "create" + entity.name());
        ObjectNode count = operation(set + "/$count", "get", "How many there are.", "count" + entity.set());
        options(count, List.of("filter"));
        answers(count, "200", "The number.")
                .putObject("content")
                .putObject("text/plain")
                .putObject("schema")
                .put("type", "integer");
        ObjectNode get = operation(one, "get", "One " + entity.name() + ".", "get" + entity.name());
        withId(get);
        options(get, List.of("expand", "select"));
        content(answers(get, "200", entity.name()), reference("schemas", entity.name()));
        for (String method : List.of("patch", "put")) {
            ObjectNode change = operation(
                    one,
                    method,
                    method.equals("patch") ? "Changes what the body names." : "Replaces it, links stay.",
                    method + entity.name());
            withId(change);
            content(change.putObject("requestBody"), reference("schemas", entity.name()));
            content(answers(change, "200", "As it is now."), reference("schemas", entity.name()));
        }
        ObjectNode delete =
                operation(one, "delete", "Deletes it with what cannot be without it.", "delete" + entity.name());
        withId(delete);
        answers(delete, "200", "Gone.");
        for (EntityModel.Way way : entity.ways()) {
            String path = one + "/" + way.name();
            String id = entity.name() + way.name();
            if (way.isToMany()) {
                withId(set(path, "The " + way.name() + " of a " + entity.name() + ".", "list" + id, way.target()));
                withId(create(path, way.target(), "create" + id));
            } else {
                ObjectNode related =
                        operation(path, "get", "The " + way.name() + " of a " + entity.name() + ".", "get" + id);
                withId(related);
                options(related, List.of("expand", "select"));
                content(answers(related, "200", way.target()), reference("schemas", way.target()));
            }
        }
    }

    private ObjectNode set(String path, String summary, String id, String name) {
        ObjectNode list = operation(path, "get", summary, id);
        options(list, SET_OPTIONS);
        ObjectNode schema = EntityBody.MAPPER.createObjectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        members.putObject("@iot.count").put("type", "integer");
        members.putObject("@iot.nextLink").put("type", "string");
        members.putObject("value").put("type", "array").set("items", reference("schemas", name));
        content(answers(list, "200", "The entities."), schema);
        return list;
    }

    private ObjectNode create(String path, String name, String id) {
        ObjectNode create = operation(path, "post", "A new " + name + ", with links and new entities around it.", id);
        content(create.putObject("requestBody").put("required", true), reference("schemas", name));
        ObjectNode created = answers(create, "201", "Created.");
        created.putObject("headers").putObject("Location").putObject("schema").put("type", "string");
        return create;
    }

    private static ArrayNode parameters(ObjectNode operation) {
        return operation.withArray("/parameters");
    }

    private static void withId(ObjectNode operation) {
        parameters(operation).insert(0, reference("parameters", "id"));
    }

    private static void options(ObjectNode operation, List<String> names) {
        names.forEach(name -> parameters(operation).add(reference("parameters", name)));
    }

    private void actions() {
        ObjectNode many = operation(
                "/CreateObservations", "post", "Many Observations as arrays of values.", "createObservations");
        content(
                many.putObject("requestBody").put("required", true),
                EntityBody.MAPPER.createObjectNode().put("type", "array"));
        content(
                answers(many, "201", "For each row its address, or what is wrong with it."),
                EntityBody.MAPPER.createObjectNode().put("type", "array"));
        ObjectNode batch = operation("/$batch", "post", "Many requests in one.", "batch");
        content(
                batch.putObject("requestBody").put("required", true),
                EntityBody.MAPPER.createObjectNode().put("type", "object"));
        answers(batch, "200", "The answers.");
    }

    private void components() {
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        EntityModel.all().forEach(entity -> schemas.set(entity.name(), schema(entity)));
        ObjectNode unit = schemas.putObject("UnitOfMeasurement").put("type", "object");
        for (String part : List.of("name", "symbol", "definition")) {
            unit.withObject("/properties")
                    .putObject(part)
                    .putArray("type")
                    .add("string")
                    .add("null");
        }
        ObjectNode problem = schemas.putObject("Problem").put("type", "object");
        for (String part : List.of("type", "title", "detail", "message")) {
            problem.withObject("/properties").putObject(part).put("type", "string");
        }
        problem.withObject("/properties").putObject("status").put("type", "integer");
        ObjectNode parameters = components.putObject("parameters");
        ObjectNode id =
                parameters.putObject("id").put("name", "id").put("in", "path").put("required", true);
        id.putObject("schema").put("type", "integer").put("format", "int64");
        SET_OPTIONS.forEach(option -> parameters.set(option, option(option)));
        ObjectNode failed =
                components.putObject("responses").putObject("Problem").put("description", "What is wrong (RFC 9457).");
        failed.putObject("content")
                .putObject("application/problem+json")
                .set("schema", reference("schemas", "Problem"));
    }

    private static ObjectNode option(String name) {
        ObjectNode option =
                EntityBody.MAPPER.createObjectNode().put("name", "$" + name).put("in", "query");
        ObjectNode schema = option.putObject("schema");
        switch (name) {
            case "top", "skip" -> schema.put("type", "integer").put("minimum", 0);
            case "count" -> schema.put("type", "boolean");
            case "resultFormat" ->
                schema.put("type", "string")
                        .putArray("enum")
                        .add("JSON")
                        .add("dataArray")
                        .add("CSV")
                        .add("GeoJSON");
            default -> schema.put("type", "string");
        }
        return option;
    }

    private static ObjectNode schema(EntityModel entity) {
        ObjectNode schema = EntityBody.MAPPER.createObjectNode().put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("@iot.id").put("type", "integer").put("readOnly", true);
        properties.putObject("@iot.selfLink").put("type", "string").put("readOnly", true);
        for (EntityModel.Part part : entity.parts()) {
            ObjectNode property = properties.putObject(part.name());
            describe(property, part.sort());
            if (part.isComputed()) {
                property.put("readOnly", true);
            }
            if (part.isMandatory()) {
                required.add(part.name());
            }
        }
        for (EntityModel.Way way : entity.ways()) {
            ObjectNode property = properties.putObject(way.name());
            if (way.isToMany()) {
                property.put("type", "array").set("items", reference("schemas", way.target()));
            } else {
                property.set("$ref", reference("schemas", way.target()).get("$ref"));
            }
        }
        return schema;
    }

    private static void describe(ObjectNode property, EntityModel.Sort sort) {
        switch (sort) {
            case TEXT -> property.put("type", "string");
            case ANY -> property.put("description", "Any JSON.");
            case OBJECT -> property.put("type", "object");
            case TEXTS -> property.put("type", "array").putObject("items").put("type", "string");
            case UNIT -> property.put("$ref", "#/components/schemas/UnitOfMeasurement");
            case UNITS ->
                property.put("type", "array").putObject("items").put("$ref", "#/components/schemas/UnitOfMeasurement");
            case MOMENT -> property.put("type", "string").put("format", "date-time");
            case PERIOD ->
                property.put("type", "string").put("description", "A moment, or its beginning and end with a slash.");
        }
    }
}
