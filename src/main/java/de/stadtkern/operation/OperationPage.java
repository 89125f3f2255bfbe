package de.stadtkern.operation;

import de.stadtkern.city.ArchiveProgress;
import de.stadtkern.city.BackupRuns;
import de.stadtkern.city.Cities;
import de.stadtkern.city.OpenEvents;
import de.stadtkern.city.SlowQueries;
import de.stadtkern.city.TownJobs;
import de.stadtkern.identity.Outbox;
import de.stadtkern.installation.DiskSpace;
import de.stadtkern.mqtt.Broker;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Wording;
import de.stadtkern.people.Menu;
import de.stadtkern.sensors.SeriesCards;
import de.stadtkern.watches.HookFigures;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says in words how a town's Stadtkern is.
@Component
class OperationPage {

    private static final int SILENCES = 10;
    private static final int BACKUPS = 7;
    private static final int SLOW = 10;
    private static final int EVERY_SECONDS = 20;
    private static final int EVERY_SECONDS_WHILE_BUSY = 2;

    private final Menu menu;
    private final BackupRuns backups;
    private final Outbox outbox;
    private final DiskSpace disk;
    private final Cities cities;

    OperationPage(Menu menu, BackupRuns backups, Outbox outbox, DiskSpace disk, Cities cities) {
        this.menu = menu;
        this.backups = backups;
        this.outbox = outbox;
        this.disk = disk;
        this.cities = cities;
    }

    OperationView view(Frame frame, Operation.State state) {
        Wording wording = frame.wording();
        String running = running(wording, state);
        return new OperationView(
                menu.entries(frame, "/operation"),
                running.isEmpty() ? EVERY_SECONDS : EVERY_SECONDS_WHILE_BUSY,
                parts(wording, state),
                state.silent().size(),
                state.silent().stream()
                        .limit(SILENCES)
                        .map(silent -> silence(wording, silent))
                        .toList(),
                plan(wording),
                running,
                state.backups().stream()
                        .filter(run -> run.endedAt() != null)
                        .limit(BACKUPS)
                        .map(run -> backup(wording, run))
                        .toList(),
                state.jobs().stream()
                        .filter(job -> job.failures() > 0)
                        .map(job -> job(wording, job))
                        .toList(),
                state.jobs().stream()
                        .filter(job -> job.failures() == 0)
                        .map(job -> job(wording, job))
                        .toList(),
                state.events().stream().map(event -> event(wording, event)).toList(),
                wording.say(
                        "operation.imports.text",
                        state.imports().running(),
                        state.imports().waiting()),
                state.failedImports().stream()
                        .map(failed -> new OperationView.Import(
                                failed.id(),
                                failed.file(),
                                state.mayOpenImports() ? failed.address() : "",
                                wording.dateTime(failed.at()) + " · " + failed.text(wording),
                                failed.resumable()))
                        .toList(),
                state.failedHooks().stream()
                        .map(failed -> hook(wording, failed))
                        .toList(),
                mail(wording, state.mail()),
                state.mail().failing() > 0,
                state.slow().stream()
                        .limit(SLOW)
                        .map(query -> slow(wording, query))
                        .toList(),
                machine(frame, state));
    }

    private List<OperationView.Part> parts(Wording wording, Operation.State state) {
        List<OperationView.Part> parts = new ArrayList<>();
        state.health()
                .parts()
                .forEach((name, part) -> parts.add(new OperationView.Part(
                        wording.say("operation.part." + name),
                        part.up() && !isLow(name),
                        partText(wording, name, state))));
        boolean outside = state.store().outside() > 0;
        parts.add(new OperationView.Part(
                wording.say("operation.part.observations"),
                !outside,
                outside
                        ? wording.say("operation.outside", state.store().outside())
                        : wording.say("operation.inside", state.store().partitions())));
        parts.add(new OperationView.Part(
                wording.say("operation.part.events"),
                state.openEvents() == 0,
                wording.say(
                        state.openEvents() == 0 ? "operation.events.none" : "operation.events", state.openEvents())));
        return parts;
    }

    private boolean isLow(String part) {
        return part.equals("disk") && disk.isLow();
    }

    private String partText(Wording wording, String name, Operation.State state) {
        return switch (name) {
            case "disk" ->
                wording.say("operation.disk", bytes(wording, disk.bytesFree()), bytes(wording, disk.bytesTotal()));
            case "writer" ->
                wording.say("operation.writer", state.waiting(), state.store().marks());
            case "mqtt" -> mqtt(wording, state);
            default ->
                wording.say(
                        state.health().parts().get(name) instanceof Health.Part part && part.up()
                                ? "operation.database.well"
                                : "operation.database.away");
        };
    }

    private static String mqtt(Wording wording, Operation.State state) {
        return switch (state.broker()) {
            case Broker.State.Running running ->
                wording.say(
                                "operation.mqtt.running",
                                running.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                                state.mqtt().connections(),
                                state.mqtt().dropped())
                        + missed(wording, state.missed());
            case Broker.State.Failed failed -> wording.say("operation.mqtt.failed", failed.reason());
            case Broker.State.Starting _, Broker.State.Off _ -> wording.say("operation.mqtt.starting");
        };
    }

    private static String missed(Wording wording, List<Broker.Missed> worst) {
        return worst.isEmpty()
                ? ""
                : " "
                        + wording.say(
                                "operation.mqtt.missed",
                                worst.stream()
                                        .map(one ->
                                                wording.say("operation.mqtt.missed.by", one.client(), one.messages()))
                                        .collect(Collectors.joining(", ")));
    }

