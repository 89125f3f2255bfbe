package de.stadtkern.sensorthings;

import de.stadtkern.city.SlowQueries;
import de.stadtkern.installation.DiskSpace;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityWriter.Manner;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestParser;
import de.stadtkern.sensorthings.query.ResourcePath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// SensorThings 1.1 over HTTP (OGC 18-088). Addresses are parsed by [RequestParser]; reading is [EntityReader]'s,
/// writing [EntityWriter]'s.
@RestController
@RequestMapping({Address.SERVICE, Address.SERVICE + "/**"})
class SensorThingsController {

    private static final String JSON = "application/json;charset=UTF-8";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final Pattern TEXT_IN_ADDRESS = Pattern.compile("(?:'|%27).*?(?:'|%27)");
    static final String OPEN_API = "openapi";
    private static final String CREATE_OBSERVATIONS = "CreateObservations";

    private final WriteAccess access;
    private final EntityReader reader;
    private final EntityWriter writer;
    private final NewObservations observations;
    private final DiskSpace disk;
    private final SensorThingsProperties limits;
    private final Batches batches;
    private final AppliedAnswer summaries;
    private final DataSets dataSets;
    private final QueryGuard guard;
    private final MqttEndpoints mqtt;

    SensorThingsController(
            WriteAccess access,
            EntityReader reader,
            EntityWriter writer,
            NewObservations observations,
            DiskSpace disk,
            SensorThingsProperties limits,
            Batches batches,
            AppliedAnswer summaries,
            DataSets dataSets,
            QueryGuard guard,
            MqttEndpoints mqtt) {
        this.access = access;
        this.reader = reader;
        this.writer = writer;
        this.observations = observations;
        this.disk = disk;
        this.limits = limits;
        this.batches = batches;
        this.summaries = summaries;
        this.dataSets = dataSets;
        this.guard = guard;
        this.mqtt = mqtt;
    }

