package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    /// @return the key's number, by which whoever stays is known
    public long require(String token, String address) {
        List<Throttle.Subject> subjects = List.of(Throttle.Subject.keys(address));
        Optional<Caller.Machine> known = token.startsWith(ApiKeys.PREFIX) ? keys.find(token) : Optional.empty();
        if (known.isPresent()) {
            return known.get().key();
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

    /// Does the work as whoever has this key. It is looked up each time, so that a key revoked meanwhile ends here.
    public <T, X extends Throwable> T as(String token, ScopedValue.CallableOp<T, X> work) throws X {
        return Rights.as(keys.find(token).orElseThrow(Machines::unknownKey), work);
    }

    /// Does the same work as each of these keys, by their numbers, and leaves out those that are good no longer.
    public <T> Map<Long, T> asEach(Collection<Long> numbers, Supplier<T> work) {
        return numbers.isEmpty()
                ? Map.of()
                : keys.find(numbers).stream()
                        .collect(Collectors.toMap(Caller.Machine::key, machine -> Rights.as(machine, work::get)));
    }

    public void requireGood(long number) {
        if (keys.find(List.of(number)).isEmpty()) {
            throw unknownKey();
        }
    }

    private static Problem unknownKey() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "key-unknown",
                "The password is no API key that is valid here: 'stadtkern_…'.");
    }
}
