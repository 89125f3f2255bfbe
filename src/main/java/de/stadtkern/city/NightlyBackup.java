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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Archives each town once a night into the data folder and lets the oldest of these archives go. A night the machine
/// slept through is made up for.
@Component
class NightlyBackup implements TownJob {

    private static final Logger log = LoggerFactory.getLogger(NightlyBackup.class);
    /// An archive may not fill the disk: this much stays free beside twice the last one.
    private static final long KEEP_FREE = 2L << 30;

    private final Backups backups;
    private final BackupProperties properties;
    private final Clock clock = Clock.systemUTC();

    NightlyBackup(Backups backups, BackupProperties properties) {
        this.backups = backups;
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
        List<Path> there = archives(city);
        boolean isFirst = there.isEmpty() && now.isAfter(night.atTime(at).plusHours(1));
        Path file = backups.folder()
                .resolve("%s-nightly-%s.zip".formatted(city.slug(), night.format(DateTimeFormatter.BASIC_ISO_DATE)));
        if (isFirst || Files.exists(file) || !hasRoom(there)) {
            return;
        }
        backups.write(List.of(city), file, text -> {});
        for (Path old : archives(city).stream().skip(properties.keep()).toList()) {
            Files.delete(old);
        }
    }

    private boolean hasRoom(List<Path> there) throws IOException {
        Files.createDirectories(backups.folder());
        long last = there.isEmpty() ? 0 : Files.size(there.getFirst());
        boolean room = Files.getFileStore(backups.folder()).getUsableSpace() > 2 * last + KEEP_FREE;
        if (!room) {
            log.warn("No nightly backup: too little room on the disk of {}", backups.folder());
        }
        return room;
    }

    /// The newest first.
    private List<Path> archives(City city) throws IOException {
        if (!Files.isDirectory(backups.folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(backups.folder())) {
            return files.filter(
                            file -> String.valueOf(file.getFileName()).matches(city.slug() + "-nightly-\\d{8}\\.zip"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
