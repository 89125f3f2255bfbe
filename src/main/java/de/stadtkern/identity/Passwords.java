package de.stadtkern.identity;

import com.nulabinc.zxcvbn.Zxcvbn;
import de.stadtkern.problem.Problem;
import java.util.List;
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

    /// More of a password than that is not looked at; the estimate takes time with the square of the length.
    private static final int LOOKED_AT = 64;

    /// The score from which zxcvbn calls a password safely unguessable: a hundred million guesses.
    private static final int GOOD = 3;

    private final Argon2PasswordEncoder argon = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final Semaphore atATime = new Semaphore(2);
    private volatile @Nullable String ofNobody;
    private volatile @Nullable Zxcvbn estimate;

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

    /// Length decides, not the kinds of characters in it. What leaked elsewhere and many use, what a keyboard or a
    /// row of digits suggests, and what is known of the account is refused: zxcvbn (Wheeler, USENIX Security 2016).
    void requireGood(String field, String password, String login, String name) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw Problem.field(
                    field, "password-length", "A password has %d to %d characters.".formatted(SHORTEST, LONGEST));
        }
        String small = password.toLowerCase(Locale.ROOT);
        if (small.contains(login.toLowerCase(Locale.ROOT))
                || (name.length() > 3 && small.contains(name.toLowerCase(Locale.ROOT)))
                || score(password, login, name) < GOOD) {
            throw Problem.field(field, "password-easy", "This password is too easy to guess.");
        }
    }

    /// The lists of words are read when they are needed first, so that the start does not wait for them.
    private int score(String password, String login, String name) {
        Zxcvbn known = estimate;
        if (known == null) {
            known = new Zxcvbn();
            estimate = known;
        }
        String beginning = password.substring(0, Math.min(LOOKED_AT, password.length()));
        return known.measure(beginning, List.of(login, name, "Stadtkern")).getScore();
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
