package de.stadtkern.city;

import de.stadtkern.installation.LogContext;
import java.util.concurrent.Callable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// For which town the current thread works. A lock, not a switch: without a town there is no connection, and inside a
/// running transaction the town cannot be exchanged.
public final class CityContext {

    /// Under this name a request carries the short name of its town, also when it has left the town again.
    public static final String ATTRIBUTE = "de.stadtkern.town";

    private static final ScopedValue<City> CITY = ScopedValue.newInstance();

    private CityContext() {}

    /// The town of this thread; throws [NoCity] if none is bound.
    public static City current() {
        if (!CITY.isBound()) {
            throw new NoCity();
        }
        return CITY.get();
    }

    public static boolean isBound() {
        return CITY.isBound();
    }

    public static <T, X extends Throwable> T call(City city, ScopedValue.CallableOp<T, X> work) throws X {
        refuseInsideTransactionOfAnother(city);
        try (LogContext.Scope _ = LogContext.town(city.slug())) {
            return ScopedValue.where(CITY, city).call(work);
        }
    }

    public static void run(City city, Runnable work) {
        refuseInsideTransactionOfAnother(city);
        try (LogContext.Scope _ = LogContext.town(city.slug())) {
            ScopedValue.where(CITY, city).run(work);
        }
    }

    /// For threads of our own: the work will see the town that is bound now.
    public static Runnable wrap(Runnable work) {
        City city = current();
        String request = LogContext.request();
        return () -> {
            try (LogContext.Scope _ = LogContext.request(request)) {
                run(city, work);
            }
        };
    }

    /// For threads of our own: the work will see the town that is bound now.
    public static <T> Callable<T> wrap(Callable<T> work) {
        City city = current();
        String request = LogContext.request();
        return () -> {
            try (LogContext.Scope _ = LogContext.request(request)) {
                return call(city, work::call);
            }
        };
    }

    private static void refuseInsideTransactionOfAnother(City city) {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && CITY.isBound()
                && CITY.get().id() != city.id()) {
            throw new IllegalStateException("Inside a transaction of '%s' no other town ('%s') can be bound"
                    .formatted(CITY.get().slug(), city.slug()));
        }
    }

    /// Somebody asked for a town's data in a thread that works for no town: a defect of ours, never of the caller.
    public static final class NoCity extends IllegalStateException {
        NoCity() {
            super("No town is bound to this thread; wrap the work in CityContext.call, run or wrap");
        }
    }
}
