package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/// Programs with an API key that come by another way than HTTP, on connections that stay open for a long time.
@Service
public class Machines {

    private final ApiKeys keys;
    private final Throttle throttle;

    Machines(ApiKeys keys, Throttle throttle) {
        this.keys = keys;
        this.throttle = throttle;
    }

    /// Whether this key is good in the bound town; throws if it is not. Guessing is slowed down by address, apart from
    /// what people do there: one badly configured sensor locks nobody out of their pages.
    ///
    /// @param address of the network the program comes from
    public void require(String token, String address) {
        List<Throttle.Subject> subjects = List.of(Throttle.Subject.keys(address));
        if (find(token)) {
            return;
        }
        throttle.blockedUntil(subjects).ifPresent(until -> {
            long seconds = Math.max(1, Duration.between(Instant.now(), until).toSeconds() + 1);
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "login-blocked",
                    "Too many attempts with keys that are not valid here. Please wait %d seconds.".formatted(seconds),
                    Map.of("seconds", seconds));
        });
        throttle.failed(subjects);
        throw unknownKey();
    }

    private boolean find(String token) {
        return token.startsWith(ApiKeys.PREFIX) && keys.find(token).isPresent();
    }

    /// Does the work as whoever has this key. It is looked up each time, so that a key revoked meanwhile ends here.
    public <T, X extends Throwable> T as(String token, ScopedValue.CallableOp<T, X> work) throws X {
        return Rights.as(keys.find(token).orElseThrow(Machines::unknownKey), work);
    }

    private static Problem unknownKey() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "key-unknown",
                "The password is no API key that is valid here: 'stadtkern_…'.");
    }
}
