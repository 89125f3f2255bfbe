package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The requests in the body of a `$batch`.
final class BatchBody {

    private static final int MAX_PARTS = 10_000;
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\";, ]{1,70})\"?");
    private static final Pattern REFERENCE = Pattern.compile("^(?:.*/)?\\$([\\w.-]+)(/.*|\\?.*|)$");
    private static final Pattern LINK = Pattern.compile("(\"@iot\\.id\"\\s*:\\s*)\"\\$([\\w.-]+)\"");

    private BatchBody() {}

    sealed interface Part permits Single, Together {}

    /// @param id      name by which later requests call what this one made; empty if it has none
    /// @param problem what is wrong with this one alone; it is answered in its place
    record Single(
            String id,
            String method,
            String url,
            Map<String, String> headers,
            byte[] body,
            @Nullable Problem problem) implements Part {

        /// With `$1` in address and links replaced by what request 1 made.
        Single resolved(BatchReferences references) {
            Matcher reference = REFERENCE.matcher(url);
            String there = reference.matches() ? references.address(reference.group(1)) : null;
            String text = new String(body, StandardCharsets.UTF_8);
            if (there == null && !text.contains("\"$")) {
                return this;
            }
            String resolved = LINK.matcher(text).replaceAll(link -> {
                String target = references.address(link.group(2));
                return Matcher.quoteReplacement(target == null ? link.group() : link.group(1) + References.id(target));
            });
            return new Single(
                    id,
                    method,
                    there == null ? url : there + reference.group(2),
                    headers,
                    resolved.getBytes(StandardCharsets.UTF_8),
                    problem);
        }
    }

    /// A change set.
    record Together(List<Single> parts) implements Part {}

    static List<Part> json(byte[] body) {
        JsonNode requests;
        try {
            requests = EntityBody.MAPPER.readTree(body).path("requests");
        } catch (JacksonException malformed) {
            throw RequestBody.malformed(malformed);
        }
        if (!requests.isArray() || requests.size() > MAX_PARTS) {
            throw wrong("The body of a batch is {\"requests\": […]} with at most %d of them.".formatted(MAX_PARTS));
        }
        List<Part> parts = new ArrayList<>();
        Map<String, List<Single>> groups = new LinkedHashMap<>();
        for (JsonNode request : requests) {
            Single single = single(request);
            String group = request.path("atomicityGroup").asString("");
            if (group.isEmpty()) {
                parts.add(single);
            } else {
                groups.computeIfAbsent(group, name -> {
                            List<Single> together = new ArrayList<>();
                            parts.add(new Together(together));
                            return together;
                        })
                        .add(single);
            }
        }
        return parts;
    }

    private static Single single(JsonNode request) {
        String method = request.path("method").asString("").toUpperCase(Locale.ROOT);
        String url = request.path("url").asString("");
        Map<String, String> headers = new HashMap<>();
        request.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asString("")));
        headers.putIfAbsent("content-type", "application/json");
        JsonNode body = request.get("body");
        Problem problem = method.isEmpty() || url.isEmpty() ? wrong("A request has 'method' and 'url'.") : null;
        return new Single(
                request.path("id").asString(""),
                method,
                url,
                headers,
                body == null ? new byte[0] : EntityBody.MAPPER.writeValueAsBytes(body),
                problem);
    }

    static List<Part> multipart(byte[] body, String contentType) {
        String text = new String(body, StandardCharsets.UTF_8);
        List<Part> parts = new ArrayList<>();
        for (String part : split(text, contentType)) {
            int headersEnd = endOfHeaders(part);
            Map<String, String> headers = headers(part.substring(0, headersEnd));
            String content = part.substring(headersEnd).stripLeading();
            String type = headers.getOrDefault("content-type", "");
            if (type.toLowerCase(Locale.ROOT).startsWith("multipart/mixed")) {
                List<Single> together = new ArrayList<>();
                for (String inner : split(content, type)) {
                    int end = endOfHeaders(inner);
                    together.add(http(
                            headers(inner.substring(0, end)),
                            inner.substring(end).stripLeading()));
                }
                parts.add(new Together(together));
            } else {
                parts.add(http(headers, content));
            }
        }
        if (parts.size() > MAX_PARTS) {
            throw wrong("A batch has at most %d requests.".formatted(MAX_PARTS));
        }
        return parts;
    }

    private static List<String> split(String text, String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/mixed") || !boundary.find()) {
            throw new Problem(
                    Problem.Kind.MEDIA_TYPE,
                    "media-type-unknown",
                    "A batch is application/json, or multipart/mixed with a boundary.",
                    Map.of("contentType", contentType.length() > 80 ? contentType.substring(0, 80) : contentType));
        }
        String line = "--" + boundary.group(1);
        String[] pieces = ("\n" + text.replace("\r\n", "\n")).split(Pattern.quote("\n" + line), -1);
        if (pieces.length < 3 || !pieces[pieces.length - 1].startsWith("--")) {
            throw wrong("The batch does not end with its boundary.");
        }
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < pieces.length - 1; i++) {
            parts.add(pieces[i].stripLeading());
        }
        return parts;
    }

    private static int endOfHeaders(String part) {
        int end = part.indexOf("\n\n");
        return end < 0 ? part.length() : end;
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /// `POST /sta/v1.1/Things HTTP/1.1`, headers, an empty line, a body.
    private static Single http(Map<String, String> outer, String content) {
        int lineEnd = content.indexOf('\n');
        String[] first =
                (lineEnd < 0 ? content : content.substring(0, lineEnd)).strip().split(" +", -1);
        String rest = lineEnd < 0 ? "" : content.substring(lineEnd + 1);
        // Without headers the body follows an empty line at once.
        int end = rest.startsWith("\n") ? 0 : endOfHeaders(rest);
        Map<String, String> headers = headers(rest.substring(0, end));
        headers.putIfAbsent("content-type", "application/json");
        Problem problem =
                first.length < 2 ? wrong("A part of a batch begins with a line such as 'GET Things HTTP/1.1'.") : null;
        return new Single(
                outer.getOrDefault("content-id", ""),
                first[0].toUpperCase(Locale.ROOT),
                first.length < 2 ? "" : first[1],
                headers,
                rest.substring(end).strip().getBytes(StandardCharsets.UTF_8),
                problem);
    }

    private static Problem wrong(String message) {
        return new Problem(Problem.Kind.INVALID, "batch-invalid", message);
    }
}
