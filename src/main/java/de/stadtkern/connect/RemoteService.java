package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Another SensorThings service, read page by page.
final class RemoteService {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TRIES = 4;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final String root;
    private final String token;
    private final BooleanSupplier isGone;

    /// @param root   with or without a slash at the end
    /// @param token  sent as `Authorization: Bearer`; empty for none
    /// @param isGone whether nobody waits for this any more; asked twice a second
    RemoteService(String root, String token, BooleanSupplier isGone) {
        this.root = root.endsWith("/") ? root : root + "/";
        this.token = token;
        this.isGone = isGone;
    }

    String root() {
        return root;
    }

    /// Whether the service names this set.
    boolean has(String set) {
        for (JsonNode one : get(root).path("value")) {
            if (one.path("name").asString("").equals(set)) {
                return true;
            }
        }
        return false;
    }

    /// All entities of a set, whatever the number of pages.
    void each(String path, Consumer<JsonNode> sink) {
        String page = root + path;
        while (!page.isEmpty()) {
            JsonNode answer = get(page);
            answer.path("value").forEach(sink);
            page = answer.path("@iot.nextLink").asString("");
        }
    }

    /// How many entities a page is one of; -1 if the service does not say.
    long count(String path) {
        return get(root + path).path("@iot.count").asLong(-1);
    }

    JsonNode get(String address) {
        for (int attempt = 1; ; attempt++) {
            try {
                return JSON.readTree(send(address));
            } catch (IOException | JacksonException failed) {
                if (attempt == TRIES) {
                    throw unreachable(address, String.valueOf(failed.getMessage()));
                }
                sleep(attempt);
            }
        }
    }

    private String send(String address) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.replace(" ", "%20")))
                .timeout(PATIENCE)
                .header("Accept", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> answer = awaited(request.build());
            if (answer.statusCode() >= 500) {
                throw new IOException("status " + answer.statusCode());
            }
            if (answer.statusCode() != 200) {
                throw unreachable(address, "status " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw unreachable(address, "interrupted");
        }
    }

    private HttpResponse<String> awaited(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        while (true) {
            if (isGone.getAsBoolean()) {
                answer.cancel(true);
                throw new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "stopped",
                        "The copy was stopped. Run the command again, it goes on where it stopped.");
            }
            try {
                return answer.get(500, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillWaiting) {
                // Looks again whether somebody is there.
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
            }
        }
    }

    private static void sleep(int attempt) {
        try {
            Thread.sleep(500L << attempt);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Problem unreachable(String address, String why) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "service-unreadable",
                "'%s' could not be read: %s. Run the command again, it goes on where it stopped."
                        .formatted(address, why),
                Map.of("address", address));
    }

    /// What an entity is called there, as text.
    static String id(JsonNode entity) {
        JsonNode id = entity.path("@iot.id");
        return id.isString() ? "'" + id.asString().replace("'", "''") + "'" : id.toString();
    }

    /// As it stands in parentheses of an address; texts keep their quotes.
    static String literal(String id) {
        return java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%27", "'");
    }
}
