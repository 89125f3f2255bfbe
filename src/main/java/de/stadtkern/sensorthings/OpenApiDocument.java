package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.OpenApiSchemas.arrayOf;
import static de.stadtkern.sensorthings.OpenApiSchemas.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The service as an OpenAPI 3.1 document, made from the same model that answers requests: its addresses here, the
/// bodies in [OpenApiSchemas], what many addresses share in [OpenApiParts].
final class OpenApiDocument {

    private static final List<String> SET_OPTIONS =
            List.of("filter", "expand", "select", "orderby", "top", "skip", "count", "resultFormat", "resultMetadata");
    private static final List<String> ONE_OPTIONS = List.of("expand", "select", "resultMetadata");
    private static final String JSON = "application/json";

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
        // Reading what is public needs nothing.
        document.putArray("security").addObject();
        OpenApiParts.addKeys((ArrayNode) document.get("security"));
        paths = document.putObject("paths");
    }

    static byte[] of(String root) {
        OpenApiDocument api = new OpenApiDocument(root);
        answers(api.operation("/", "get", "The entity sets, and what the service can.", "root"), "200", "The sets.");
        for (EntityModel entity : EntityModel.all()) {
            api.entity(entity);
            api.properties(entity);
            entity.ways().forEach(way -> api.way(entity, way));
            entity.shortcuts().forEach(way -> api.shortcut(entity, way));
        }
        api.actions();
        ObjectNode components = api.document.putObject("components");
        components.set("schemas", OpenApiSchemas.of(EntityModel.all()));
        OpenApiParts.addTo(components);
        return api.document.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode operation(String path, String method, String summary, String id) {
        ObjectNode there = (ObjectNode) paths.get(path);
        ObjectNode operation = (there == null ? paths.putObject(path) : there).putObject(method);
        operation.put("summary", summary).put("operationId", id);
        operation.putObject("responses").set("default", OpenApiParts.reference("responses", "Problem"));
        if (!method.equals("get")) {
            OpenApiParts.addKeys(operation.putArray("security"));
        }
        if (path.contains("{id}")) {
            use(operation, "id");
        }
        return operation;
    }

    private static ObjectNode answers(ObjectNode operation, String status, String description) {
        return operation.withObject("/responses").putObject(status).put("description", description);
    }

    private static ObjectNode content(ObjectNode part, String type, ObjectNode schema) {
        part.withObject("/content").putObject(type).set("schema", schema);
        return part;
    }

    private static ObjectNode body(ObjectNode operation) {
        return operation.putObject("requestBody").put("required", true);
    }

    private static void use(ObjectNode operation, String... parameters) {
        for (String name : parameters) {
            operation.withArray("/parameters").add(OpenApiParts.reference("parameters", name));
        }
    }

    private static void use(ObjectNode operation, List<String> parameters) {
        use(operation, parameters.toArray(String[]::new));
    }

    private static ObjectNode tagged(ObjectNode response) {
        response.withObject("/headers").set("ETag", OpenApiParts.reference("headers", "ETag"));
        return response;
    }

    private void entity(EntityModel entity) {
        String set = "/" + entity.set();
        String one = set + "({id})";
        set(set, "All " + entity.set() + ".", "list" + entity.set(), entity.name());
        create(set, entity.name(), "create" + entity.name());
        count(set, entity.set());
        references(set + "/$ref", entity.set());
        ObjectNode get = operation(one, "get", "One " + entity.name() + ".", "get" + entity.name());
        use(get, ONE_OPTIONS);
        use(get, "ifNoneMatch");
        tagged(content(answers(get, "200", entity.name()), JSON, reference(entity.name())));
        answers(get, "304", "It still has the version of If-None-Match.");
        ObjectNode patch = change(one, "patch", "Changes what the body names.", entity);
        content(body(patch), JSON, reference(entity.name() + "Change"));
        content(
                (ObjectNode) patch.get("requestBody"),
                "application/json-patch+json",
                arrayOf(reference("JsonPatchOperation")));
        ObjectNode put = change(one, "put", "Replaces it, relations stay.", entity);
        content(body(put), JSON, reference("Whole" + entity.name()));
        ObjectNode delete =
                operation(one, "delete", "Deletes it with what cannot be without it.", "delete" + entity.name());
        use(delete, "ifMatch");
        answers(delete, "200", "Gone.");
        answers(delete, "412", "It has another version than If-Match says.");
    }

    private ObjectNode change(String path, String method, String summary, EntityModel entity) {
        ObjectNode change = operation(path, method, summary, method + entity.name());
        use(change, "ifMatch", "prefer");
        tagged(content(answers(change, "200", "As it is now."), JSON, reference(entity.name())));
        answers(change, "204", "Done; with Prefer: return=minimal.");
        answers(change, "412", "It has another version than If-Match says.");
        return change;
    }

    private void count(String set, String id) {
        ObjectNode count = operation(set + "/$count", "get", "How many there are.", "count" + id);
        use(count, "filter");
        content(
                answers(count, "200", "The number."),
                "text/plain",
                EntityBody.MAPPER.createObjectNode().put("type", "integer"));
    }

    private ObjectNode references(String path, String id) {
        ObjectNode references = operation(path, "get", "Their addresses alone.", "references" + id);
        use(references, List.of("filter", "orderby", "top", "skip", "count"));
        ObjectNode one = EntityBody.MAPPER.createObjectNode().put("type", "object");
        one.putObject("properties").putObject("@iot.selfLink").put("type", "string");
        content(answers(references, "200", "The addresses."), JSON, listOf(one));
        return references;
    }

    /// `Things({id})/name` and `Things({id})/name/$value`.
    private void properties(EntityModel entity) {
        String path = "/" + entity.set() + "({id})/{property}";
        ObjectNode get = operation(path, "get", "One property.", "get" + entity.name() + "Property");
        content(
                answers(get, "200", "The property by its name."),
                JSON,
                EntityBody.MAPPER.createObjectNode().put("type", "object"));
        ObjectNode raw = operation(
                path + "/$value", "get", "The bare value of one property.", "get" + entity.name() + "PropertyValue");
        content(
                answers(raw, "200", "The value."),
                "text/plain",
                EntityBody.MAPPER.createObjectNode().put("type", "string"));
        for (ObjectNode operation : List.of(get, raw)) {
            ObjectNode property = operation.withArray("/parameters").addObject();
            property.put("name", "property").put("in", "path").put("required", true);
            ArrayNode names = property.putObject("schema").put("type", "string").putArray("enum");
            entity.parts().forEach(part -> names.add(part.name()));
            answers(operation, "204", "It has none.");
        }
    }

    private void way(EntityModel entity, EntityModel.Way way) {
        String path = "/" + entity.set() + "({id})/" + way.name();
        String id = entity.name() + way.name();
        if (way.isToMany()) {
            set(path, "The " + way.name() + " of a " + entity.name() + ".", "list" + id, way.target());
            create(path, way.target(), "create" + id);
            count(path, id);
            references(path + "/$ref", id);
        } else {
            one(path, entity, way);
            ObjectNode reference = operation(path + "/$ref", "get", "Its address alone.", "reference" + id);
            content(
                    answers(reference, "200", "The address."),
                    JSON,
                    EntityBody.MAPPER.createObjectNode().put("type", "object"));
            answers(reference, "404", "There is none.");
        }
        if (way.isPaired()) {
            ObjectNode link = operation(path + "/$ref", "post", "Adds a link.", "link" + id);
            content(body(link), JSON, reference("Link"));
            answers(link, "204", "Linked.");
            ObjectNode cut = operation(
                    path + "({other})/$ref", "delete", "Cuts a link, where an entity can be without.", "unlink" + id);
            use(cut, "other");
            answers(cut, "200", "Cut.");
            answers(cut, "409", "One of them cannot be without the other.");
        } else if (!way.isToMany() && way.isMandatory()) {
            ObjectNode link = operation(path + "/$ref", "put", "Links to another one.", "link" + id);
            content(body(link), JSON, reference("Link"));
            answers(link, "204", "Linked.");
        }
    }

    private void shortcut(EntityModel entity, EntityModel.Way way) {
        String path = "/" + entity.set() + "({id})/" + way.name();
        if (way.isToMany()) {
            set(path, "The newest of each Datastream.", "list" + entity.name() + way.name(), way.target());
        } else {
            one(path, entity, way);
        }
    }

    private void one(String path, EntityModel entity, EntityModel.Way way) {
        ObjectNode one = operation(
                path, "get", "The " + way.name() + " of a " + entity.name() + ".", "get" + entity.name() + way.name());
        use(one, ONE_OPTIONS);
        content(answers(one, "200", way.target()), JSON, reference(way.target()));
        answers(one, "404", "There is no such %s.".formatted(entity.name()));
        if (!way.isMandatory()) {
            answers(one, "204", "It has none.");
        }
    }

    private static ObjectNode listOf(ObjectNode items) {
        ObjectNode list = EntityBody.MAPPER.createObjectNode().put("type", "object");
        ObjectNode members = list.putObject("properties");
        members.putObject("@iot.count").put("type", "integer");
        members.putObject("@iot.nextLink").put("type", "string");
        members.set("value", arrayOf(items));
        return list;
    }

    private void set(String path, String summary, String id, String name) {
        ObjectNode list = operation(path, "get", summary, id);
        use(list, SET_OPTIONS);
        ObjectNode answer = answers(list, "200", "The entities.");
        ObjectNode schema = listOf(reference(name));
        if (isSummedUp(path)) {
            use(list, "apply");
            ObjectNode either = EntityBody.MAPPER.createObjectNode();
            either.putArray("anyOf").add(schema).add(reference("Summaries"));
            schema = either;
        }
        if (path.equals("/Datastreams({id})/Observations")) {
            use(list, "downsample");
        }
        content(answer, JSON, schema);
        content(answer, "text/csv", EntityBody.MAPPER.createObjectNode().put("type", "string"));
        if (!name.equals("Observation")) {
            content(
                    answer,
                    "application/geo+json",
                    EntityBody.MAPPER.createObjectNode().put("type", "object"));
        }
    }

    private static boolean isSummedUp(String path) {
        return List.of("/Observations", "/Datastreams({id})/Observations", "/Datastreams", "/Things({id})/Datastreams")
                .contains(path);
    }

    private void create(String path, String name, String id) {
        ObjectNode create = operation(path, "post", "A new " + name + ", with links and new entities around it.", id);
        List<String> with = new ArrayList<>(List.of("prefer"));
        if (name.equals("Observation")) {
            with.addAll(List.of("duplicates", "duplicatesHeader"));
        }
        use(create, with);
        content(body(create), JSON, reference("New" + name));
        ObjectNode created = answers(create, "201", "Created; with its body, unless Prefer says otherwise.");
        created.withObject("/headers").set("Location", OpenApiParts.reference("headers", "Location"));
        content(created, JSON, reference(name));
    }

    private void actions() {
        ObjectNode many = operation(
                "/CreateObservations", "post", "Many Observations as arrays of values.", "createObservations");
        use(many, "duplicates", "duplicatesHeader");
        content(body(many), JSON, arrayOf(reference("NewDataArray")));
        content(
                answers(many, "201", "For each row its address, or what is wrong with it."),
                JSON,
                arrayOf(EntityBody.MAPPER.createObjectNode().put("type", "string")));
        ObjectNode batch = operation("/$batch", "post", "Many requests in one.", "batch");
        ObjectNode parts = EntityBody.MAPPER.createObjectNode().put("type", "string");
        content(content(body(batch), JSON, reference("Batch")), "multipart/mixed", parts);
        content(
                content(answers(batch, "200", "The answers."), JSON, reference("BatchAnswer")),
                "multipart/mixed",
                parts);
    }
}
