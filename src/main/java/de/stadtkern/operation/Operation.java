package de.stadtkern.operation;

import de.stadtkern.city.BackupRuns;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.OpenEvents;
import de.stadtkern.city.SlowQueries;
import de.stadtkern.city.TownJobs;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.imports.ImportFigures;
import de.stadtkern.mqtt.Broker;
import de.stadtkern.page.Wording;
import de.stadtkern.sensors.SeriesCards;
import de.stadtkern.sensorthings.ObservationWriter;
import de.stadtkern.sensorthings.StoreFigures;
import de.stadtkern.watches.HookFigures;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Service;

/// What an operator of the bound town sees and does. Of the machine everything, of other towns nothing.
@Service
class Operation {

    private final Rights rights;
    private final Health health;
    private final SeriesCards cards;
    private final ObservationWriter writer;
    private final StoreFigures store;
    private final BackupRuns backups;
    private final TownJobs jobs;
    private final Outbox outbox;
    private final OpenEvents events;
    private final ImportFigures imports;
    private final HookFigures hooks;
    private final SlowQueries slow;
    private final Broker broker;

    Operation(
            Rights rights,
            Health health,
            SeriesCards cards,
            ObservationWriter writer,
            StoreFigures store,
            BackupRuns backups,
            TownJobs jobs,
            Outbox outbox,
            OpenEvents events,
            ImportFigures imports,
            HookFigures hooks,
            SlowQueries slow,
            Broker broker) {
        this.rights = rights;
        this.health = health;
        this.cards = cards;
        this.writer = writer;
        this.store = store;
        this.backups = backups;
        this.jobs = jobs;
        this.outbox = outbox;
        this.events = events;
        this.imports = imports;
        this.hooks = hooks;
        this.slow = slow;
        this.broker = broker;
    }

    /// @param waiting writes of this town that wait at this moment
    record State(
            Health.Report health,
            Broker.State broker,
            Broker.Figures mqtt,
            List<Broker.Missed> missed,
            List<SeriesCards.Silent> silent,
            int waiting,
            StoreFigures.Figures store,
            List<BackupRuns.Run> backups,
            List<TownJobs.State> jobs,
            Outbox.Figures mail,
            int openEvents,
            List<OpenEvents.Event> events,
            ImportFigures.Figures imports,
            List<ImportFigures.Failed> failedImports,
            boolean mayOpenImports,
            List<HookFigures.Failed> failedHooks,
            List<SlowQueries.Query> slow) {}

    State state(Wording wording) {
        rights.require(Role.OPERATOR, Area.TOWN);
        City city = CityContext.current();
        return new State(
                health.report(),
                broker.state(),
                broker.figures(),
                broker.missed(city),
                cards.silent(wording),
                writer.waiting(city),
                store.read(),
                backups.list(city),
                jobs.list(city),
                outbox.figures(),
                events.count(),
                events.list(),
                imports.read(),
                imports.failed(),
                rights.allow(Role.EDITOR, Area.PLATFORM),
                hooks.failed(),
                slow.list(city));
    }

    /// Begins an archive of the town.
    void backUp() throws IOException {
        rights.require(Role.OPERATOR, Area.TOWN);
        backups.begin(CityContext.current());
    }

    void tryNow(String job) {
        rights.require(Role.OPERATOR, Area.TOWN);
        jobs.tryNow(CityContext.current(), job);
    }

    void tryImportNow(long id) {
        imports.tryNow(id);
    }

    void tryHookNow(long id) {
        hooks.tryNow(id);
    }

    void tryEventNow(String event) {
        rights.require(Role.OPERATOR, Area.TOWN);
        events.tryNow(event);
    }
}
