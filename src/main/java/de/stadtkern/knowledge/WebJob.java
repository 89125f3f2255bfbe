package de.stadtkern.knowledge;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Reads the web sites and calendars that are a town's sources.
@Component
class WebJob implements TownJob {

    private final WebReading reading;
    private final CalendarReading calendars;

    WebJob(WebReading reading, CalendarReading calendars) {
        this.calendars = calendars;
        this.reading = reading;
    }

    @Override
    public String name() {
        return "knowledge-web";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public void run() {
        calendars.readDue();
        reading.readDue();
    }
}
