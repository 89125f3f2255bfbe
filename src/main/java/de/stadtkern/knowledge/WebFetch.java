package de.stadtkern.knowledge;

import de.stadtkern.city.OuterNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Reads pages of foreign web sites. Goes outside the own network only, unless the operator allows more, also where a
/// page leads on to another; takes no more than it can use, and nothing packed.
@Component
class WebFetch {

    static final String AGENT = "Stadtkern";
    private static final int LARGEST = 4 << 20;
    private static final int MOST_STEPS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9_-]+)");

    private final KnowledgeProperties properties;
    private final Supplier<HttpClient> client = SingletonSupplier.of(() -> HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());

    WebFetch(KnowledgeProperties properties) {
        this.properties = properties;
    }

    /// @param text    null if nothing is new
    /// @param address where it was in the end
    record Answer(@Nullable String text, String type, URI address, String etag, String modified) {}

    /// The server did not give the page.
    static final class Refused extends IOException {

        private final int status;

        Refused(int status) {
            super("HTTP " + status);
            this.status = status;
        }

        /// Whether the page is not there any more.
        boolean isGone() {
            return status == 404 || status == 410;
        }

        /// Whether asking again would change nothing (RFC 9309, 2.3.1.3: unavailable).
        boolean isForGood() {
            return status / 100 == 4 && status != 429;
        }
    }

    /// Throws with the reason.
    ///
    /// @param etag     of what was read last, empty for none
    /// @param modified the same as a time
    Answer read(URI address, String etag, String modified) throws IOException, InterruptedException {
        URI at = address;
        for (int step = 0; step < MOST_STEPS; step++) {
            requireOuter(at);
            HttpResponse<InputStream> answer = send(at, etag, modified);
            try (InputStream body = answer.body()) {
                Optional<String> next = answer.headers().firstValue("Location");
                if (answer.statusCode() / 100 == 3 && answer.statusCode() != 304 && next.isPresent()) {
                    at = at.resolve(URI.create(next.get().replace(" ", "%20")));
                    continue;
                }
                return answer(answer, body, at, etag, modified);
            }
        }
        throw new IOException("it leads on more than %d times".formatted(MOST_STEPS));
    }

    private void requireOuter(URI address) throws IOException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (host == null || !scheme.equals("http") && !scheme.equals("https")) {
            throw new IOException("only http and https are read");
        }
        if (!properties.privateAddresses()) {
            OuterNetwork.require(host, "stadtkern.knowledge.private-addresses");
        }
    }

    private HttpResponse<InputStream> send(URI address, String etag, String modified)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("User-Agent", AGENT)
                .header("Accept", "text/html, text/calendar, application/xml;q=0.9, text/plain;q=0.8")
                .GET();
        if (!etag.isEmpty()) {
            request.header("If-None-Match", etag);
        } else if (!modified.isEmpty()) {
            request.header("If-Modified-Since", modified);
        }
        return client.get().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static Answer answer(
            HttpResponse<InputStream> answer, InputStream body, URI address, String etag, String modified)
            throws IOException {
        if (answer.statusCode() == 304) {
            return new Answer(null, "", address, etag, modified);
        }
        if (answer.statusCode() != 200) {
            throw new Refused(answer.statusCode());
        }
        if (answer.headers()
                .firstValue("Content-Encoding")
                .filter(one -> !one.equals("identity"))
                .isPresent()) {
            throw new IOException("it came packed, though nobody asked for that");
        }
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("more than %d MB".formatted(LARGEST >> 20));
        }
        String type = answer.headers().firstValue("Content-Type").orElse("text/html");
        return new Answer(
                new String(bytes, charset(type)),
                type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                address,
                answer.headers().firstValue("ETag").orElse(""),
                answer.headers().firstValue("Last-Modified").orElse(""));
    }

    private static Charset charset(String type) {
        Matcher named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
