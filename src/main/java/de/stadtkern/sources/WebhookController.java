package de.stadtkern.sources;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Takes what other services send by themselves. Whoever has the source's key may, and nobody else: it comes as
/// `Authorization: Bearer …`, or as the password of `Basic`, whose user name may be any.
@RestController
class WebhookController {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final SourceStore sources;
    private final Messages messages;
    private final SourceProperties properties;
    private final Turnstile turnstile;

    WebhookController(SourceStore sources, Messages messages, SourceProperties properties) {
        this.sources = sources;
        this.messages = messages;
        this.properties = properties;
        this.turnstile = new Turnstile(properties.messagesPerMinute());
    }

    /// What became of a message.
    ///
    /// @param message number under which its source's page shows it
    record Answer(long message, String outcome, int values, int written, int repeated, List<String> refused) {}

    /// Answered after the commit: 200 says that it is there, whatever dies then.
    @PostMapping("/sources/{slug}")
    ResponseEntity<Answer> take(@PathVariable String slug, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Source source = source(slug, request, response);
        turnstile.require(CityContext.current().id() + " " + source.id());
        if (!source.active()) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE, "source-paused", "This source is paused; please send it again later.");
        }
        Message message = messages.take(source, body(request));
        if (message.outcome() == Message.Outcome.REFUSED) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("message", message.id());
            facts.put("refused", refused(message));
            throw new Problem(
                    Problem.Kind.INVALID,
                    "message-refused",
                    message.refusals().getFirst().toString(),
                    facts);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Answer(
                        message.id(),
                        message.outcome().key(),
                        message.rows(),
                        message.written(),
                        message.repeated(),
                        refused(message)));
    }

    private static List<String> refused(Message message) {
        return message.refusals().stream().map(Object::toString).toList();
    }

    private Source source(String slug, HttpServletRequest request, HttpServletResponse response) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String key = key(authorization);
        if (key.startsWith(SourceKey.PREFIX) && slug.length() <= 60) {
            var found = sources.findByKey(slug, new SourceKey(key).hash());
            if (found.isPresent()) {
                return found.get();
            }
        }
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                is(BASIC, authorization) ? "Basic realm=\"key of the source\", charset=\"UTF-8\"" : "Bearer");
        throw new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "source-key-unknown",
                "'Authorization' carries no key of this source: 'Bearer source_…', or 'Basic' with it as the"
                        + " password.");
    }

    private static boolean is(String scheme, @Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static String key(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        if (is(BEARER, authorization)) {
            return authorization.substring(BEARER.length()).strip();
        }
        if (!is(BASIC, authorization)) {
            return "";
        }
        try {
            byte[] both = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String text = new String(both, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    private String body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(properties.largest() + 1);
        if (body.length > properties.largest()) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "message-too-large",
                    "A message has at most %d MB.".formatted(properties.largest() >> 20));
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
