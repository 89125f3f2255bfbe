package de.stadtkern.knowledge;

import de.stadtkern.identity.Rights;
import de.stadtkern.page.Slug;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;

/// The front door to what is on, as the town's calendars say.
@Service
public class Events {

    private static final int MOST = 2_000;

    private final EventStore store;
    private final Rights rights;

    Events(EventStore store, Rights rights) {
        this.store = store;
        this.rights = rights;
    }

    /// @param address where more stands
    /// @param source  name of the calendar
    public record Listed(Event event, String address, String source) {}

    /// Whether there is any calendar.
    public boolean isAny() {
        return store.isAny();
    }

    /// What is on in a stretch of time and may be read by the caller, the earliest first.
    public List<Listed> between(Instant from, Instant to) {
        return store.between(from, to, Audience.of(rights), MOST).stream()
                .map(one -> new Listed(one.event(), address(one), one.source()))
                .toList();
    }

    private static String address(EventStore.Listed one) {
        String url = one.event().url();
        return url.isEmpty() ? "/texts/" + Slug.of(one.document(), one.event().title()) : url;
    }
}