    private static OperationView.Silence silence(Wording wording, SeriesCards.Silent silent) {
        return new OperationView.Silence(
                silent.point(), silent.name(), silent.address(), wording.dateTime(silent.since()));
    }

    private String plan(Wording wording) {
        return backups.nightlyAt()
                .map(at -> wording.say("operation.backup.plan", at.toString(), backups.keep()))
                .orElseGet(() -> wording.say("operation.backup.no-plan"));
    }

    private static String running(Wording wording, Operation.State state) {
        return state.backups().stream()
                .filter(run -> run.endedAt() == null)
                .findFirst()
                .map(run -> wording.say(
                        "operation.backup.running", wording.time(run.startedAt()), progress(wording, run.progress())))
                .orElse("");
    }

    private static String progress(Wording wording, @Nullable ArchiveProgress progress) {
        return progress == null ? "" : wording.say("operation.backup.progress", progress.table(), progress.rows());
    }

    private static OperationView.Backup backup(Wording wording, BackupRuns.Run run) {
        Instant ended = run.endedAt() == null ? run.startedAt() : run.endedAt();
        String reason = wording.say("operation.backup." + run.reason().key());
        return new OperationView.Backup(
                wording.dateTime(run.startedAt()),
                run.wentWell()
                        ? wording.say(
                                "operation.backup.text",
                                reason,
                                bytes(wording, run.bytes()),
                                Math.max(
                                        1,
                                        Duration.between(run.startedAt(), ended).toSeconds()),
                                run.file())
                        : reason + ": "
                                + wording.find("operation.backup." + run.failure())
                                        .orElse(run.failure()),
                !run.wentWell());
    }

    private static OperationView.Job job(Wording wording, TownJobs.State job) {
        String next = job.running()
                ? wording.say("operation.job.running")
                : job.nextAt().isAfter(wording.now())
                        ? wording.say("operation.job.next", wording.dateTime(job.nextAt()))
                        : wording.say("operation.job.due");
        String last = job.succeededAt() == null
                ? wording.say("operation.job.never")
                : wording.say("operation.job.last", wording.dateTime(job.succeededAt()));
        return new OperationView.Job(
                job.name(),
                wording.find("operation.job." + job.name()).orElse(job.name()),
                last + " · " + next,
                job.failures() == 0 || job.failedAt() == null
                        ? ""
                        : wording.say(
                                "operation.job.failure",
                                wording.dateTime(job.failedAt()),
                                job.failures(),
                                job.failure()));
    }

    private static OperationView.Event event(Wording wording, OpenEvents.Event event) {
        return new OperationView.Event(
                event.id().toString(),
                event.type(),
                wording.say(
                        "operation.event.text",
                        wording.dateTime(event.publishedAt()),
                        event.listener(),
                        event.attempts()));
    }

    private static OperationView.Hook hook(Wording wording, HookFigures.Failed failed) {
        return new OperationView.Hook(
                failed.id(),
                failed.watch().isEmpty() ? failed.host() : failed.watch() + ", " + failed.host(),
                wording.say(
                        failed.again() ? "operation.hook.again" : "operation.hook.given-up",
                        wording.dateTime(failed.at()),
                        failed.failure()));
    }

    private String mail(Wording wording, Outbox.Figures mail) {
        return outbox.isOn()
                ? wording.say("operation.mail.text", mail.waiting(), mail.failing())
                : wording.say("operation.mail.off", mail.waiting());
    }

    private static OperationView.Slow slow(Wording wording, SlowQueries.Query query) {
        return new OperationView.Slow(
                wording.say(
                        "operation.slow.title",
                        wording.number(query.longestMillis() / 1000.0),
                        query.times(),
                        wording.dateTime(query.lastAt())),
                query.askedBy(),
                query.sql().strip(),
                query.plan());
    }

    private List<OperationView.Fact> machine(Frame frame, Operation.State state) {
        Wording wording = frame.wording();
        Runtime runtime = Runtime.getRuntime();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Instant start =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        Object database = state.health().parts().get("database") instanceof Health.Part part
                ? part.facts().getOrDefault("version", "–")
                : "–";
        return List.of(
                new OperationView.Fact("Stadtkern", frame.version().isEmpty() ? "–" : frame.version()),
                new OperationView.Fact("Java", Runtime.version().toString()),
                new OperationView.Fact("PostgreSQL", database.toString()),
                new OperationView.Fact(wording.say("operation.schema"), cities.schemaVersion()),
                new OperationView.Fact(wording.say("operation.since"), wording.dateTime(start)),
                new OperationView.Fact(
                        wording.say("operation.load"),
                        load < 0
                                ? "–"
                                : wording.say(
                                        "operation.load.text", wording.number(load), runtime.availableProcessors())),
                new OperationView.Fact(
                        wording.say("operation.memory"),
                        wording.say(
                                "operation.memory.text",
                                bytes(wording, runtime.totalMemory() - runtime.freeMemory()),
                                bytes(wording, runtime.maxMemory()))));
    }

    private static String bytes(Wording wording, long bytes) {
        return bytes < 1 << 20
                ? wording.number(bytes / 1024.0) + " kB"
                : bytes < 1 << 30
                        ? wording.number(bytes / (double) (1 << 20)) + " MB"
                        : wording.number(bytes / (double) (1 << 30)) + " GB";
    }
}
