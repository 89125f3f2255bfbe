package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Login with a provider of OpenID Connect, against a small one that says its roles as Keycloak does.
@StadtkernTest
class ProviderLoginTest extends TownWithAdmin {

    private String home = "";
    private SmallProvider provider;

    @BeforeEach
    void aTownWithAProvider() throws IOException, JOSEException {
        home = "http://%s.localhost:%d".formatted(town.city().slug(), port);
        provider = new SmallProvider();
        assertThat(admin.where(admin.fill(
                        "/providers/0",
                        "/providers/0",
                        "name",
                        "Rathaus",
                        "issuer",
                        provider.issuer(),
                        "client",
                        "stadtkern",
                        "secret",
                        "geheim",
                        "claim",
                        "realm_access.roles",
                        "words",
                        "daten = platform editor\nleitung = town viewer",
                        "active",
                        "on")))
                .isEqualTo("303 /providers");
    }

    @AfterEach
    void stop() {
        provider.server.stop(0);
    }

    @Test
    void somebodyWithARoleThereComesInAndOutAgain() {
        var person = people.somebody();
        assertThat(person.open("/login").body()).contains("Anmelden mit Rathaus");
        assertThat(login(person)).isEqualTo("303 /account");
        assertThat(person.open("/account").body()).contains("Öle Ohm", "oele@example.org");
        assertThat(admin.open("/people").body()).contains("Redaktion (Datenplattform)");
        assertThat(provider.said).contains("code=code-1", "grant_type=authorization_code");
        assertThat(person.where(person.fill("/account", "/logout"))).isEqualTo("303 /logged-out/1");
        assertThat(person.open("/logged-out/1").body()).contains(provider.issuer() + "/end?");
        assertThat(person.open("/account").statusCode()).isEqualTo(303);
        people.execute("update login_provider set active = false");
        assertThat(person.where(person.open("/logged-out/1"))).isEqualTo("303 /login");
    }

    @Test
    void everybodyCanUseThePageAfterALogout() {
        var person = people.somebody();
        login(person);
        person.fill("/account", "/logout");
        for (String language : List.of("de", "en")) {
            boolean isWide = language.equals("de");
            try (BrowserContext browser = TestBrowser.get()
                    .newContext(new Browser.NewContextOptions()
                            .setLocale(language)
                            .setColorScheme(isWide ? ColorScheme.LIGHT : ColorScheme.DARK)
                            .setViewportSize(isWide ? 1280 : 320, 800))) {
                person.cookies.forEach(
                        (name, value) -> browser.addCookies(List.of(new Cookie(name, value).setUrl(home))));
                Page page = browser.newPage();
                page.navigate(home + "/logged-out/1");
                assertThat(page.locator("main a").first().getAttribute("href")).startsWith(provider.issuer() + "/end?");
                PageCheck.of(page, "people-logged-out-" + language);
            }
        }
    }

    @Test
    void rolesFollowTheProviderAtEachLogin() {
        login(people.somebody());
        provider.roles = List.of("leitung");
        login(people.somebody());
        assertThat(people.text("select string_agg(area || ' ' || role, ',') from account_role join account"
                        + " on id = account_id where login = 'oele@example.org'"))
                .isEqualTo("town viewer");
        assertThat(admin.open("/changes").body()).contains("Datenplattform", "Rathaus");
    }

