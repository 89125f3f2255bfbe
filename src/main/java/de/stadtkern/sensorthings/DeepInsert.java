package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewEntity.Link;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.TimePeriod;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Writes a new entity and whatever its body describes around it, all in one transaction.
///
/// To-one links come first, because the row names them; then the row; then what hangs on it.
final class DeepInsert {

    /// The entity whose set a new one was posted to.
    record Given(Relation relation, long parentId) {}

    private static final Relation OF_DATASTREAM =
            EntityType.OBSERVATION.findRelation("Datastream").orElseThrow();

    private final NewEntity entity;
    private final @Nullable Given given;
    private final Duplicates rule;
    private final DatastreamDirectory directory;
    private final Partitions partitions;
    private final Set<InlineObservations.Observed> observed = new HashSet<>();

    DeepInsert(
            NewEntity entity,
            @Nullable Given given,
            Duplicates rule,
            DatastreamDirectory directory,
            Partitions partitions) {
        this.entity = entity;
        this.given = given;
        this.rule = rule;
        this.directory = directory;
        this.partitions = partitions;
    }

    /// Partitions are made in a transaction of their own, so that no reader waits for this one.
    void before(Connection connection) throws SQLException {
        Set<Integer> slots = new HashSet<>();
        collectYears(entity, slots);
        if (!slots.isEmpty()) {
            partitions.require(CityContext.current(), connection, slots);
        }
    }

    private void collectYears(NewEntity some, Set<Integer> slots) {
        if (some.type() == EntityType.OBSERVATION) {
            Instant start = Instant.now();
            for (var value : some.values().entrySet()) {
                JsonNode time = value.getValue();
                if (value.getKey().name().equals("phenomenonTime") && time.isString()) {
                    start = TimePeriod.parse(time.asString()).start();
                }
            }
            slots.add(partitions.slotOf(start));
        }
        some.links()
                .values()
                .forEach(links -> links.forEach(link -> {
                    if (link instanceof Link.Inline(var inner)) {
                        collectYears(inner, slots);
                    }
                }));
    }

    long run(Connection connection) throws SQLException {
        observed.clear();
        return insert(connection, entity, given);
    }

    /// Features are met after the commit, where other writers can see them.
    void after(Connection connection) throws SQLException {
        directory.forget(CityContext.current());
        for (InlineObservations.Observed pair : observed) {
            directory.requireFeature(CityContext.current(), connection, pair.datastreamId(), pair.featureId());
        }
    }

    private long insert(Connection connection, NewEntity some, @Nullable Given parent) throws SQLException {
        if (some.type() == EntityType.OBSERVATION) {
            return insertObservation(connection, some, parent);
        }
        EntityRow row = EntityRow.of(some);
        for (Relation relation : some.type().relations()) {
            if (relation.join() instanceof Join.Names(var column)) {
                row.add(column, require(relation, one(connection, some, relation, parent)));
            }
        }
        if (some.type() == EntityType.MULTI_DATASTREAM) {
            row.add("observation_type", MultiDatastreams.COMPLEX);
        }
        long id = row.insert(connection);
        if (some.type().isSeries()) {
            Links.startTotals(connection, id);
            Links.joinDataSet(connection, id);
        }
        if (parent != null && parent.relation().join() instanceof Join.Pairs pairs) {
            Links.pair(connection, pairs, parent.parentId(), id);
        }
        for (Relation relation : inOrder(some.type())) {
            attach(connection, some, relation, id, parent);
        }
        Links.followLocations(connection, some, id, parent);
        return id;
    }

    /// Pairs before what names the row: Observations come when it is whole.
    private static List<Relation> inOrder(EntityType type) {
        return type.relations().stream()
                .sorted(Comparator.comparing(relation -> relation.target() == EntityType.OBSERVATION))
                .toList();
    }

