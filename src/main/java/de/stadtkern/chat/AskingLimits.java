package de.stadtkern.chat;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// How much one may ask in a minute, without knowing who it is: of the network a request comes from only a hash is
/// looked at, made with a random salt that is another one each day, kept in memory for a minute and never written down.
@Component
class AskingLimits {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final int SALT = 32;
    /// Code words are long; whoever tries more than this does not mistype.
    private static final int WORDS_PER_MINUTE = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final int questionsPerMinute;
    private final Clock clock;
    private final byte[] salt = new byte[SALT];
    private final Map<Long, Integer> asked = new HashMap<>();
    private long day = -1;
    private long minute = -1;

    @Autowired
    AskingLimits(ChatProperties properties) {
        this(properties.questionsPerMinute(), Clock.systemUTC());
    }

    AskingLimits(int questionsPerMinute, Clock clock) {
        this.questionsPerMinute = questionsPerMinute;
        this.clock = clock;
    }

    /// @param field of the request that is refused: `question` or `word`
    /// @param asker empty for work nobody asked for, which is not limited
    void require(String field, String asker) {
        int most = field.equals("word") ? WORDS_PER_MINUTE : questionsPerMinute;
        if (!asker.isEmpty() && count(CityContext.current().slug() + " " + field + " " + asker) > most) {
            throw new Problem(
                    Problem.Kind.TOO_MANY,
                    field + "-too-many",
                    "Too many questions from your network in a minute. Please try again in a moment.",
                    Map.of("field", field));
        }
    }

    private synchronized int count(String asker) {
        long now = clock.millis();
        if (now / DAY != day) {
            day = now / DAY;
            RANDOM.nextBytes(salt);
        }
        if (now / MINUTE != minute) {
            minute = now / MINUTE;
            asked.clear();
        }
        return asked.merge(hash(asker), 1, Integer::sum);
    }

    private long hash(String asker) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return ByteBuffer.wrap(digest.digest(asker.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
