package de.stadtkern.identity;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Logging in by fingerprint, face, PIN or a security key, without any password. The device asks for the person
/// (user verification), so a passkey is both factors in one.
@Service
public class Passkeys {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST = 20;
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            parameters(COSEAlgorithmIdentifier.ES256),
            parameters(COSEAlgorithmIdentifier.EdDSA),
            parameters(COSEAlgorithmIdentifier.RS256));

    private final PasskeyStore store;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final Rights rights;
    private final Changes changes;
    private final PresentPassword present;

    Passkeys(
            PasskeyStore store,
            AccountStore accounts,
            Sessions sessions,
            Rights rights,
            Changes changes,
            PresentPassword present) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.rights = rights;
        this.changes = changes;
        this.present = present;
    }

    /// What reads and checks; made at the first use, because it takes a while that no start should wait for.
    private static final class Standard {
        static final ObjectConverter CONVERTER = new ObjectConverter();
        static final WebAuthnManager MANAGER = WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
        static final AttestedCredentialDataConverter CREDENTIALS = new AttestedCredentialDataConverter(CONVERTER);
    }

    /// The page the browser is on: a passkey of one host is nothing at another.
    ///
    /// @param origin scheme, host and port
    public record Site(String host, String origin) {}

    /// @param usedAt null if it never was
    public record Passkey(
            long id,
            String name,
            Instant createdAt,
            @Nullable Instant usedAt) {}

    private static PublicKeyCredentialParameters parameters(COSEAlgorithmIdentifier algorithm) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
    }

    /// The caller's own.
    public List<Passkey> list() {
        return store.list(rights.requirePersonToAddFactor().id());
    }

    /// What the browser has to be told to make one, in the JSON of the standard.
    public String beginCreate(Site site) {
        Caller.Person person = rights.requirePersonToAddFactor();
        Token challenge = Token.random();
        store.insertChallenge(challenge.hash(), person.id());
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("challenge", challenge.text());
        options.put(
                "rp", Map.of("id", site.host(), "name", CityContext.current().name()));
        options.put("user", Map.of("id", handle(person.id()), "name", person.login(), "displayName", person.name()));
        options.put(
                "pubKeyCredParams",
                ALGORITHMS.stream()
                        .map(each -> Map.of(
                                "type", "public-key", "alg", each.getAlg().getValue()))
                        .toList());
        options.put("authenticatorSelection", Map.of("residentKey", "required", "userVerification", "required"));
        options.put("attestation", "none");
        options.put(
                "excludeCredentials",
                store.credentialIds(person.id()).stream()
                        .map(id -> Map.of("type", "public-key", "id", base64(id)))
                        .toList());
        return JSON.writeValueAsString(options);
    }

    /// Nonsense is refused like an answer that is not genuine; the library stumbles over parts that are missing.
    ///
    /// @param answer of the browser, in the JSON of the standard
    @Transactional
    public void create(String name, String answer, Site site) {
        Caller.Person person = rights.requirePersonToAddFactor();
        if (name.isBlank() || name.length() > 100) {
            throw Problem.field("name", "name-invalid", "A name has 1 to 100 characters.");
        }
        if (store.list(person.id()).size() >= MOST) {
            throw Problem.field("name", "passkeys-many", "Nobody needs more than %d passkeys.".formatted(MOST));
        }
        try {
            RegistrationData data = Standard.MANAGER.parseRegistrationResponseJSON(answer);
            ServerProperty server = server(data.getCollectedClientData(), person.id(), site);
            Standard.MANAGER.verify(data, new RegistrationParameters(server, ALGORITHMS, true, true));
            var attestation = data.getAttestationObject();
            AuthenticatorData<?> authenticator = attestation == null ? null : attestation.getAuthenticatorData();
            AttestedCredentialData credential =
                    authenticator == null ? null : authenticator.getAttestedCredentialData();
            if (authenticator == null || credential == null) {
                throw untrue();
            }
            store.insert(
                    person.id(),
                    name.strip(),
                    credential.getCredentialId(),
                    Standard.CREDENTIALS.convert(credential),
                    authenticator.getSignCount(),
                    authenticator.isFlagBE());
        } catch (DataConversionException
                | VerificationException
                | JacksonException
                | IllegalArgumentException
                | NullPointerException refused) {
            throw untrue();
        }
        record(person, null, name.strip());
    }

    /// Whether the caller's own login asks for a passkey after the password.
    public boolean isFactor() {
        return store.isFactor(rights.requirePersonToAddFactor().id());
    }

    /// From now on the caller's password alone does not do.
    @Transactional
    public void demand() {
        Caller.Person person = rights.requirePersonToAddFactor();
        if (store.list(person.id()).isEmpty()) {
            throw new Problem(Problem.Kind.CONFLICTING, "passkey-missing", "Make a passkey first.");
        }
        if (store.setFactor(person.id(), true)) {
            recordFactor(person.id(), person.name(), true);
        }
    }

    /// The password alone does again; it is asked for once more.
    @Transactional
    public void demandNoMore(String password) {
        Caller.Person person = rights.requirePerson();
        present.require(person, "current", password);
        demandNoMore(person.id(), person.name());
    }

    /// For somebody who has lost their device.
    @Transactional
    void demandNoMore(long account, String name) {
        if (store.setFactor(account, false)) {
            recordFactor(account, name, false);
        }
    }

    private void recordFactor(long account, String name, boolean on) {
        changes.record(
                new Changes.Subject(Area.TOWN, "passkey", String.valueOf(account), name),
                Map.of("passkey-factor", String.valueOf(!on)),
                Map.of("passkey-factor", String.valueOf(on)),
                "");
    }

    /// One of the caller's own; one that is gone already is no mistake. The last one stays while a login asks for it:
    /// whoever sits at a session left open must not take that away without the password.
    @Transactional
    public void remove(long id) {
        Caller.Person person = rights.requirePerson();
        if (store.isFactor(person.id()) && store.list(person.id()).size() == 1) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "passkey-last",
                    "This is the last passkey, and your login asks for one; first let the password alone do.");
        }
        store.delete(person.id(), id).ifPresent(name -> record(person, name, null));
    }

    private void record(Caller.Person person, @Nullable String before, @Nullable String after) {
        changes.record(
                new Changes.Subject(Area.TOWN, "passkey", String.valueOf(person.id()), person.name()),
                before == null ? null : Map.of("passkey", before),
                after == null ? null : Map.of("passkey", after),
                "");
    }

    /// What the browser has to be told to log in with one; which one, the person chooses there.
    public String beginLogin(Site site) {
        Token challenge = Token.random();
        store.insertChallenge(challenge.hash(), null);
        return JSON.writeValueAsString(Map.of(
                "challenge", challenge.text(),
                "rpId", site.host(),
                "userVerification", "required",
                "allowCredentials", List.of()));
    }

    @Transactional
    Logins.Opened login(String answer, Site site, Logins.Place place) {
        try {
            AuthenticationData data = Standard.MANAGER.parseAuthenticationResponseJSON(answer);
            PasskeyStore.Stored stored = store.find(credentialId(data)).orElseThrow(Passkeys::untrue);
            ServerProperty server = server(data.getCollectedClientData(), null, site);
            Standard.MANAGER.verify(data, new AuthenticationParameters(server, record(stored), null, true, true));
            AuthenticatorData<?> authenticator = data.getAuthenticatorData();
            store.used(stored.id(), authenticator == null ? 0 : authenticator.getSignCount());
            Account account =
                    accounts.find(stored.account()).filter(Account::isActive).orElseThrow(Passkeys::untrue);
            accounts.loggedIn(account.id());
            Token session = sessions.open(account.id(), place.device(), false);
            return new Logins.Opened(session.text(), "", false, account.mustChange());
        } catch (DataConversionException
                | VerificationException
                | JacksonException
                | IllegalArgumentException
                | NullPointerException refused) {
            throw untrue();
        }
    }

    /// The library's annotation says that its bytes may be null; it means the array.
    @SuppressWarnings("NullAway")
    private static byte[] credentialId(AuthenticationData data) {
        byte[] id = data.getCredentialId();
        return id == null ? new byte[0] : id;
    }

    private static CredentialRecordImpl record(PasskeyStore.Stored stored) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                stored.backupEligible(),
                false,
                stored.signCount(),
                Standard.CREDENTIALS.convert(stored.credential()),
                null,
                null,
                null,
                null);
    }

    /// Takes the challenge: it is good for one answer, by whom it was given to.
    private ServerProperty server(@Nullable CollectedClientData client, @Nullable Long account, Site site) {
        if (client == null) {
            throw untrue();
        }
        byte[] challenge = client.getChallenge().getValue();
        if (!store.takeChallenge(new Token(base64(challenge)).hash(), account)) {
            throw untrue();
        }
        return ServerProperty.builder()
                .origin(new Origin(site.origin()))
                .rpId(site.host())
                .challenge(client.getChallenge())
                .build();
    }

    private static String handle(long account) {
        return base64(ByteBuffer.allocate(Long.BYTES).putLong(account).array());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Problem untrue() {
        return Problem.field("credential", "passkey-refused", "This passkey was not accepted. Please try again.");
    }
}
