package de.stadtkern.identity;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Sends a town's mail.
@Component
class MailJob implements TownJob {

    private final Outbox outbox;

    MailJob(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public void run() {
        outbox.sendDue();
    }
}
