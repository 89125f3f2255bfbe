package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Passwords as Argon2id, with the cost OWASP recommends: 19 MiB, two rounds. At most two are computed at a time, so
/// that a storm of logins cannot take the memory.
@Component
class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 128;

    private final Argon2PasswordEncoder argon = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final Semaphore atATime = new Semaphore(2);
    private volatile @Nullable String ofNobody;

    String hash(String password) {
        return String.valueOf(slowly(() -> argon.encode(password)));
    }

    boolean matches(String password, String hash) {
        return slowly(() -> argon.matches(password, hash));
    }

    /// Takes as long as a comparison, for accounts that are not there.
    void compareWithNobody(String password) {
        String hash = ofNobody;
        if (hash == null) {
            hash = hash(Token.random().text());
            ofNobody = hash;
        }
        matches(password, hash);
    }

    /// Length decides, not the kinds of characters in it; what anybody would try first is refused.
    void requireGood(String field, String password, String login, String name) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw Problem.field(
                    field, "password-length", "A password has %d to %d characters.".formatted(SHORTEST, LONGEST));
        }
        String small = password.toLowerCase(Locale.ROOT);
        if (small.contains(login.toLowerCase(Locale.ROOT))
                || small.chars().distinct().count() < 5
                || small.contains("passwor")
                || small.contains("123456")
                || (name.length() > 3 && small.contains(name.toLowerCase(Locale.ROOT)))) {
            throw Problem.field(field, "password-easy", "This password is too easy to guess.");
        }
    }

    private <T> T slowly(java.util.function.Supplier<T> work) {
        atATime.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            atATime.release();
        }
    }
}
