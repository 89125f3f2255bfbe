package de.stadtkern.identity;

import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The providers of OpenID Connect people of this town may log in with, and what their words for roles mean here.
@Service
public class LoginProviders {

    private final JdbcClient jdbc;
    private final Rights rights;
    private final Changes changes;

    LoginProviders(JdbcClient jdbc, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.changes = changes;
    }

    /// @param issuer    its address, as its tokens say it
    /// @param roleClaim where it says what somebody is, such as `realm_access.roles`; empty: roles are given here
    /// @param roleWords what its words mean, a line each: `WORD = AREA ROLE`
    public record Provider(
            long id,
            String name,
            String issuer,
            String clientId,
            String clientSecret,
            String roleClaim,
            String roleWords,
            boolean active) {

        public Provider {
            Flaws flaws = new Flaws();
            if (name.isBlank() || name.length() > 100) {
                flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 100 characters."));
            }
            flaws.check(() -> requireAddress(issuer));
            if (clientId.isBlank()) {
                flaws.add(Problem.field("client", "client-missing", "The provider gives a client id for Stadtkern."));
            }
            flaws.check(() -> words(roleWords)).end();
        }

        /// Of what admins see: the secret they never do.
        public String version() {
            return Version.of(state(this));
        }

        /// What somebody may do here whom the provider calls so; of two roles in an area the one that includes the
        /// other.
        Grants grants(List<String> called) {
            Map<Area, Role> roles = new TreeMap<>();
            words(roleWords).forEach((word, grants) -> {
                if (called.contains(word)) {
                    grants.roles()
                            .forEach((area, role) ->
                                    roles.merge(area, role, (one, other) -> one.includes(other) ? one : other));
                }
            });
            return new Grants(roles);
        }

        private static void requireAddress(String issuer) {
            try {
                URI address = URI.create(issuer);
                boolean here = "localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost());
                if ("https".equals(address.getScheme()) || "http".equals(address.getScheme()) && here) {
                    return;
                }
            } catch (IllegalArgumentException noAddress) {
                // the same answer
            }
            throw Problem.field("issuer", "issuer-invalid", "The issuer is an address that begins with https://");
        }

        private static Map<String, Grants> words(String lines) {
            Map<String, Grants> words = new TreeMap<>();
            lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
                String[] parts = line.strip().split("\\s*=\\s*|\\s+", -1);
                try {
                    words.merge(parts[0], Grants.of(Area.of(parts[1]), Role.of(parts[2])), (one, other) -> {
                        Map<Area, Role> both = new TreeMap<>(one.roles());
                        both.putAll(other.roles());
                        return new Grants(both);
                    });
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unclear) {
                    throw Problem.field(
                            "words", "words-invalid", "Each line is: WORD = AREA ROLE, such as 'staff = town viewer'.");
                }
            });
            return words;
        }
    }

    /// Those on the login page.
    public List<Provider> active() {
        return all().stream().filter(Provider::active).toList();
    }

    public List<Provider> list() {
        rights.require(Role.ADMIN, Area.TOWN);
        return all();
    }

    private List<Provider> all() {
        return jdbc.sql("select * from login_provider order by id")
                .query((row, number) -> new Provider(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("issuer"),
                        row.getString("client_id"),
                        row.getString("client_secret"),
                        row.getString("role_claim"),
                        row.getString("role_words"),
                        row.getBoolean("active")))
                .list();
    }

    public Provider getActive(long id) {
        return active().stream()
                .filter(provider -> provider.id() == id)
                .findFirst()
                .orElseThrow(
                        () -> new Problem(Problem.Kind.MISSING, "provider-unknown", "There is no such way to log in."));
    }

    /// A new one where the id is 0; an empty secret leaves the one that is there.
    ///
    /// @param version of the one the admin saw; of no account for a new one
    @Transactional
    public void save(Provider provider, String version) {
        rights.require(Role.ADMIN, Area.TOWN);
        jdbc.sql("select id from login_provider where id = :id for update")
                .param("id", provider.id())
                .query(Long.class)
                .optional();
        Optional<Provider> stored =
                all().stream().filter(one -> one.id() == provider.id()).findFirst();
        stored.ifPresent(one -> Version.require(version, one.version()));
        Map<String, String> before = stored.map(LoginProviders::state).orElse(null);
        long id = provider.id() == 0 ? insert(provider) : update(provider);
        changes.record(
                new Changes.Subject(Area.TOWN, "login-provider", String.valueOf(id), provider.name()),
                before,
                state(provider),
                "");
    }

    private long insert(Provider provider) {
        return bind(jdbc.sql("""
            insert into login_provider
              (name, issuer, client_id, client_secret, role_claim, role_words, active)
            values (:name, :issuer, :client, :secret, :claim, :words, :active) returning id
            """), provider)
                .query((row, number) -> row.getLong(1))
                .single();
    }

    private long update(Provider provider) {
        bind(jdbc.sql("""
            update login_provider set name = :name, issuer = :issuer, client_id = :client,
              client_secret = case when :secret = '' then client_secret else :secret end,
              role_claim = :claim, role_words = :words, active = :active where id = :id
            """), provider).param("id", provider.id()).update();
        return provider.id();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Provider provider) {
        return statement
                .param("name", provider.name().strip())
                .param("issuer", provider.issuer())
                .param("client", provider.clientId().strip())
                .param("secret", provider.clientSecret())
                .param("claim", provider.roleClaim().strip())
                .param("words", provider.roleWords())
                .param("active", provider.active());
    }

    /// Never the secret.
    private static Map<String, String> state(Provider provider) {
        return Map.of(
                "name", provider.name(),
                "issuer", provider.issuer(),
                "client", provider.clientId(),
                "claim", provider.roleClaim(),
                "words", provider.roleWords(),
                "active", String.valueOf(provider.active()));
    }
}
