package de.stadtkern.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks OpenID Connect with one provider: what it offers, the code for a token, and whether the token is genuine.
/// Nothing is kept: logins are rare, and a provider's new keys count at once.
@Component
class OpenIdClient {

    private static final Logger log = LoggerFactory.getLogger(OpenIdClient.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 1_000_000;
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    /// @param logout empty where the provider has none
    record Endpoints(String authorization, String token, String keys, String logout) {}

    Endpoints endpoints(LoginProviders.Provider provider) {
        String issuer = provider.issuer().replaceAll("/$", "");
        JsonNode said = json(get(issuer + "/.well-known/openid-configuration"));
        if (!said.path("issuer").asString("").equals(provider.issuer())) {
            throw failed("says another issuer than '%s'".formatted(provider.issuer()));
        }
        return new Endpoints(
                said.path("authorization_endpoint").asString(""),
                said.path("token_endpoint").asString(""),
                said.path("jwks_uri").asString(""),
                said.path("end_session_endpoint").asString(""));
    }

    /// @param back     where the provider sent the browser
    /// @param verifier whose hash the browser brought there (PKCE)
    JWTClaimsSet claims(LoginProviders.Provider provider, String code, String back, String verifier, String nonce) {
        Endpoints endpoints = endpoints(provider);
        String basic = encode(provider.clientId()) + ":" + encode(provider.clientSecret());
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoints.token()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", back,
                        "code_verifier", verifier))))
                .build();
        String token = json(send(request)).path("id_token").asString("");
        return verify(provider, token, get(endpoints.keys()), nonce);
    }

    /// Signature, issuer, audience, time and nonce.
    private static JWTClaimsSet verify(LoginProviders.Provider provider, String token, String keys, String nonce) {
        try {
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(JWKSet.parse(keys))));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    provider.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(provider.issuer())
                            .claim("nonce", nonce)
                            .build(),
                    Set.of("sub", "exp", "iat")));
            return processor.process(token, null);
        } catch (ParseException | BadJOSEException | JOSEException untrue) {
            throw failed("sent a token that is not genuine: " + untrue.getMessage());
        }
    }

    private String get(String address) {
        return send(
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build());
    }

    private String send(HttpRequest request) {
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            HttpResponse<String> answer = http.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MOST_BYTES));
            if (answer.statusCode() != 200) {
                throw failed("answers %d at %s".formatted(answer.statusCode(), request.uri()));
            }
            return answer.body();
        } catch (IOException away) {
            throw failed("cannot be reached at %s: %s".formatted(request.uri(), away));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException unreadable) {
            throw failed("does not answer in JSON");
        }
    }

    static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> encode(value.getKey()) + "=" + encode(value.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The operator reads why; whoever wants to log in learns that it did not work.
    static Problem failed(String why) {
        log.warn("Login failed because the provider {}", why);
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "provider-failed",
                "The login with this provider did not work. Please try again, or log in with a password.");
    }
}
