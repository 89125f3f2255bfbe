package de.stadtkern.identity;

import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The people of a town: invited, given roles, deactivated. What somebody does with their own account is here too.
@Service
public class Accounts {

    static final String FIRST = "admin";
    private static final Pattern MAIL = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]+\\.[^\\s@,;<>\"]{2,}");
    private static final String FORGOTTEN = "forgotten";
    private static final Duration BETWEEN_MAILS = Duration.ofMinutes(5);
    private static final Set<String> LANGUAGES = Set.of("de", "en");

    private final AccountStore store;
    private final Passwords passwords;
    private final PresentPassword present;
    private final Sessions sessions;
    private final Rights rights;
    private final Changes changes;
    private final IdentityProperties properties;

    Accounts(
            AccountStore store,
            Passwords passwords,
            PresentPassword present,
            Sessions sessions,
            Rights rights,
            Changes changes,
            IdentityProperties properties) {
        this.store = store;
        this.passwords = passwords;
        this.present = present;
        this.sessions = sessions;
        this.rights = rights;
        this.changes = changes;
        this.properties = properties;
    }

    /// What versions keep of an account; never a password.
    record State(String login, String name, String language, Map<String, String> roles, boolean active) {
        static State of(Account account) {
            return new State(
                    account.login(),
                    account.name(),
                    account.language(),
                    account.grants().keys(),
                    account.isActive());
        }
    }

    /// A link that is good for once.
    ///
    /// @param token to be put behind `/link/`
    public record Link(Account account, String token, Duration valid) {}

    public List<Account> list() {
        rights.require(Role.ADMIN, Area.TOWN);
        return store.list();
    }

    public Account get(long id) {
        rights.require(Role.ADMIN, Area.TOWN);
        return find(id);
    }

    /// The caller's own.
    public Account own() {
        return find(rights.requireLogin().id());
    }

    private Account find(long id) {
        return store.find(id)
                .orElseThrow(() ->
                        new Problem(Problem.Kind.MISSING, "account-unknown", "There is no person %d.".formatted(id)));
    }

    /// A new person without a password; the link lets them choose one.
    @Transactional
    public Link invite(String mail, String name, Grants grants, String language) {
        rights.require(Role.ADMIN, Area.TOWN);
        Flaws flaws = new Flaws();
        String login = flaws.read("", () -> requireMail(mail));
        String called = flaws.read("", () -> requireName(name));
        String tongue = flaws.read("", () -> requireLanguage(language));
        if (store.findByLogin(login).isPresent()) {
            flaws.add(mailTaken());
        }
        flaws.end();
        long id = store.insert(login, called, null, false, tongue).orElseThrow(Accounts::mailTaken);
        store.setGrants(id, grants);
        Account account = find(id);
        changes.record(subject(account), null, State.of(account), "");
        return link(account, "invite", properties.inviteValid());
    }

    /// A link with which somebody can choose a new password, from an admin: where there is no mail, or it fails.
    @Transactional
    public Link newLink(long id) {
        Account account = get(id);
        requireActive(account);
        return account.hasPassword()
                ? link(account, "reset", Duration.ofDays(1))
                : link(account, "invite", properties.inviteValid());
    }

    /// The same for whoever says they forgot it. Empty where there is nobody to be sent one, and where one was sent
    /// a moment ago: nobody shall be buried in mails by somebody else.
    @Transactional
    public Optional<Link> forgotten(String mail) {
        return store.findByLogin(mail.toLowerCase(Locale.ROOT))
                .filter(account -> account.isActive() && account.hasMail())
                .filter(account -> !store.hasLink(
                        account.id(),
                        FORGOTTEN,
                        Instant.now().plus(properties.resetValid()).minus(BETWEEN_MAILS)))
                .map(account -> link(account, FORGOTTEN, properties.resetValid()));
    }

    private Link link(Account account, String purpose, Duration valid) {
        Token token = Token.random();
        store.insertLink(token.hash(), account.id(), purpose, Instant.now().plus(valid));
        return new Link(account, token.text(), valid);
    }

    /// Whose link that is, while it is good.
    public Account byLink(String token) {
        return store.findByLink(new Token(token).hash()).orElseThrow(Accounts::linkOver);
    }

    /// Chooses a password by link. All sessions of the account end: somebody else may have opened them.
    @Transactional
    public Account choosePassword(String token, String password, String repeated) {
        Account account = byLink(token);
        requireNew(password, repeated, account);
        if (!store.takeLink(new Token(token).hash())) {
            throw linkOver();
        }
        store.setPassword(account.id(), passwords.hash(password));
        store.deleteLinks(account.id());
        sessions.endAll(account.id());
        return account;
    }

    /// The caller's own; other sessions end.
    @Transactional
    public void changePassword(String current, String password, String repeated) {
        Caller.Person person = rights.requirePerson();
        new Flaws()
                .check(() -> present.require(person, "current", current))
                .check(() -> requireNew(password, repeated, find(person.id())))
                .end();
        store.setPassword(person.id(), passwords.hash(password));
        sessions.endOthers();
    }

    /// In place of the one-time password; the first admin says who they are, too.
    @Transactional
    public void first(String mail, String name, String password, String repeated) {
        Caller.Person person = rights.requireLogin();
        Account account = find(person.id());
        if (!account.mustChange()) {
            throw new Problem(Problem.Kind.CONFLICTING, "password-chosen", "A password has been chosen already.");
        }
        Flaws flaws = new Flaws();
        String login = flaws.read(account.login(), () -> requireMail(mail));
        String called = flaws.read("", () -> requireName(name));
        flaws.check(() -> requireFree(login, account))
                .check(() -> passwords.requireGood("password", password, login, name))
                .check(() -> requireNew(password, repeated, account))
                .end();
        update(account, login, called, account.language());
        store.setPassword(person.id(), passwords.hash(password));
        sessions.endOthers();
    }

    /// The caller's own. Another mail address is another key to the account, so the password is asked for again.
    ///
    /// @param current the present password; looked at only where the mail address changes and there is a password
    /// @return the account as it was
    @Transactional
    public Account changeProfile(String mail, String current, String name, String language) {
        Caller.Person person = rights.requirePerson();
        Account account = find(person.id());
        Flaws flaws = new Flaws();
        String login = flaws.read(account.login(), () -> requireMail(mail));
        String called = flaws.read("", () -> requireName(name));
        String tongue = flaws.read("", () -> requireLanguage(language));
        if (!login.equals(account.login()) && account.hasPassword()) {
            flaws.check(() -> present.require(person, "current", current));
        }
        if (flaws.isFine("current")) {
            // Who has which address is not told to whoever only sits at a session left open.
            flaws.check(() -> requireFree(login, account));
        }
        flaws.end();
        update(account, login, called, tongue);
        return account;
    }

    private void update(Account account, String login, String name, String language) {
        requireFree(login, account);
        store.update(account.id(), login, name, language);
        changes.record(subject(account), State.of(account), State.of(find(account.id())), "");
    }

    /// Gives roles, and says whether the person may come in at all.
    ///
    /// @param version of the account whoever gives them saw
    /// @return number of the change, empty where nothing changed
    @Transactional
    public Optional<Long> setRights(long id, String version, Grants grants, boolean active, String why) {
        rights.require(Role.ADMIN, Area.TOWN);
        List<Long> admins = store.lockAdmins();
        store.lock(id);
        Account account = find(id);
        Version.require(version, account.version());
        return setRights(account, admins, grants, active, why);
    }

    /// Without comparing: for a change that is taken back, which was compared already.
    @Transactional
    void restoreRights(long id, Grants grants, boolean active) {
        rights.require(Role.ADMIN, Area.TOWN);
        List<Long> admins = store.lockAdmins();
        store.lock(id);
        setRights(find(id), admins, grants, active, "");
    }

    private Optional<Long> setRights(Account account, List<Long> admins, Grants grants, boolean active, String why) {
        long id = account.id();
        boolean staysAdmin = active && grants.allow(Role.ADMIN, Area.TOWN);
        if (!staysAdmin && admins.equals(List.of(id))) {
            throw Problem.field(
                    active ? "town" : "active",
                    "last-admin",
                    "This is the last admin; give somebody else the role first.");
        }
        store.setGrants(id, grants);
        if (account.isActive() != active) {
            store.setDeactivated(id, !active);
        }
        if (!active) {
            sessions.endAll(id);
        }
        return changes.record(subject(account), State.of(account), State.of(find(id)), why);
    }

    /// Those deactivated for as long as traces are kept go, once no trace names them.
    @Transactional
    void deleteGone() {
        store.delete(store.lockGone(properties.traces()));
    }

    @Transactional
    void restore(long id, State state) {
        restoreRights(id, Grants.of(state.roles()), state.active());
        update(find(id), state.login(), state.name(), state.language());
    }

    private void requireNew(String password, String repeated, Account account) {
        Flaws flaws = new Flaws();
        flaws.check(() -> passwords.requireGood("password", password, account.login(), account.name()));
        if (!password.equals(repeated)) {
            flaws.add(Problem.field("repeated", "password-differs", "The two passwords are not the same."));
        }
        flaws.end();
    }

    private void requireFree(String login, Account account) {
        if (!login.equals(account.login()) && store.findByLogin(login).isPresent()) {
            throw mailTaken();
        }
    }

    private static void requireActive(Account account) {
        if (!account.isActive()) {
            throw new Problem(Problem.Kind.CONFLICTING, "account-inactive", "This person is deactivated.");
        }
    }

    static String requireMail(String mail) {
        String clean = mail.strip().toLowerCase(Locale.ROOT);
        if (clean.length() > 254 || !MAIL.matcher(clean).matches()) {
            throw Problem.field("mail", "mail-invalid", "A mail address looks like name@example.org.");
        }
        return clean;
    }

    private static String requireName(String name) {
        if (name.isBlank() || name.length() > 200) {
            throw Problem.field("name", "name-invalid", "A name has 1 to 200 characters.");
        }
        return name.strip();
    }

    private static String requireLanguage(String language) {
        if (!LANGUAGES.contains(language)) {
            throw Problem.field("language", "language-unknown", "The language is de or en.");
        }
        return language;
    }

    private static Problem mailTaken() {
        return new Problem(
                Problem.Kind.CONFLICTING,
                "mail-taken",
                "Somebody has this mail address already.",
                Map.of("field", "mail"));
    }

    private static Problem linkOver() {
        return new Problem(Problem.Kind.MISSING, "link-over", "This link has been used already, or it is too old.");
    }

    private static Changes.Subject subject(Account account) {
        return new Changes.Subject(Area.TOWN, "account", String.valueOf(account.id()), account.name());
    }
}