    @GetMapping
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        asCaller(() -> read(request, response));
    }

    @PostMapping
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        asCaller(() -> create(request, response));
    }

    @PatchMapping
    void patch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        asCaller(() -> change(request, response));
    }

    @PutMapping
    void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
        asCaller(() -> replace(request, response));
    }

    @DeleteMapping
    void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        asCaller(() -> remove(request, response));
    }

    private interface Work {
        void run() throws IOException;
    }

    /// Whatever is asked of the store is asked with the caller's eyes.
    private void asCaller(Work work) throws IOException {
        dataSets.closed().call(() -> {
            work.run();
            return true;
        });
    }

    private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Address address = Address.of(request);
        if (address.path().isEmpty()) {
            answer(response, JSON, LandingPage.of(address.root(), limits, mqtt.addresses(address.root())));
            return;
        }
        if (address.path().equals(OPEN_API)) {
            answer(response, JSON, OpenApiDocument.of(address.root()));
            return;
        }
        if (address.path().equals(CREATE_OBSERVATIONS)) {
            throw methodNotAllowed(response, "GET", address.path(), "POST");
        }
        Request asked = RequestParser.parse(address.path(), address.query());
        SlowQueries.askedBy(
                TEXT_IN_ADDRESS.matcher(address.path() + "?" + address.query()).replaceAll("'…'"), () -> {
                    answer(asked, address, request, response);
                    return true;
                });
    }

    private void answer(Request asked, Address address, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (asked) {
            case Request.EntitySet set -> stream(asked, response, () -> reader.set(set, set.options(), address));
            case Request.References references ->
                stream(asked, response, () -> reader.set(references, references.options(), address));
            case Request.Entity entity -> {
                Spool body = guard.<@Nullable Spool>read(asked, () -> reader.find(entity, address.root()));
                if (body == null) {
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                } else if (address.query() == null) {
                    version(request, response, body.toByteArray());
                } else {
                    answer(response, body);
                }
            }
            case Request.Count count -> {
                long number = guard.read(asked, () -> reader.count(count));
                answer(response, TEXT, String.valueOf(number).getBytes(StandardCharsets.UTF_8));
            }
            case Request.Downsampled downsampled ->
                answer(response, JSON, guard.read(asked, () -> reader.downsampled(downsampled)));
            case Request.Applied applied ->
                answer(response, guard.read(asked, () -> {
                    if (applied.path().hasParent()) {
                        reader.id(applied.path().parent());
                    }
                    return summaries.answer(applied);
                }));
            case Request.PropertyOf property -> {
                byte[] value = guard.<byte @Nullable []>read(asked, () -> reader.property(property));
                if (value == null) {
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                } else {
                    answer(response, property.raw() ? TEXT : JSON, value);
                }
            }
        }
    }

    /// The whole of an entity has a version that can be asked for again.
    private static void version(HttpServletRequest request, HttpServletResponse response, byte[] body)
            throws IOException {
        String tag = EntityTag.of(body);
        response.setHeader("ETag", tag);
        String known = request.getHeader("If-None-Match");
        if (known != null && EntityTag.matches(known, tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        answer(response, JSON, body);
    }

    /// Each part is sent before the next one is read.
    private void stream(
            Request asked, HttpServletResponse response, ScopedValue.CallableOp<SetAnswer, RuntimeException> set)
            throws IOException {
        try (SetAnswer answer = guard.read(asked, set)) {
            boolean isWhole = guard.read(asked, answer::begin);
            response.setContentType(answer.contentType());
            if (isWhole) {
                response.setContentLengthLong(answer.size());
            }
            answer.drain(response.getOutputStream());
            while (!isWhole) {
                isWhole = guard.readOn(asked, answer::readChunk);
                answer.drain(response.getOutputStream());
            }
        }
    }

    private static void answer(HttpServletResponse response, Spool body) throws IOException {
        try {
            response.setContentType(JSON);
            response.setContentLengthLong(body.size());
            body.drainTo(response.getOutputStream());
        } finally {
            body.clear();
        }
    }

    private static void answer(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        access.requireObservations();
        disk.requireRoom();
        Address address = Address.of(request);
        if (address.path().equals(CREATE_OBSERVATIONS)) {
            if (ChangeSet.isOpen()) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "batch-invalid",
                        "CreateObservations answers row by row and so cannot be part of a change set.");
            }
            Spool answer = observations.createMany(
                    RequestBody.of(request, RequestBody.OBSERVATIONS_BYTES), duplicates(request), address.root());
            response.setStatus(HttpServletResponse.SC_CREATED);
            answer(response, answer);
            return;
        }
        if (address.path().equals("$batch")) {
            batches.answer(request, response, this::dispatch);
            return;
        }
        if (linked(request, response, address)) {
            return;
        }
        ResourcePath path = target(address, response, "POST", false);
        if (path.type() != EntityType.OBSERVATION) {
            access.require();
        }
        byte[] body = RequestBody.of(request, RequestBody.ENTITY_BYTES).readAllBytes();
        EntityWriter.Created created = writer.create(path, body, duplicates(request));
        String selfLink = EntityJson.selfLink(address.root(), path.type(), created.id());
        response.setHeader("Location", selfLink);
        response.setStatus(HttpServletResponse.SC_CREATED);
        if (wantsBody(request, response, created.withBody())) {
            answer(response, JSON, entity(path, created.id(), address));
        }
    }

    /// What the caller prefers (RFC 7240), or what is usual.
    private static boolean wantsBody(HttpServletRequest request, HttpServletResponse response, boolean usual) {
        String prefer = request.getHeader("Prefer");
        boolean isMinimal = prefer != null && prefer.contains("return=minimal");
        boolean isWhole = prefer != null && prefer.contains("return=representation");
        if (isMinimal || isWhole) {
            response.setHeader("Preference-Applied", isMinimal ? "return=minimal" : "return=representation");
        }
        return isMinimal ? false : isWhole || usual;
    }

    private void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isJsonPatch = String.valueOf(request.getContentType()).contains("json-patch");
        change(request, response, isJsonPatch ? Manner.JSON_PATCH : Manner.PATCH);
    }

    private void replace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireWritable();
        if (!linked(request, response, Address.of(request))) {
            change(request, response, Manner.PUT);
        }
    }

    private void change(HttpServletRequest request, HttpServletResponse response, Manner manner) throws IOException {
        requireWritable();
        Address address = Address.of(request);
        ResourcePath path = target(address, response, request.getMethod(), true);
        requireNoOptions(request);
        byte[] body = RequestBody.of(request, RequestBody.ENTITY_BYTES).readAllBytes();
        long id = writer.update(path, body, manner, condition(request), address.root());
        if (wantsBody(request, response, true)) {
            byte[] whole = entity(path, id, address);
            response.setHeader("ETag", EntityTag.of(whole));
            answer(response, JSON, whole);
        } else {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private static EntityTag.Condition condition(HttpServletRequest request) {
        return new EntityTag.Condition(request.getHeader("If-Match"), request.getHeader("If-None-Match"));
    }

    private void remove(HttpServletRequest request, HttpServletResponse response) {
        requireWritable();
        Address address = Address.of(request);
        ResourcePath reference = RequestParser.findReference(address.path());
        if (reference != null) {
            writer.unlink(reference, reference.isOne() ? reader.id(reference) : targetOf(address));
            return;
        }
        if (limits.deleteSets()
                && !address.path().isEmpty()
                && RequestParser.parse(address.path(), address.query()) instanceof Request.EntitySet set) {
            if (set.options().filter() == null) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "filter-missing",
                        "DELETE of a set needs $filter; to delete all of it say $filter=true.",
                        Map.of("option", "$filter"));
            }
            response.setHeader("Deleted", String.valueOf(writer.deleteAll(set)));
            return;
        }
        ResourcePath path = target(address, response, "DELETE", true);
        requireNoOptions(request);
        writer.delete(path, condition(request), address.root());
    }

    /// What would be ignored is refused: `DELETE Things(5)?$filter=…` looks like a condition and is none.
    private static void requireNoOptions(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && !query.isEmpty()) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "option-invalid",
                    "%s of an entity knows no options behind '?'.".formatted(request.getMethod()),
                    Map.of("option", query.length() > 80 ? query.substring(0, 80) : query));
        }
    }

    /// `…/Locations/$ref?$id=Locations(5)`
    private static long targetOf(Address address) {
        for (String option : String.valueOf(address.query()).split("&", -1)) {
            if (option.startsWith("$id=") || option.startsWith("%24id=")) {
                return References.id(
                        java.net.URLDecoder.decode(option.substring(option.indexOf('=') + 1), StandardCharsets.UTF_8));
            }
        }
        throw new Problem(
                Problem.Kind.INVALID,
                "option-invalid",
                "Say which link is to go: …/Locations(5)/$ref or …/Locations/$ref?$id=Locations(5).",
                Map.of("option", "$id"));
    }

    /// POST or PUT of `…/$ref`; false if the address is another.
    private boolean linked(HttpServletRequest request, HttpServletResponse response, Address address)
            throws IOException {
        ResourcePath reference = RequestParser.findReference(address.path());
        if (reference == null) {
            return false;
        }
        access.require();
        byte[] body = RequestBody.of(request, RequestBody.ENTITY_BYTES).readAllBytes();
        writer.link(reference, References.target(body));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }

    /// A request inside of a batch.
    private void dispatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET" -> get(request, response);
            case "POST" -> post(request, response);
            case "PATCH" -> patch(request, response);
            case "PUT" -> put(request, response);
            case "DELETE" -> delete(request, response);
            default ->
                throw methodNotAllowed(
                        response, request.getMethod(), request.getRequestURI(), "GET, POST, PATCH, PUT, DELETE");
        }
    }

    private byte[] entity(ResourcePath path, long id, Address address) {
        var whole = (Request.Entity) RequestParser.parse(path.type().set() + "(" + id + ")", null);
        return reader.entity(whole, address.root()).toByteArray();
    }

    private void requireWritable() {
        access.require();
        disk.requireRoom();
    }

    /// Sets are posted to, entities changed and deleted.
    private ResourcePath target(Address address, HttpServletResponse response, String method, boolean one) {
        if (address.path().isEmpty()) {
            throw methodNotAllowed(response, method, "/", "GET");
        }
        if (address.path().equals(CREATE_OBSERVATIONS)) {
            throw methodNotAllowed(response, method, CREATE_OBSERVATIONS, "POST");
        }
        ResourcePath path = RequestParser.parsePath(address.path());
        if (path.isOne() != one) {
            throw methodNotAllowed(response, method, path.text(), path.isOne() ? "GET, PATCH, PUT, DELETE" : onSets());
        }
        return path;
    }

    private String onSets() {
        return limits.deleteSets() ? "GET, POST, DELETE" : "GET, POST";
    }

    private static Problem methodNotAllowed(HttpServletResponse response, String method, String path, String allowed) {
        response.setHeader("Allow", allowed);
        return new Problem(
                Problem.Kind.METHOD,
                "method-not-allowed",
                "%s is not possible at '%s'; possible are %s.".formatted(method, path, allowed),
                Map.of("allow", allowed));
    }

    /// By `?duplicates=` or the header `Duplicates`: insert (the standard's way), ignore or replace; else as the
    /// Datastream says.
    private static Duplicates duplicates(HttpServletRequest request) {
        String query = request.getQueryString();
        String rule = request.getHeader("Duplicates");
        if (query != null) {
            for (String option : query.split("&", -1)) {
                if (!option.startsWith("duplicates=")) {
                    String name = java.net.URLEncoder.encode(option, StandardCharsets.UTF_8);
                    throw new Problem(
                            Problem.Kind.INVALID,
                            "option-invalid",
                            "A POST knows the option 'duplicates' only, not '%s'."
                                    .formatted(name.length() > 80 ? name.substring(0, 80) : name),
                            Map.of("option", "duplicates"));
                }
                rule = option.substring("duplicates=".length());
            }
        }
        return Duplicates.of(rule);
    }
}
