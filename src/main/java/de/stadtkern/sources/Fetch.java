package de.stadtkern.sources;

import de.stadtkern.city.OuterNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Asks another service over HTTP. Goes to addresses outside the own network only, unless the operator allows others,
/// and follows no redirects: they could lead inside, with the secret.
@Component
class Fetch {

    /// A moment in an address: which one, days added to it, and how it is written.
    static final Pattern MOMENT = Pattern.compile("\\{(from|to)(?:\\+(\\d{1,2})d)?(-date|-seconds)?}");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SourceProperties properties;
    /// Made when it is needed first: it reads all certificates there are, which would cost every start.
    private final Supplier<HttpClient> client = SingletonSupplier.of(() -> HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());

    Fetch(SourceProperties properties) {
        this.properties = properties;
    }

    /// A question.
    ///
    /// @param etag     of what was heard last, empty for none
    /// @param modified the same as a time
    record Question(URI address, String header, String secret, String etag, String modified) {}

    /// @param text null if nothing is new
    record Answer(@Nullable String text, String etag, String modified) {}

    /// The address for a stretch of time: `{from}` and `{to}` as moments, `{from-date}` and `{to-date}` as days of the
    /// town, `{from-seconds}` and `{to-seconds}` since 1970; with `{to+10d}` ten days later, as forecasts want it.
    static URI address(String address, Instant from, Instant to, ZoneId zone) {
        return URI.create(MOMENT.matcher(address).replaceAll(found -> {
            Instant moment = found.group(1).equals("from") ? from : to;
            long days = found.group(2) == null ? 0 : Long.parseLong(found.group(2));
            return written(moment.plus(Duration.ofDays(days)), found.group(3) == null ? "" : found.group(3), zone);
        }));
    }

    private static String written(Instant moment, String how, ZoneId zone) {
        return switch (how) {
            case "-date" -> LocalDate.ofInstant(moment, zone).toString();
            case "-seconds" -> String.valueOf(moment.getEpochSecond());
            default -> moment.truncatedTo(ChronoUnit.SECONDS).toString();
        };
    }

    /// Throws with the reason, in which there is neither the secret nor what stands in the address behind the host.
    Answer ask(Question question) throws IOException, InterruptedException {
        URI address = question.address();
        if (!properties.privateAddresses()) {
            OuterNetwork.require(address.getHost(), "stadtkern.sources.private-addresses");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("User-Agent", "Stadtkern")
                .header("Accept", "application/json, text/csv;q=0.9, */*;q=0.5")
                .GET();
        if (!question.header().isEmpty() && !question.secret().isEmpty()) {
            request.header(question.header(), question.secret());
        }
        if (!question.etag().isEmpty()) {
            request.header("If-None-Match", question.etag());
        } else if (!question.modified().isEmpty()) {
            request.header("If-Modified-Since", question.modified());
        }
        HttpResponse<InputStream> answer =
                client.get().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 304) {
                return new Answer(null, question.etag(), question.modified());
            }
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP " + answer.statusCode());
            }
            byte[] bytes = body.readNBytes(properties.largest() + 1);
            if (bytes.length > properties.largest()) {
                throw new IOException("more than %d MB".formatted(properties.largest() >> 20));
            }
            return new Answer(
                    new String(bytes, StandardCharsets.UTF_8),
                    answer.headers().firstValue("ETag").orElse(""),
                    answer.headers().firstValue("Last-Modified").orElse(""));
        }
    }
}
