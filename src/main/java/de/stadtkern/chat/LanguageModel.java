package de.stadtkern.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A language model behind an interface like OpenAI's, if one is configured (`/chat/completions`, answers as a stream
/// of events). It is asked for other words only; whoever asks checks what it says.
@Component
class LanguageModel implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LanguageModel.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int LONGEST = 4_000;
    private static final String DATA = "data:";
    private static final String END = "[DONE]";

    private final ModelProperties properties;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LanguageModel(ModelProperties properties) {
        this.properties = properties;
    }

    boolean isConfigured() {
        return !properties.address().isEmpty();
    }

    /// What it says; empty where it says nothing in time or cannot be asked.
    ///
    /// @param order what it is to do
    /// @param given what it is to do it with
    Optional<String> say(String order, String given) {
        Future<String> answer = threads.submit(() -> ask(order, given));
        try {
            return Optional.of(answer.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS))
                    .filter(text -> !text.isBlank());
        } catch (TimeoutException | InterruptedException slow) {
            answer.cancel(true);
            log.warn("The language model did not answer within {}", properties.timeout());
            if (slow instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        } catch (ExecutionException failed) {
            log.warn("The language model did not answer: {}", String.valueOf(failed.getCause()));
            return Optional.empty();
        }
    }

    private String ask(String order, String given) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of(
                "model",
                properties.name(),
                "stream",
                true,
                "temperature",
                0,
                "messages",
                List.of(Map.of("role", "system", "content", order), Map.of("role", "user", "content", given))));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(properties.address().replaceFirst("/$", "") + "/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(properties.timeout())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!properties.key().isEmpty()) {
            request.header("Authorization", "Bearer " + properties.key());
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                throw new IOException("it answered " + response.statusCode());
            }
            return read(lines);
        } catch (JacksonException unreadable) {
            throw new IOException("it answered no JSON", unreadable);
        }
    }

    private static String read(BufferedReader lines) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
            if (data.equals(END)) {
                break;
            }
            if (!data.isEmpty()) {
                JsonNode choice = JSON.readTree(data).path("choices").path(0);
                said.append(choice.path("delta").path("content").asString(""));
            }
            if (said.length() > LONGEST) {
                throw new IOException("it answered too much");
            }
        }
        return said.toString();
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
