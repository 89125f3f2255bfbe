package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Logging in and out. An unknown account is answered with the same words and after the same time as a wrong password.
@Service
public class Logins {

    private final AccountStore accounts;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Sessions sessions;
    private final SecondFactor secondFactor;
    private final PasskeyStore passkeyStore;
    private final Passkeys passkeys;
    private final FailedLogins failed;

    Logins(
            AccountStore accounts,
            Passwords passwords,
            Throttle throttle,
            Sessions sessions,
            SecondFactor secondFactor,
            PasskeyStore passkeyStore,
            Passkeys passkeys,
            FailedLogins failed) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.sessions = sessions;
        this.secondFactor = secondFactor;
        this.passkeyStore = passkeyStore;
        this.passkeys = passkeys;
        this.failed = failed;
    }

    /// From where somebody logs in.
    ///
    /// @param address of the network
    /// @param device  browser and system in words
    /// @param browser the word a browser keeps that has logged in before, empty for none
    public record Place(String address, String device, String browser) {}

    /// @param session the session's token, for the cookie
    /// @param browser the word for the browser to keep
    /// @param half    the second factor is still to come
    public record Opened(String session, String browser, boolean half, boolean mustChangePassword) {}

    public Opened login(String login, String password, Place place) {
        String name = login.strip().toLowerCase(Locale.ROOT);
        Optional<Account> account = accounts.findByLogin(name);
        Token browser = new Token(place.browser());
        boolean known = account.isPresent()
                && !place.browser().isEmpty()
                && throttle.isKnown(browser, account.get().id());
        Throttle.Subject byAccount = known ? Throttle.Subject.browser(browser) : Throttle.Subject.account(name);
        List<Throttle.Subject> counts = new ArrayList<>(List.of(byAccount));
        if (!known) {
            counts.add(Throttle.Subject.address(place.address()));
        }
        throttle.blockedUntil(counts).ifPresent(until -> {
            failed.record(account.map(Account::id), place.address(), FailedLogins.Reason.BLOCKED);
            throw Throttle.tooMany("login", until);
        });
        if (!matches(account, password)) {
            throttle.failed(counts);
            failed.record(account.map(Account::id), place.address(), reason(account));
            throw Problem.field("login", "login-failed", "Name or password is wrong.");
        }
        throttle.succeeded(byAccount);
        return open(account.orElseThrow(), place, known);
    }

    private static FailedLogins.Reason reason(Optional<Account> account) {
        if (account.isEmpty()) {
            return FailedLogins.Reason.NAME;
        }
        if (!account.get().isActive()) {
            return FailedLogins.Reason.INACTIVE;
        }
        return account.get().hasPassword() ? FailedLogins.Reason.PASSWORD : FailedLogins.Reason.NO_PASSWORD;
    }

    private boolean matches(Optional<Account> account, String password) {
        Optional<String> hash = account.filter(Account::isActive)
                .flatMap(found -> accounts.findPassword(found.id()))
                .filter(found -> password.length() <= Passwords.LONGEST);
        if (hash.isEmpty()) {
            passwords.compareWithNobody(password.length() <= Passwords.LONGEST ? password : "");
            return false;
        }
        return passwords.matches(password, hash.get());
    }

    private Opened open(Account account, Place place, boolean known) {
        if (secondFactor.isOn(account.id()) || passkeyStore.isFactor(account.id())) {
            Token half = sessions.open(account.id(), place.device(), true);
            return new Opened(half.text(), "", true, false);
        }
        return openWhole(account, place, known);
    }

    /// What may follow the password.
    ///
    /// @param code    of an app or on paper
    /// @param passkey which opens a session of its own
    public record Awaited(boolean code, boolean passkey) {}

    public Awaited awaited(String halfSession) {
        return sessions.findHalf(halfSession)
                .map(half -> new Awaited(
                        secondFactor.isOn(half.account()),
                        !passkeyStore.list(half.account()).isEmpty()))
                .orElse(new Awaited(true, false));
    }

    /// The code after the password. The session's token is a new one.
    public Opened second(String halfSession, String code, Place place) {
        Account account = sessions.findHalf(halfSession)
                .flatMap(half -> accounts.find(half.account()))
                .orElseThrow(() -> Problem.field("code", "code-late", "This took too long; please log in again."));
        List<Throttle.Subject> counts = List.of(Throttle.Subject.account("code:" + account.id()));
        throttle.blockedUntil(counts).ifPresent(until -> {
            failed.record(Optional.of(account.id()), place.address(), FailedLogins.Reason.BLOCKED);
            throw Throttle.tooMany("code", until);
        });
        if (!secondFactor.take(account.id(), code)) {
            throttle.failed(counts);
            failed.record(Optional.of(account.id()), place.address(), FailedLogins.Reason.CODE);
            throw SecondFactor.wrong();
        }
        throttle.succeeded(counts.getFirst());
        sessions.end(halfSession);
        boolean known = !place.browser().isEmpty() && throttle.isKnown(new Token(place.browser()), account.id());
        return openWhole(account, place, known);
    }

    private Opened openWhole(Account account, Place place, boolean known) {
        Token session = sessions.open(account.id(), place.device(), false);
        accounts.loggedIn(account.id());
        if (known) {
            throttle.seen(new Token(place.browser()));
        }
        String browser =
                known ? place.browser() : throttle.remember(account.id()).text();
        return new Opened(session.text(), browser, false, account.mustChange());
    }

    /// With a passkey alone.
    ///
    /// @param answer of the browser, in the JSON of the standard
    public Opened passkey(String answer, Passkeys.Site site, Place place) {
        try {
            return passkeys.login(answer, site, place);
        } catch (Problem refused) {
            failed.record(Optional.empty(), place.address(), FailedLogins.Reason.PASSKEY);
            throw refused;
        }
    }

    /// Ends the session of this token.
    public void logout(String session) {
        sessions.end(session);
    }
}