    /// What hangs on a new row: pairs, and entities that name it.
    private void attach(Connection connection, NewEntity some, Relation relation, long id, @Nullable Given parent)
            throws SQLException {
        List<Link> links = some.links(relation);
        if (links.isEmpty()
                && relation.isMandatory()
                && relation.join() instanceof Join.Pairs
                && !isGiven(relation, parent)) {
            throw missing(relation);
        }
        if (relation.target() == EntityType.OBSERVATION) {
            if (some.type() == EntityType.MULTI_DATASTREAM) {
                MultiDatastreams.requireWhole(connection, id);
            }
            insertObservations(connection, relation, links, id);
            return;
        }
        for (Link link : links) {
            switch (relation.join()) {
                case Join.Names _, Join.Observed _, Join.Newest _ -> {}
                case Join.Pairs pairs -> Links.pair(connection, pairs, id, target(connection, relation, link));
                case Join.NamedBy(var column) -> {
                    switch (link) {
                        case Link.Existing(var target) -> Links.rename(connection, relation, column, id, target);
                        case Link.Inline(var inner) -> insert(connection, inner, new Given(relation, id));
                    }
                }
            }
        }
    }

    private static boolean isGiven(Relation relation, @Nullable Given parent) {
        return parent != null && parent.relation().source() == relation.target();
    }

    /// The target of a to-one relation: the entity it was posted to, or what the body says; null if neither does.
    private @Nullable Long one(Connection connection, NewEntity some, Relation relation, @Nullable Given parent)
            throws SQLException {
        List<Link> links = some.links(relation);
        if (!isGiven(relation, parent) || parent == null) {
            return links.isEmpty() ? null : (Long) target(connection, relation, links.getFirst());
        }
        if (!links.isEmpty() && !links.getFirst().equals(new Link.Existing(parent.parentId()))) {
            throw EntityBody.wrong(
                    relation.name(),
                    "link-twice",
                    "The address says which %s it belongs to; leave '%s' out of the body."
                            .formatted(relation.target().entity(), relation.name()));
        }
        return parent.parentId();
    }

    private long target(Connection connection, Relation relation, Link link) throws SQLException {
        return switch (link) {
            case Link.Existing(var id) -> Links.requireTarget(connection, relation.target(), id);
            case Link.Inline(var inner) -> insert(connection, inner, null);
        };
    }

    private static long require(Relation relation, @Nullable Long id) {
        if (id == null) {
            throw missing(relation);
        }
        return id;
    }

    private static Problem missing(Relation relation) {
        return EntityBody.wrong(
                relation.name(),
                "link-missing",
                "%s %s needs its %s: {\"%s\": %s} or a new one in its place."
                        .formatted(
                                relation.source().entity().startsWith("O") ? "An" : "A",
                                relation.source().entity(),
                                relation.name(),
                                relation.name(),
                                relation.isToMany() ? "[{\"@iot.id\": …}]" : "{\"@iot.id\": …}"));
    }

    private long insertObservation(Connection connection, NewEntity some, @Nullable Given parent) throws SQLException {
        long id = inline(connection, List.of(some), parent)[0];
        if (id == 0) {
            throw EntityWriter.observationExists();
        }
        return id;
    }

    private void insertObservations(Connection connection, Relation relation, List<Link> links, long id)
            throws SQLException {
        if (links.stream().anyMatch(Link.Existing.class::isInstance)) {
            throw EntityBody.wrong(
                    relation.name(),
                    "link-not-possible",
                    "Existing Observations cannot be moved to a new %s."
                            .formatted(relation.source().entity()));
        }
        List<NewEntity> inner =
                links.stream().map(link -> ((Link.Inline) link).entity()).toList();
        inline(connection, inner, new Given(relation, id));
    }

    private long[] inline(Connection connection, List<NewEntity> some, @Nullable Given parent) throws SQLException {
        InlineObservations observations = new InlineObservations(connection, rule);
        for (NewEntity one : some) {
            Long datastream = null;
            Long feature = null;
            for (Relation relation : EntityType.OBSERVATION.relations()) {
                Long id = one(connection, one, relation, parent);
                if (relation.target() == EntityType.FEATURE_OF_INTEREST) {
                    feature = id;
                } else if (id != null) {
                    datastream = requireOnly(relation, datastream, id);
                }
            }
            if (datastream == null) {
                throw missing(OF_DATASTREAM);
            }
            observations.add(one, datastream, feature);
        }
        long[] ids = observations.write();
        observed.addAll(observations.observed());
        return ids;
    }

    private static long requireOnly(Relation relation, @Nullable Long before, long id) {
        if (before != null) {
            throw EntityBody.wrong(
                    relation.name(),
                    "link-twice",
                    "An Observation belongs to a Datastream or to a MultiDatastream, not to both.");
        }
        return id;
    }
}
