package de.stadtkern.imports;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Nothing is kept for ever: files of imports that are over for a day, of others for a week; imports themselves, which
/// say who did what, for as long as other traces.
@Component
class ImportCleaning implements TownJob {

    private static final Duration FINISHED = Duration.ofDays(1);
    private static final Duration UNFINISHED = Duration.ofDays(7);

    private final ImportStore store;
    private final ImportProperties properties;

    ImportCleaning(ImportStore store, ImportProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "import-cleaning";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        store.clean(FINISHED, UNFINISHED, properties.keep());
    }
}
