package de.stadtkern.city;

import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/// The towns of this installation: found by host name, created, changed and removed while it runs. Other processes on
/// the same database see a change within two seconds.
@Service
public class Cities {

    private static final Logger log = LoggerFactory.getLogger(Cities.class);
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final CityStore store;
    private final TownMigrations migrations;
    private final TownArchive archive;
    private final ApplicationEventPublisher events;
    private final InstallationDataSource installation;
    private final Set<Long> beingMigrated = ConcurrentHashMap.newKeySet();
    /// Of this process; no more than one of its connections waits for the other processes.
    private final Lock oneByOne = new ReentrantLock();
    private final Thread refresher;
    private volatile Snapshot snapshot = Snapshot.of(List.of());

    Cities(
            CityStore store,
            TownMigrations migrations,
            TownArchive archive,
            ApplicationEventPublisher events,
            InstallationDataSource installation) {
        this.store = store;
        this.migrations = migrations;
        this.archive = archive;
        this.events = events;
        this.installation = installation;
        migrations.migrateInstallation();
        refresh();
        updateTownsBehind();
        refresher = Thread.ofVirtual().name("towns-refresh").start(this::refreshForever);
    }

    /// Towns whose schema is older than this build are closed until it has been brought up to date in the background.
    final void updateTownsBehind() {
        migrations.bringUpToDate(store.findBehind(migrations.buildVersion()), beingMigrated);
    }

