package de.stadtkern.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Who is logged in. A session is a row of the town's schema; ending it takes effect with the next request.
@Service
public class Sessions {

    private static final Duration TOUCH = Duration.ofMinutes(1);

    private final SessionStore store;
    private final Rights rights;
    private final IdentityProperties properties;

    Sessions(SessionStore store, Rights rights, IdentityProperties properties) {
        this.store = store;
        this.rights = rights;
        this.properties = properties;
    }

    /// One of somebody's sessions.
    ///
    /// @param device browser and system, as the browser calls itself
    public record Session(long id, String device, Instant openedAt, Instant usedAt, boolean current) {}

    /// @param half the second factor is still to come: the session gives no rights before
    Token open(long account, String device, boolean half) {
        Token token = Token.random();
        store.insert(token.hash(), account, device, half);
        return token;
    }

    Optional<Caller.Person> find(String token) {
        Optional<SessionStore.Found> found = find(token, false);
        found.filter(session -> session.usedAt().isBefore(Instant.now().minus(TOUCH)))
                .ifPresent(session -> store.touch(session.id()));
        return found.map(session -> session.person(new Token(token).derive("form")));
    }

    /// The account whose password was right in this session, while the second factor is still to come.
    Optional<SessionStore.Found> findHalf(String token) {
        return find(token, true);
    }

    private Optional<SessionStore.Found> find(String token, boolean half) {
        return store.find(
                new Token(token).hash(),
                half ? Duration.ofMinutes(10) : properties.sessionIdle(),
                properties.sessionLongest(),
                half);
    }

    /// The caller's own, last used first.
    public List<Session> list() {
        Caller.Person person = rights.requirePerson();
        return store.list(person.id(), properties.sessionIdle(), properties.sessionLongest()).stream()
                .map(row ->
                        new Session(row.id(), row.device(), row.openedAt(), row.usedAt(), row.id() == person.session()))
                .toList();
    }

    /// Ends one of the caller's own; one that is over already is no mistake.
    public void end(long session) {
        store.delete(rights.requireLogin().id(), session);
    }

    /// Ends all of the caller's own but the current one.
    public void endOthers() {
        Caller.Person person = rights.requireLogin();
        store.deleteOthers(person.id(), person.session());
    }

    void endAll(long account) {
        store.deleteOthers(account, 0);
    }

    void end(String token) {
        store.delete(new Token(token).hash());
    }
}
