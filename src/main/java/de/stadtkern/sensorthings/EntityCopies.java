package de.stadtkern.sensorthings;

import de.stadtkern.identity.Rights;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.ResourcePath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The front door for a copy of another service: entities come in with what they are called there, and stay known under
/// it. Everything is written together with how far the copy is. For commands; it asks for no rights.
@Service
public class EntityCopies {

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final EntityWriter writer;
    private final ObservationWriter observations;
    private final Rights rights;
    private final DataSets dataSets;

    EntityCopies(
            DataSource dataSource,
            EntityWriter writer,
            ObservationWriter observations,
            Rights rights,
            DataSets dataSets) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.writer = writer;
        this.observations = observations;
        this.rights = rights;
        this.dataSets = dataSets;
    }

    /// An entity as it is to be made here.
    ///
    /// @param remoteId what it is called there
    /// @param body     its properties, and links to entities that are here
    public record Copy(String remoteId, ObjectNode body) {}

    /// How far the Observations of a Datastream are.
    ///
    /// @param nextPage empty: all were there when it was last looked
    /// @param last     when the last of them begins; null if there was none
    public record Progress(String nextPage, @Nullable Instant last) {}

    /// The ids here by those there.
    public Map<String, Long> known(String source, String entity) {
        Map<String, Long> known = new HashMap<>();
        jdbc.sql("select remote_id, id from copied_entity where source = ? and entity = ?")
                .params(source, entity)
                .query(row -> {
                    known.put(row.getString(1), row.getLong(2));
                });
        return known;
    }

    /// Makes all of them or none, and adds them to what is known.
    public void create(String source, String entity, List<Copy> copies, Map<String, Long> known) {
        EntityType type = EntityType.findBySet(entity).orElseThrow();
        Map<String, Long> made = new HashMap<>();
        inChangeSet(() -> {
            for (Copy copy : copies) {
                byte[] body = EntityBody.MAPPER.writeValueAsBytes(copy.body);
                ResourcePath path = new ResourcePath(List.of(new ResourcePath.Step(type, null, OptionalLong.empty())));
                long id = writer.create(path, body, Duplicates.BY_DATASTREAM).id();
                remember(source, entity, copy.remoteId, id);
                made.put(copy.remoteId, id);
            }
            return true;
        });
        known.putAll(made);
    }

    private void inChangeSet(ChangeSet.Work work) {
        rights.asOperator(() -> dataSets.seeingAll(() -> {
            try {
                ChangeSet.run(dataSource, work);
                return true;
            } catch (SQLException failed) {
                throw EntityReader.unanswerable(failed);
            }
        }));
    }

    private void remember(String source, String entity, String remoteId, long id) {
        try (Connection connection = ChangeSet.connection(dataSource);
                PreparedStatement statement = connection.prepareStatement(
                        "insert into copied_entity (source, entity, remote_id, id) values (?, ?, ?, ?)")) {
            statement.setString(1, source);
            statement.setString(2, entity);
            statement.setString(3, remoteId);
            statement.setLong(4, id);
            statement.executeUpdate();
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// Where a Thing is; since when, its history says, which is copied too.
    public void place(long thing, long location) {
        jdbc.sql("insert into thing_location (thing_id, location_id) values (?, ?) on conflict do nothing")
                .params(thing, location)
                .update();
    }

    public Optional<Progress> progress(long datastream) {
        return jdbc.sql("""
            select c.next_page, coalesce(c.last_start, s.last_start)
            from copied_observations c left join datastream_state s on s.datastream_id = c.datastream_id
            where c.datastream_id = ?
            """)
                .param(datastream)
                .query((row, number) -> {
                    String next = row.getString(1);
                    OffsetDateTime last = row.getObject(2, OffsetDateTime.class);
                    return new Progress(next == null ? "" : next, last == null ? null : last.toInstant());
                })
                .optional();
    }

    /// How many Observations of it are here that begin at this moment.
    public long countAt(long datastream, Instant moment) {
        return count(datastream, "=", moment);
    }

    public long countBefore(long datastream, Instant moment) {
        return count(datastream, "<", moment);
    }

    private long count(long datastream, String relation, Instant moment) {
        return jdbc.sql("select count(*) from observation where datastream_id = ? and phenomenon_start " + relation
                        + " ?")
                .params(datastream, moment.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /// One Observation as another service shows it.
    ///
    /// @param feature null: it has none there
    public NewObservation read(long datastream, @Nullable Long feature, JsonNode json) {
        ObservationFields fields = new ObservationFields();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            boolean isNothing = member.getValue().isNull() && !member.getKey().equals("result");
            if (!isNothing) {
                try (JsonParser parser = member.getValue().traverse(ObjectReadContext.empty())) {
                    parser.nextToken();
                    fields.accept(member.getKey(), parser);
                }
            }
        }
        return fields.observation(datastream, feature);
    }

    /// Writes a page of Observations together with where the next one is.
    ///
    /// @param nextPage null: this was the last
    public void write(long datastream, List<NewObservation> page, @Nullable String nextPage) {
        if (page.isEmpty()) {
            jdbc.sql(PROGRESS)
                    .param(1, datastream)
                    .param(2, nextPage, Types.VARCHAR)
                    .param(3, 0L)
                    .param(4, null, Types.TIMESTAMP_WITH_TIMEZONE)
                    .update();
            return;
        }
        if (page.size() > ObservationWriter.MOST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "page-too-large",
                    "A page has at most %d.".formatted(ObservationWriter.MOST));
        }
        OffsetDateTime last = page.stream()
                .map(NewObservation::start)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .atOffset(ZoneOffset.UTC);
        observations.write(page, Duplicates.INSERT, Entry.FILE, (connection, rows, first, created) -> {
            try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
                statement.setLong(1, datastream);
                statement.setString(2, nextPage);
                statement.setLong(3, created);
                statement.setObject(4, last);
                statement.executeUpdate();
            }
        });
    }

    /// Writes those of a page that are not here yet, and returns how many these were.
    public int fill(List<NewObservation> page) {
        long[] ids = observations.write(page, Duplicates.IGNORE, Entry.FILE);
        return (int) Arrays.stream(ids).filter(id -> id != 0).count();
    }

    private static final String PROGRESS = """
        insert into copied_observations as c (datastream_id, next_page, copied, last_start) values (?, ?, ?, ?)
        on conflict (datastream_id) do update set next_page = excluded.next_page, copied = c.copied + excluded.copied,
          last_start = greatest(c.last_start, excluded.last_start)
        """;
}