    @Test
    void theLastAdminKeepsTheRoleWhateverTheProviderSays() {
        provider.mail = "admin@example.org";
        assertThat(login(people.somebody())).isEqualTo("303 /account");
        String roles = "select string_agg(area || ' ' || role, ',') from account_role join account on id = account_id"
                + " where login = 'admin@example.org'";
        assertThat(people.text(roles)).isEqualTo("town admin");
        people.person("zweite@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        login(people.somebody());
        assertThat(people.text(roles)).isEqualTo("platform editor");
    }

    @Test
    void somebodyWithoutARoleOrWithoutAVerifiedAddressStaysOut() {
        provider.roles = List.of("anderes");
        assertThat(login(people.somebody())).isEqualTo("403");
        provider.roles = List.of("daten");
        provider.verified = false;
        assertThat(login(people.somebody())).isEqualTo("403");
        assertThat(people.text("select count(*) from account")).isEqualTo("1");
    }

    @Test
    void nobodyTakesOverAnAccountByAnAddressTheProviderHasNotVerified() {
        provider.mail = "admin@example.org";
        provider.verified = false;
        assertThat(login(people.somebody())).isEqualTo("403");
    }

    @Test
    void aTokenThatIsNotGenuineLetsNobodyIn() throws JOSEException {
        provider.audience = "another";
        assertThat(login(people.somebody())).isEqualTo("503");
        provider.audience = "stadtkern";
        provider.nonce = "another";
        assertThat(login(people.somebody())).isEqualTo("503");
        provider.nonce = "";
        provider.expires = Instant.now().minusSeconds(600);
        assertThat(login(people.somebody())).isEqualTo("503");
        provider.expires = Instant.now().plusSeconds(600);
        provider.signer =
                new RSAKeyGenerator(2048).keyID(provider.key.getKeyID()).generate();
        assertThat(login(people.somebody())).isEqualTo("503");
    }

    @Test
    void aLoginThatWasBegunElsewhereIsNotFinishedHere() {
        var victim = people.somebody();
        assertThat(victim.where(victim.open("/login/provider/1/back?code=code-1&state=x")))
                .isEqualTo("403");
        victim.open("/login/provider/1");
        assertThat(victim.where(victim.open("/login/provider/1/back?code=code-1&state=x")))
                .isEqualTo("403");
    }

    @Test
    void whoeverIsDeactivatedHereStaysOutWhateverTheProviderSays() {
        login(people.somebody());
        people.execute("update account set deactivated_at = now() where login = 'oele@example.org'");
        assertThat(login(people.somebody())).isEqualTo("403");
    }

    /// As the browser would: to the provider, which sends it straight back.
    private String login(PeopleScenario.Browser browser) {
        String there = browser.open("/login/provider/1")
                .headers()
                .firstValue("Location")
                .orElse("");
        Map<String, String> query = SmallProvider.values(there.substring(there.indexOf('?') + 1));
        provider.asked = query;
        assertThat(query).containsEntry("code_challenge_method", "S256").containsEntry("client_id", "stadtkern");
        return browser.where(browser.open("/login/provider/1/back?code=code-1&state=" + query.get("state")));
    }

    /// Discovery, keys and the token endpoint; its claims can be bent.
    private static final class SmallProvider {

        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        final RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        volatile RSAKey signer = key;
        volatile Map<String, String> asked = Map.of();
        volatile List<String> roles = List.of("daten", "anderes");
        volatile boolean verified = true;
        volatile String mail = "oele@example.org";
        volatile String audience = "stadtkern";
        volatile String nonce = "";
        volatile Instant expires = Instant.now().plusSeconds(600);
        volatile String said = "";

        SmallProvider() throws IOException, JOSEException {
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, """
                        {"issuer":"%1$s","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
                         "jwks_uri":"%1$s/keys","end_session_endpoint":"%1$s/end"}
                        """.formatted(issuer())));
            server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
            server.createContext("/token", exchange -> {
                said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                answer(exchange, "{\"id_token\":\"%s\"}".formatted(isProven(exchange) ? token() : "none"));
            });
            server.start();
        }

        String issuer() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        /// The client's password, and the secret behind the challenge of the beginning.
        private boolean isProven(HttpExchange exchange) {
            String basic = Base64.getEncoder().encodeToString("stadtkern:geheim".getBytes(StandardCharsets.UTF_8));
            String challenge = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Token.sha256(values(said).getOrDefault("code_verifier", "")));
            return ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    && challenge.equals(asked.get("code_challenge"));
        }

        private String token() {
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .subject("person-1")
                    .audience(audience)
                    .issueTime(Date.from(Instant.now()))
                    .expirationTime(Date.from(expires))
                    .claim("nonce", nonce.isEmpty() ? asked.get("nonce") : nonce)
                    .claim("name", "Öle Ohm")
                    .claim("email", mail)
                    .claim("email_verified", verified)
                    .claim("realm_access", Map.of("roles", roles))
                    .build();
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            try {
                token.sign(new RSASSASigner(signer));
            } catch (JOSEException failed) {
                throw new IllegalStateException(failed);
            }
            return token.serialize();
        }

        private static void answer(HttpExchange exchange, String json) throws IOException {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        static Map<String, String> values(String query) {
            Map<String, String> values = new HashMap<>();
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
            return values;
        }
    }
}
