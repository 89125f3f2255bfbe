package de.stadtkern.demo;

import de.stadtkern.city.City;
import de.stadtkern.city.CityRemoved;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What goes on in the background of a demo town ends before the town does: a schema that is written to while it is
/// being dropped ends in a deadlock.
@Component
class DemoWork {

    private final Map<Long, ReentrantReadWriteLock> standing = new ConcurrentHashMap<>();
    private final Set<Long> leaving = ConcurrentHashMap.newKeySet();

    /// Does the work unless the town is no demo or about to go.
    void in(City city, Runnable work) {
        if (!city.demo()) {
            return;
        }
        var lock = lock(city).readLock();
        lock.lock();
        try {
            if (!isLeaving(city)) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /// To be asked during long work, which then has to end.
    boolean isLeaving(City city) {
        return leaving.contains(city.id());
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void removed(CityRemoved event) {
        leaving.add(event.city().id());
        var everybodyOut = lock(event.city()).writeLock();
        everybodyOut.lock();
        everybodyOut.unlock();
    }

    private ReentrantReadWriteLock lock(City city) {
        return standing.computeIfAbsent(city.id(), id -> new ReentrantReadWriteLock());
    }
}
