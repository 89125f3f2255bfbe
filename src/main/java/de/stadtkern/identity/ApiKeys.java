package de.stadtkern.identity;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Keys with which machines write and read, as `Authorization: Bearer …` or as the password of `Basic`. What was looked
/// up is good for a second and
/// a half: so long a revoked key may still work, in each process.
@Service
public class ApiKeys {

    static final String PREFIX = "stadtkern_";
    static final Duration LONGEST = Duration.ofDays(730);
    private static final long FRESH_NANOS = 1_500_000_000L;
    private static final int REMEMBERED = 10_000;

    private final ApiKeyStore store;
    private final Rights rights;
    private final Changes changes;
    private final Map<Known, Looked> looked = new ConcurrentHashMap<>();

    ApiKeys(ApiKeyStore store, Rights rights, Changes changes) {
        this.store = store;
        this.rights = rights;
        this.changes = changes;
    }

    /// @param datastream the one whose Observations it may write; null if it is not limited so
    /// @param start      how it begins
    public record ApiKey(
            long id,
            String name,
            String start,
            Area area,
            Role role,
            @Nullable Long datastream,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant usedAt) {

        public boolean isGood() {
            return revokedAt == null && expiresAt.isAfter(Instant.now());
        }
    }

    /// What a key is to be good for.
    public record Wish(
            String name, Area area, Role role, @Nullable Long datastream, Duration valid) {
        public Wish {
            Flaws flaws = new Flaws();
            if (name.isBlank() || name.length() > 200) {
                flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
            }
            if (!valid.isPositive() || valid.compareTo(LONGEST) > 0) {
                flaws.add(Problem.field(
                        "days", "days-invalid", "A key is valid for 1 to %d days.".formatted(LONGEST.toDays())));
            }
            if (role == Role.ADMIN) {
                flaws.add(
                        Problem.field("role", "key-admin", "A key never gives out other rights; choose another role."));
            }
            flaws.end();
        }
    }

    /// @param token said once and never again
    public record Created(ApiKey key, String token) {}

    private record Known(long town, ByteBuffer hash) {}

    private record Looked(Optional<Caller.Machine> caller, long at) {}

    public List<ApiKey> list() {
        rights.require(Role.ADMIN, Area.TOWN);
        return store.list();
    }

    /// Names of the keys that are good, by id; for stewards, who say what a key may read.
    public Map<Long, String> names() {
        rights.require(Role.STEWARD, Area.PLATFORM);
        Map<Long, String> names = new LinkedHashMap<>();
        store.list().stream().filter(ApiKey::isGood).forEach(key -> names.put(key.id(), key.name()));
        return names;
    }

    @Transactional
    public Created create(Wish wish) {
        rights.require(Role.ADMIN, Area.TOWN);
        String token = PREFIX + Token.random().text();
        Instant expires = Instant.now().plus(wish.valid()).truncatedTo(ChronoUnit.SECONDS);
        long id = store.insert(
                wish,
                new Token(token).hash(),
                token.substring(0, PREFIX.length() + 6),
                expires,
                rights.caller().name());
        ApiKey key = store.get(id);
        changes.record(subject(key), null, state(key), "");
        return new Created(key, token);
    }

    @Transactional
    public void revoke(long id) {
        rights.require(Role.ADMIN, Area.TOWN);
        ApiKey before = store.find(id)
                .orElseThrow(
                        () -> new Problem(Problem.Kind.MISSING, "key-unknown", "There is no key %d.".formatted(id)));
        store.revoke(id);
        changes.record(subject(before), state(before), state(store.get(id)), "");
        looked.clear();
    }

    /// Who comes with this key; empty if it is none of ours, revoked or too old.
    Optional<Caller.Machine> find(String token) {
        byte[] hash = new Token(token).hash();
        Known known = new Known(CityContext.current().id(), ByteBuffer.wrap(hash));
        Looked before = looked.get(known);
        if (before != null && System.nanoTime() - before.at() < FRESH_NANOS) {
            return before.caller();
        }
        Optional<Caller.Machine> caller = store.findGood(hash);
        if (looked.size() >= REMEMBERED) {
            looked.clear();
        }
        looked.put(known, new Looked(caller, System.nanoTime()));
        return caller;
    }

    /// Who has these keys, as far as they are good now.
    List<Caller.Machine> find(Collection<Long> ids) {
        return store.findGood(ids);
    }

    private static Changes.Subject subject(ApiKey key) {
        return new Changes.Subject(Area.TOWN, "api-key", String.valueOf(key.id()), key.name());
    }

    private static Map<String, String> state(ApiKey key) {
        return Map.of(
                "start",
                key.start(),
                "area",
                key.area().key(),
                "role",
                key.role().key(),
                "datastream",
                String.valueOf(key.datastream() == null ? "" : key.datastream()),
                "expires",
                key.expiresAt().toString(),
                "revoked",
                String.valueOf(key.revokedAt() != null));
    }
}
