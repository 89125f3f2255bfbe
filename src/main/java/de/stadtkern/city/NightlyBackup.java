package de.stadtkern.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.springframework.stereotype.Component;

/// Archives each town once a night into the data folder. A night the machine slept through is made up for.
@Component
class NightlyBackup implements TownJob {

    private final Backups backups;
    private final BackupRuns runs;
    private final BackupProperties properties;
    private final Clock clock = Clock.systemUTC();

    NightlyBackup(Backups backups, BackupRuns runs, BackupProperties properties) {
        this.backups = backups;
        this.runs = runs;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "nightly-backup";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public void run() {
        LocalTime at = properties.nightlyAt();
        if (at == null) {
            return;
        }
        City city = CityContext.current();
        try {
            run(city, at, LocalDateTime.now(clock.withZone(city.zone())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void run(City city, LocalTime at, LocalDateTime now) throws IOException {
        LocalDate night = now.toLocalTime().isBefore(at) ? now.toLocalDate().minusDays(1) : now.toLocalDate();
        boolean isNew = night.atTime(at).atZone(city.zone()).toInstant().isBefore(city.createdAt());
        Path file = backups.folder()
                .resolve("%s-nightly-%s.zip".formatted(city.slug(), night.format(DateTimeFormatter.BASIC_ISO_DATE)));
        if (!isNew && !Files.exists(file)) {
            runs.run(city, file, BackupRuns.Reason.NIGHTLY);
        }
    }
}
