package de.stadtkern.city;

import de.stadtkern.installation.LogContext;
import de.stadtkern.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Archives a town into the data folder, one at a time for each town, and keeps what came of it where every process
/// sees it. The oldest archives of a kind go when a newer one is complete.
@Component
public class BackupRuns {

    private static final Logger log = LoggerFactory.getLogger(BackupRuns.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    /// An archive may not fill the disk: this much stays free beside twice the last one.
    private static final long KEEP_FREE = 2L << 30;
    /// Who was not heard of for so long is gone.
    private static final Duration SILENT = Duration.ofMinutes(5);

    private static final int REMEMBERED = 30;

    private final JdbcClient jdbc;
    private final Backups backups;
    private final BackupProperties properties;
    private final Timer timer;

    BackupRuns(
            InstallationDataSource installation, Backups backups, BackupProperties properties, MeterRegistry meters) {
        this.jdbc = installation.jdbc();
        this.backups = backups;
        this.properties = properties;
        this.timer = Timer.builder("stadtkern.backup.duration")
                .description("Archives that this process completed, with the time that took")
                .register(meters);
    }

    /// Why it was made; part of the file's name.
    public enum Reason {
        NIGHTLY,
        ASKED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param endedAt  null while it runs
    /// @param progress how far it is, null before its first large table
    /// @param file     in the folder of archives; empty while there is none
    /// @param failure  why there is none, `broken-off` if its process ended before; empty if all went well
    public record Run(
            Instant startedAt,
            @Nullable Instant endedAt,
            Reason reason,
            @Nullable ArchiveProgress progress,
            String file,
            long bytes,
            String failure) {

        public boolean wentWell() {
            return endedAt != null && failure.isEmpty();
        }
    }

    /// When each night, in the town's time; empty for never.
    public Optional<LocalTime> nightlyAt() {
        return Optional.ofNullable(properties.nightlyAt());
    }

    /// How many archives of each kind are kept.
    public int keep() {
        return properties.keep();
    }

    /// The last ones of a town, the newest first.
    public List<Run> list(City city) {
        endBrokenOff(city);
        return jdbc.sql("select * from stadtkern.backup_run where town_id = ? order by id desc limit ?")
                .params(city.id(), REMEMBERED)
                .query((row, _) -> new Run(
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("ended_at") == null
                                ? null
                                : row.getTimestamp("ended_at").toInstant(),
                        Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                        row.getString("progress").isEmpty()
                                ? null
                                : new ArchiveProgress(row.getString("progress"), row.getLong("progress_rows")),
                        row.getString("file"),
                        row.getLong("bytes"),
                        row.getString("failure")))
                .list();
    }

    /// Begins an archive in the background; [#list] tells how it goes. Refused while one is being written, or without
    /// room for it.
    public void begin(City city) throws IOException {
        requireRoom(city);
        long run = insert(city, Reason.ASKED);
        Path file = backups.folder()
                .resolve("%s-asked-%s.zip"
                        .formatted(
                                city.slug(), ZonedDateTime.now(ZoneOffset.UTC).format(STAMP)));
        Runnable work = () -> {
            try {
                write(city, run, file, Reason.ASKED);
            } catch (IOException | RuntimeException failed) {
                log.error("The backup of '{}' failed", city.slug(), failed);
            }
        };
        String request = LogContext.request();
        Thread.ofVirtual().name("backup-" + city.slug()).start(() -> {
            try (LogContext.Scope _ = LogContext.request(request)) {
                CityContext.run(city, work);
            }
        });
    }

    /// Writes the archive in this thread.
    void run(City city, Path file, Reason reason) throws IOException {
        requireRoom(city);
        write(city, insert(city, reason), file, reason);
    }

    private void write(City city, long run, Path file, Reason reason) throws IOException {
        long began = System.nanoTime();
        try {
            Heard heard = new Heard(run);
            Path written = backups.write(List.of(city), file, heard::progress);
            timer.record(Duration.ofNanos(System.nanoTime() - began));
            jdbc.sql("update stadtkern.backup_run set ended_at = now(), file = ?, bytes = ? where id = ?")
                    .params(String.valueOf(written.getFileName()), Files.size(written), run)
                    .update();
            for (Path old :
                    archives(city, reason).stream().skip(properties.keep()).toList()) {
                Files.delete(old);
            }
        } catch (IOException | RuntimeException failed) {
            jdbc.sql("update stadtkern.backup_run set ended_at = now(), failure = ? where id = ?")
                    .params(String.valueOf(failed.getMessage()), run)
                    .update();
            throw failed;
        }
    }

    private long insert(City city, Reason reason) {
        endBrokenOff(city);
        jdbc.sql("""
            delete from stadtkern.backup_run where town_id = ? and id not in
              (select id from stadtkern.backup_run where town_id = ? order by id desc limit ?)
            """).params(city.id(), city.id(), REMEMBERED).update();
        return jdbc.sql("""
            insert into stadtkern.backup_run (town_id, reason) values (?, ?)
            on conflict (town_id) where ended_at is null do nothing returning id
            """)
                .params(city.id(), reason.key())
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.CONFLICTING,
                        "backup-running",
                        "An archive of '%s' is being written already.".formatted(city.name())));
    }

    private void endBrokenOff(City city) {
        jdbc.sql("""
            update stadtkern.backup_run set ended_at = heard_at, failure = 'broken-off'
            where town_id = ? and ended_at is null and heard_at < now() - make_interval(secs => ?)
            """).params(city.id(), SILENT.toSeconds()).update();
    }

    private void requireRoom(City city) throws IOException {
        Files.createDirectories(backups.folder());
        List<Path> there = Stream.of(Reason.values())
                .flatMap(reason -> archives(city, reason).stream().limit(1))
                .toList();
        long last = 0;
        for (Path file : there) {
            last = Math.max(last, Files.size(file));
        }
        long needed = 2 * last + KEEP_FREE;
        if (Files.getFileStore(backups.folder()).getUsableSpace() < needed) {
            throw new Problem(
                    Problem.Kind.FULL,
                    "backup-no-room",
                    "There is too little room for an archive; %d MB should be free on the disk of the data folder."
                            .formatted(needed >> 20));
        }
    }

    /// The newest first.
    List<Path> archives(City city, Reason reason) {
        if (!Files.isDirectory(backups.folder())) {
            return List.of();
        }
        String name = "%s-%s-[0-9TZ]+\\.zip".formatted(city.slug(), reason.key());
        try (Stream<Path> files = Files.list(backups.folder())) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(name))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Lets the others know how far a run is, twice a second at most.
    private final class Heard {

        private static final long EVERY = 500_000_000L;
        private final long run;
        private long at = System.nanoTime() - EVERY;

        Heard(long run) {
            this.run = run;
        }

        void progress(ArchiveProgress progress) {
            if (System.nanoTime() - at >= EVERY) {
                at = System.nanoTime();
                try {
                    jdbc.sql("update stadtkern.backup_run set heard_at = now(), progress = ?, progress_rows = ?"
                                    + " where id = ?")
                            .params(progress.table(), progress.rows(), run)
                            .update();
                } catch (DataAccessException unheard) {
                    log.debug("How far the archive is was not written down", unheard);
                }
            }
        }
    }
}
