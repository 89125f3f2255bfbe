package de.stadtkern.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import de.stadtkern.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Logging in with a provider of OpenID Connect: authorization code with PKCE. What has to be remembered in between
/// is kept by the browser, not here.
@Service
public class ProviderLogins {

    private static final Logger log = LoggerFactory.getLogger(ProviderLogins.class);

    private final JdbcClient jdbc;
    private final LoginProviders providers;
    private final OpenIdClient client;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final Changes changes;

    ProviderLogins(
            JdbcClient jdbc,
            LoginProviders providers,
            OpenIdClient client,
            AccountStore accounts,
            Sessions sessions,
            Changes changes) {
        this.jdbc = jdbc;
        this.providers = providers;
        this.client = client;
        this.accounts = accounts;
        this.sessions = sessions;
        this.changes = changes;
    }

    /// @param address  of the provider's login, for the browser
    /// @param remember for a cookie, until the browser comes back
    public record Begun(String address, String remember) {}

    public Begun begin(long provider, String back) {
        LoginProviders.Provider with = providers.getActive(provider);
        String state = Token.random().text();
        String nonce = Token.random().text();
        Token verifier = Token.random();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", with.clientId());
        query.put("redirect_uri", back);
        query.put("scope", "openid profile email");
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(verifier.hash()));
        query.put("code_challenge_method", "S256");
        String address = client.endpoints(with).authorization();
        return new Begun(
                address + (address.contains("?") ? "&" : "?") + OpenIdClient.form(query),
                String.join(".", state, nonce, verifier.text()));
    }

    /// @param remembered what the browser was given in [#begin]
    @Transactional
    public Logins.Opened finish(
            long provider, String code, String state, String remembered, String back, String device) {
        LoginProviders.Provider with = providers.getActive(provider);
        String[] parts = remembered.split("\\.", -1);
        if (parts.length != 3 || !same(parts[0], state) || code.isEmpty()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "provider-state",
                    "This login was begun elsewhere or is too old; try again.");
        }
        JWTClaimsSet claims = client.claims(with, code, back, parts[2], parts[1]);
        Account account = account(with, claims);
        Token session = sessions.open(account.id(), device, false, with.id());
        accounts.loggedIn(account.id());
        return new Logins.Opened(session.text(), "", false, false);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /// The account of this identity; the first time, one with the same address if the provider has verified it, or a
    /// new one if the provider's words give it any role here.
    private Account account(LoginProviders.Provider provider, JWTClaimsSet claims) {
        Grants grants = provider.grants(words(claims, provider.roleClaim()));
        String subject = claims.getSubject();
        Optional<Account> known = jdbc.sql(
                        "select account_id from login_identity where provider_id = :provider and subject = :subject")
                .param("provider", provider.id())
                .param("subject", subject)
                .query((row, number) -> row.getLong(1))
                .optional()
                .flatMap(accounts::find);
        Account account = known.or(() -> byMail(claims)).orElseGet(() -> create(provider, claims, grants));
        if (!account.isActive()) {
            throw refused();
        }
        if (known.isEmpty()) {
            jdbc.sql("insert into login_identity (provider_id, subject, account_id) values (:provider,"
                            + " :subject, :account)")
                    .param("provider", provider.id())
                    .param("subject", subject)
                    .param("account", account.id())
                    .update();
        }
        if (!provider.roleClaim().isEmpty() && !grants.equals(account.grants()) && !losesLastAdmin(account, grants)) {
            accounts.setGrants(account.id(), grants);
            record(provider, account, accounts.find(account.id()).orElseThrow());
        }
        return account;
    }

    /// What a provider says takes nobody's last admin away: a wrong word in the list of roles would close the town.
    private boolean losesLastAdmin(Account account, Grants grants) {
        boolean loses =
                !grants.allow(Role.ADMIN, Area.TOWN) && accounts.lockAdmins().equals(List.of(account.id()));
        if (loses) {
            log.warn("The provider names no admin role for the last admin of '{}'; the roles stay", account.login());
        }
        return loses;
    }

    private Optional<Account> byMail(JWTClaimsSet claims) {
        return Boolean.TRUE.equals(claims.getClaim("email_verified"))
                ? accounts.findByLogin(mail(claims))
                : Optional.empty();
    }

    private Account create(LoginProviders.Provider provider, JWTClaimsSet claims, Grants grants) {
        if (grants.roles().isEmpty() || !Boolean.TRUE.equals(claims.getClaim("email_verified"))) {
            throw refused();
        }
        String mail = Accounts.requireMail(mail(claims));
        Object name = claims.getClaim("name");
        long id = accounts.insert(mail, name == null ? mail : name.toString(), null, false, "de")
                .orElseThrow(ProviderLogins::refused);
        accounts.setGrants(id, grants);
        Account account = accounts.find(id).orElseThrow();
        record(provider, null, account);
        return account;
    }

    private void record(LoginProviders.Provider provider, @Nullable Account before, Account after) {
        changes.record(
                new Changes.Subject(Area.TOWN, "account", String.valueOf(after.id()), after.name()),
                before == null ? null : Accounts.State.of(before),
                Accounts.State.of(after),
                provider.name());
    }

    private static String mail(JWTClaimsSet claims) {
        return String.valueOf(claims.getClaim("email")).toLowerCase(java.util.Locale.ROOT);
    }

    /// What the provider calls somebody: a list or one word, at a path such as `realm_access.roles`.
    private static List<String> words(JWTClaimsSet claims, String path) {
        Object value = claims.getClaims();
        for (String step : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case String words -> Arrays.asList(words.split("\\s+", -1));
            case null, default -> List.of();
        };
    }

    private static Problem refused() {
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "provider-person",
                "You are logged in there, but nobody has given you a role here. An admin of this town can invite you.");
    }

    /// With which provider this session was opened, if with any.
    public Optional<Long> providerOf(String session) {
        return jdbc.sql("select provider_id from session where token_hash = :hash and provider_id is not null")
                .param("hash", new Token(session).hash())
                .query((row, number) -> row.getLong(1))
                .optional();
    }

    /// Where the browser logs out at a provider, if that has such a place.
    ///
    /// @param back where it may come back to
    public Optional<String> logoutAddress(long provider, String back) {
        try {
            LoginProviders.Provider active = providers.getActive(provider);
            String logout = client.endpoints(active).logout();
            return logout.isEmpty()
                    ? Optional.empty()
                    : Optional.of(logout
                            + (logout.contains("?") ? "&" : "?")
                            + OpenIdClient.form(
                                    Map.of("client_id", active.clientId(), "post_logout_redirect_uri", back)));
        } catch (Problem awayOrSwitchedOff) {
            return Optional.empty();
        }
    }
}
