package de.stadtkern.chat;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Deletes what was said longer ago than the town keeps it.
@Component
class TalkCleaning implements TownJob {

    private final TalkStore talks;
    private final ChatSettings settings;

    TalkCleaning(TalkStore talks, ChatSettings settings) {
        this.talks = talks;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "chat-cleaning";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        talks.deleteOlder(settings.find().days());
    }
}
