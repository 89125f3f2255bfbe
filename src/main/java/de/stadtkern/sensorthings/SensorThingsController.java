package de.stadtkern.sensorthings;

import de.stadtkern.installation.DiskSpace;
import de.stadtkern.problem.BrokenOff;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestParser;
import de.stadtkern.sensorthings.query.RequestRefused;
import de.stadtkern.sensorthings.query.ResourcePath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
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
    private static final String CREATE_OBSERVATIONS = "CreateObservations";

    private final WriteAccess access;
    private final EntityReader reader;
    private final EntityWriter writer;
    private final NewObservations observations;
    private final DiskSpace disk;

    SensorThingsController(
            WriteAccess access,
            EntityReader reader,
            EntityWriter writer,
            NewObservations observations,
            DiskSpace disk) {
        this.access = access;
        this.reader = reader;
        this.writer = writer;
        this.observations = observations;
        this.disk = disk;
    }

    @GetMapping
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Address address = Address.of(request);
        if (address.path().isEmpty()) {
            answer(response, JSON, LandingPage.of(address.root()));
            return;
        }
        if (address.path().equals(CREATE_OBSERVATIONS)) {
            throw methodNotAllowed(response, "GET", address.path(), "POST");
        }
        switch (RequestParser.parse(address.path(), address.query())) {
            case Request.EntitySet set -> stream(response, reader.set(set, set.options(), address));
            case Request.References references ->
                stream(response, reader.set(references, references.options(), address));
            case Request.Entity entity -> answer(response, JSON, reader.entity(entity, address.root()));
            case Request.PropertyOf property -> {
                byte[] value = reader.property(property);
                if (value == null) {
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                } else {
                    answer(response, property.raw() ? TEXT : JSON, value);
                }
            }
        }
    }

    private static void stream(HttpServletResponse response, SetAnswer answer) throws IOException {
        try (answer) {
            boolean isWhole = answer.begin();
            response.setContentType(JSON);
            if (isWhole) {
                response.setContentLengthLong(answer.size());
            }
            answer.writeTo(response.getOutputStream(), isWhole);
        } catch (RuntimeException failed) {
            if (!response.isCommitted()) {
                throw failed;
            }
            throw new BrokenOff(failed);
        }
    }

    private static void answer(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @PostMapping
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        access.requireObservations();
        disk.requireRoom();
        Address address = Address.of(request);
        if (address.path().equals(CREATE_OBSERVATIONS)) {
            byte[] answer = observations.createMany(
                    RequestBody.of(request, RequestBody.OBSERVATIONS_BYTES), duplicates(request), address.root());
            response.setStatus(HttpServletResponse.SC_CREATED);
            answer(response, JSON, answer);
            return;
        }
        if (address.path().equals("$batch")) {
            throw RequestRefused.notOffered("$batch", "$batch is not offered yet; send the requests one by one.");
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
        if (created.withBody()) {
            answer(response, JSON, entity(path, created.id(), address));
        }
    }

    @PatchMapping
    void patch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireWritable();
        Address address = Address.of(request);
        if (String.valueOf(request.getContentType()).contains("json-patch")) {
            throw RequestRefused.notOffered(
                    "application/json-patch+json",
                    "JSON Patch is not offered yet; PATCH with application/json changes the properties it names.");
        }
        ResourcePath path = target(address, response, "PATCH", true);
        byte[] body = RequestBody.of(request, RequestBody.ENTITY_BYTES).readAllBytes();
        long id = writer.update(path, body);
        answer(response, JSON, entity(path, id, address));
    }

    @DeleteMapping
    void delete(HttpServletRequest request, HttpServletResponse response) {
        requireWritable();
        writer.delete(target(Address.of(request), response, "DELETE", true));
    }

    /// The standard wants 501 where PUT is not offered.
    @PutMapping
    void put() {
        throw RequestRefused.notOffered("PUT", "PUT is not offered; PATCH changes the properties it names.");
    }

    private byte[] entity(ResourcePath path, long id, Address address) {
        return reader.entity(
                (Request.Entity) RequestParser.parse(path.type().set() + "(" + id + ")", null), address.root());
    }

    private void requireWritable() {
        access.require();
        disk.requireRoom();
    }

    /// Sets are posted to, entities changed and deleted.
    private static ResourcePath target(Address address, HttpServletResponse response, String method, boolean one) {
        if (address.path().isEmpty()) {
            throw methodNotAllowed(response, method, "/", "GET");
        }
        if (address.path().equals(CREATE_OBSERVATIONS)) {
            throw methodNotAllowed(response, method, CREATE_OBSERVATIONS, "POST");
        }
        ResourcePath path = RequestParser.parsePath(address.path());
        if (path.isOne() != one) {
            throw methodNotAllowed(response, method, path.text(), path.isOne() ? "GET, PATCH, DELETE" : "GET, POST");
        }
        return path;
    }

    private static Problem methodNotAllowed(HttpServletResponse response, String method, String path, String allowed) {
        response.setHeader("Allow", allowed);
        return new Problem(
                Problem.Kind.METHOD,
                "method-not-allowed",
                "%s is not possible at '%s'; possible are %s.".formatted(method, path, allowed),
                Map.of("allow", allowed));
    }

    /// By `?duplicates=` or the header `Duplicates`: insert (the standard's way), ignore or replace.
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
        return switch (rule == null ? "insert" : rule.toLowerCase(Locale.ROOT)) {
            case "insert" -> Duplicates.INSERT;
            case "ignore" -> Duplicates.IGNORE;
            case "replace" -> Duplicates.REPLACE;
            default ->
                throw new Problem(
                        Problem.Kind.INVALID,
                        "option-invalid",
                        "'duplicates' is insert, ignore or replace.",
                        Map.of("option", "duplicates"));
        };
    }
}