    /// The town of a host name: its own host names first, then `SLUG.localhost`, else the default town.
    public City byHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        City known = snapshot.byHost().get(name);
        if (known == null && name.endsWith(".localhost")) {
            known = snapshot.bySlug().get(name.substring(0, name.length() - ".localhost".length()));
        }
        return known != null ? known : defaultCity();
    }

    public City defaultCity() {
        return list().stream()
                .filter(City::isDefault)
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "no-town",
                        "This Stadtkern has no town yet. 'bin/stadtkern town add' creates one."));
    }

    public Optional<City> findBySlug(String slug) {
        return Optional.ofNullable(snapshot.bySlug().get(slug));
    }

    public City getBySlug(String slug) {
        return findBySlug(slug)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING,
                        "town-unknown",
                        "There is no town '%s'.".formatted(slug),
                        Map.of("town", slug)));
    }

    /// As it is stored at this moment, also where another process has just changed it.
    public City reread(City city) {
        refresh();
        return getBySlug(city.slug());
    }

    /// The version of the towns' tables this build needs.
    public String schemaVersion() {
        return migrations.buildVersion();
    }

    /// All towns, in the order in which they came.
    public List<City> list() {
        return snapshot.all();
    }

    /// Those whose tables are as this build needs them.
    public List<City> listReady() {
        return list().stream().filter(city -> !isBeingMigrated(city)).toList();
    }

    /// Throws while a town's tables are brought up to date, or the town is removed.
    public void requireOpen(City city) {
        if (isBeingMigrated(city)) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "town-migrating",
                    "'%s' is being updated or removed; please try again in a moment.".formatted(city.name()));
        }
    }

    boolean isBeingMigrated(City city) {
        return beingMigrated.contains(city.id());
    }

    /// Creates a town with its schema; it answers to `SLUG.localhost` at once. The first town becomes the default
    /// one. Begins with nothing: a schema of that name without a town is not taken over.
    public City create(NewCity wish) {
        City city = oneByOne(() -> createAlone(wish));
        log.info("Town '{}' created in schema {}", city.slug(), city.schema());
        events.publishEvent(new CityCreated(city));
        return city;
    }

    /// Two who want the same short name or host name at once: one gets it, the other is told. Looks at the towns as
    /// they are now, which another process may just have changed.
    private City oneByOne(Supplier<City> work) {
        oneByOne.lock();
        try {
            return store.alone(() -> {
                refresh();
                return work.get();
            });
        } finally {
            oneByOne.unlock();
        }
    }

    private City createAlone(NewCity wish) {
        requireFree(wish, null);
        String schema = freeSchema(wish.slug());
        if (!schema.equals(City.schemaOf(wish.slug()))) {
            log.warn(
                    "A schema '{}' without a town is left over; '{}' begins in '{}'",
                    City.schemaOf(wish.slug()),
                    wish.slug(),
                    schema);
        }
        migrations.createSchema(schema);
        store.insert(wish, schema, list().isEmpty(), migrations.buildVersion());
        refresh();
        return getBySlug(wish.slug());
    }

    /// Throws where another town has its short name or its host names, as far as this process has heard; asked again
    /// while a town is made or changed.
    ///
    /// @param but the town that is changed; null for a new one
    public void requireFree(NewCity wish, @Nullable City but) {
        Flaws flaws = new Flaws();
        if (but == null && findBySlug(wish.slug()).isPresent()) {
            flaws.add(new Problem(
                    Problem.Kind.CONFLICTING,
                    "town-exists",
                    "There is a town '%s' already.".formatted(wish.slug()),
                    Map.of("field", "slug")));
        }
        for (String host : wish.hosts()) {
            City owner = snapshot.byHost().get(host);
            if (owner != null && (but == null || owner.id() != but.id())) {
                flaws.add(new Problem(
                        Problem.Kind.CONFLICTING,
                        "host-taken",
                        "The host name '%s' belongs to another town.".formatted(host),
                        Map.of("field", "hosts")));
            }
        }
        flaws.end();
    }

    /// Changes what a town says of itself; its short name, its schema and its time zone stay, because addresses and
    /// the days of its roll-ups depend on them.
    public City change(City city, NewCity to) {
        City changed = oneByOne(() -> {
            requireFree(to, city);
            store.update(city, to);
            refresh();
            return getBySlug(city.slug());
        });
        log.info("Town '{}' changed", city.slug());
        return changed;
    }

    /// The name of a schema that nobody has, the town's usual one if possible.
    String freeSchema(String slug) {
        String usual = City.schemaOf(slug);
        return store.schemaExists(usual)
                ? java.util.stream.IntStream.rangeClosed(2, 1000)
                        .mapToObj(number -> usual + "_" + number)
                        .filter(name -> !store.schemaExists(name))
                        .findFirst()
                        .orElseThrow()
                : usual;
    }

    /// A restored schema becomes a town, in the place of another one where that is wished; its schema is still there
    /// then.
    ///
    /// @param row of `stadtkern.town` as the archive has it
    City adopt(Map<String, Object> row, String slug, String schema, Optional<City> replaced) {
        store.adopt(row, slug, schema, migrations.buildVersion(), replaced);
        replaced.ifPresent(old -> events.publishEvent(new CityRemoved(old)));
        refresh();
        City city = getBySlug(slug);
        log.info("Town '{}' restored in schema {}", city.slug(), city.schema());
        events.publishEvent(new CityCreated(city));
        return city;
    }

    /// Something done to a town.
    interface Work<T> {
        T run() throws IOException;
    }

    /// Does something while the town is closed, and then drops its schema. What an archive being written does not hold
    /// must not be acknowledged: whoever comes to this process is sent away, and the database lets nobody write.
    <T> T atItsEnd(City city, Work<T> work) throws IOException {
        beingMigrated.add(city.id());
        try (TownEnd end = TownEnd.begin(installation, city)) {
            T done = work.run();
            end.drop();
            return done;
        } catch (SQLException failed) {
            throw new IOException("'%s' could not be opened again".formatted(city.name()), failed);
        } finally {
            beingMigrated.remove(city.id());
        }
    }

    /// Removes a town for good. Its full name must be given; an archive of it is left in the data folder.
    ///
    /// @return the archive
    public Path remove(City city, String typedName) throws IOException {
        if (!typedName.equals(city.name())) {
            throw Problem.field(
                    "confirm",
                    "name-not-typed",
                    "To remove this town, type its name exactly as it is: %s".formatted(city.name()));
        }
        Path backup = atItsEnd(city, () -> {
            Path written = archive.write(city);
            events.publishEvent(new CityRemoved(city));
            store.delete(city);
            refresh();
            return written;
        });
        log.info("Town '{}' removed; its archive is {}", city.slug(), backup);
        return backup;
    }

    /// Removes a town that was made to measure something in; nothing is left of it, no archive either.
    public void discard(City city) throws IOException {
        atItsEnd(city, () -> {
            events.publishEvent(new CityRemoved(city));
            store.delete(city);
            refresh();
            return city;
        });
    }

    /// One at a time: who read the towns before a change must not publish them after whoever made the change did.
    final synchronized void refresh() {
        snapshot = Snapshot.of(store.findAll());
    }

    private void refreshForever() {
        while (true) {
            try {
                Thread.sleep(REFRESH);
                refresh();
            } catch (InterruptedException ended) {
                return;
            } catch (RuntimeException databaseAway) {
                log.debug("Towns not refreshed", databaseAway);
            }
        }
    }

    @PreDestroy
    void stop() {
        refresher.interrupt();
    }

    private record Snapshot(List<City> all, Map<String, City> bySlug, Map<String, City> byHost) {

        static Snapshot of(List<City> cities) {
            Map<String, City> bySlug = new HashMap<>();
            Map<String, City> byHost = new HashMap<>();
            for (City city : cities) {
                bySlug.put(city.slug(), city);
                city.hosts().forEach(host -> byHost.put(host, city));
            }
            return new Snapshot(List.copyOf(cities), Map.copyOf(bySlug), Map.copyOf(byHost));
        }
    }
}
