package de.stadtkern.operation;

import de.stadtkern.city.BackupRuns;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJobs;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.Rights;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.sensorthings.ObservationWriter;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// How the running Stadtkern is, in a few lines, for whoever sits at the machine and for scripts: the exit code tells
/// whether all is well.
@Component
class StatusCommand implements Command {

    private final Health health;
    private final Cities cities;
    private final ObservationWriter writer;
    private final BackupRuns backups;
    private final TownJobs jobs;
    private final Outbox outbox;
    private final Rights rights;

    StatusCommand(
            Health health,
            Cities cities,
            ObservationWriter writer,
            BackupRuns backups,
            TownJobs jobs,
            Outbox outbox,
            Rights rights) {
        this.health = health;
        this.cities = cities;
        this.writer = writer;
        this.backups = backups;
        this.jobs = jobs;
        this.outbox = outbox;
        this.rights = rights;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String usage() {
        return "status";
    }

    @Override
    public String summary() {
        return "Says how it is: database, disk, and for each town queue, last backup, failing jobs and mail.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) {
        CommandWords words = new CommandWords(this, given, Set.of(), Set.of());
        if (!words.plain().isEmpty()) {
            throw words.wrong();
        }
        Health.Report report = health.report();
        report.parts()
                .forEach((name, part) ->
                        terminal.line("%-10s %-4s %s".formatted(name, part.up() ? "up" : "DOWN", part.facts())));
        boolean well = report.up();
        for (City city : cities.listReady()) {
            well &= town(city, terminal);
        }
        return well ? 0 : 1;
    }

    private boolean town(City city, Terminal terminal) {
        List<TownJobs.State> failing =
                jobs.list(city).stream().filter(job -> job.failures() > 0).toList();
        Outbox.Figures mail = CityContext.call(city, () -> rights.asOperator(outbox::figures));
        terminal.line("%s: %d waiting, last backup %s, %d jobs failing, %d mails waiting, %d failing"
                .formatted(
                        city.slug(),
                        writer.waiting(city),
                        backups.list(city).stream()
                                .filter(BackupRuns.Run::wentWell)
                                .findFirst()
                                .map(run -> "%s (%,d bytes)".formatted(run.startedAt(), run.bytes()))
                                .orElse("none"),
                        failing.size(),
                        mail.waiting(),
                        mail.failing()));
        failing.forEach(
                job -> terminal.line("  %s failed at %s: %s".formatted(job.name(), job.failedAt(), job.failure())));
        return failing.isEmpty();
    }
}
