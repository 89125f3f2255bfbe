package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Asks somebody who is logged in for their password once more. Guessing is slowed as at the login, but counted for
/// itself: whoever sits at a session left open does not lock its owner out of the login.
@Component
class PresentPassword {

    private final AccountStore accounts;
    private final Passwords passwords;
    private final Throttle throttle;
    private final TransactionTemplate ownTransaction;

    PresentPassword(
            AccountStore accounts, Passwords passwords, Throttle throttle, PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// Throws a [Problem] at the field if it is not this one. Nothing typed is refused, but no try.
    void require(Caller.Person person, String field, String password) {
        if (password.isEmpty()) {
            throw wrong(field);
        }
        Throttle.Subject subject = Throttle.Subject.account("present:" + person.id());
        throttle.blockedUntil(List.of(subject)).ifPresent(until -> {
            throw Throttle.tooMany(field, until);
        });
        if (!matches(person, password)) {
            // The refusal takes back the transaction it happens in; the try must stay counted.
            ownTransaction.executeWithoutResult(_ -> throttle.failed(List.of(subject)));
            throw wrong(field);
        }
        throttle.succeeded(subject);
    }

    private boolean matches(Caller.Person person, String password) {
        return password.length() <= Passwords.LONGEST
                && accounts.findPassword(person.id())
                        .map(hash -> passwords.matches(password, hash))
                        .orElse(false);
    }

    private static Problem wrong(String field) {
        return Problem.field(field, "password-wrong", "This is not the present password.");
    }
}
