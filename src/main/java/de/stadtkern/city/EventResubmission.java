package de.stadtkern.city;

import java.time.Duration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.stereotype.Component;

/// Hands out again the events whose listener did not finish, for instance because the process was killed meanwhile.
@Component
class EventResubmission implements TownJob {

    private static final Duration OLDER_THAN = Duration.ofMinutes(1);

    private final IncompleteEventPublications incomplete;

    EventResubmission(IncompleteEventPublications incomplete) {
        this.incomplete = incomplete;
    }

    @Override
    public String name() {
        return "event-resubmission";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        incomplete.resubmitIncompletePublicationsOlderThan(OLDER_THAN);
    }
}
