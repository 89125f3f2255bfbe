package de.stadtkern.installation;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// What stands in every line of the log beside its text: for which request, job or command, and for which town.
///
/// Kept where the log looks for it (MDC), and therefore bound to the thread: own threads get it with the town, by
/// `CityContext.wrap`.
public final class LogContext {

    /// Key of the request, in the log's settings and in answers.
    public static final String REQUEST = "request";

    /// Key of the town's short name.
    public static final String TOWN = "town";

    private LogContext() {}

    /// Until it is closed the lines carry this value; then again the one before.
    public static final class Scope implements AutoCloseable {

        private final String key;
        private final @Nullable String before;

        private Scope(String key, @Nullable String value) {
            this.key = key;
            this.before = MDC.get(key);
            put(key, value);
        }

        private static void put(String key, @Nullable String value) {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        }

        @Override
        public void close() {
            put(key, before);
        }
    }

    public static Scope request(@Nullable String id) {
        return new Scope(REQUEST, id);
    }

    public static Scope town(String slug) {
        return new Scope(TOWN, slug);
    }

    /// Of the request, job or command this thread works for; null if for none.
    public static @Nullable String request() {
        return MDC.get(REQUEST);
    }

    /// A new id; nobody has to be unable to guess it.
    public static String newRequest() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
