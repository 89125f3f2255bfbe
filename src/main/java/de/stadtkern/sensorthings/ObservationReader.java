package de.stadtkern.sensorthings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The way out of the store for whole Datastreams. Reads in pieces, each a statement of its own that goes on behind
/// the last row seen: however slow the receiver is, it holds no connection while it is being served.
@Service
public class ObservationReader {

    private static final int FIRST_PIECE = 100;
    private static final int LARGEST_PIECE = 5_000;

    /// Letters of what is no plain number, in one piece.
    private static final long HEAVY = 4L << 20;

    /// What is remembered of where a Datastream was while it goes out: a bus is somewhere else each time.
    private static final int FEATURES_KEPT = 10_000;

    /// What can be asked for without a border; PostgreSQL's own limits are farther out, ours are the writer's.
    static final Instant BEGINNING = Instant.parse("-4000-01-01T00:00:00Z");

    static final Instant END = Instant.parse("+200000-01-01T00:00:00Z");

    private static final NewObservation.Details NOTHING = new NewObservation.Details(null, null, null, null, null);

    private final JdbcClient jdbc;
    private final Features features;
    private final DataSets dataSets;

    ObservationReader(DataSource dataSource, Features features, DataSets dataSets) {
        this.jdbc = JdbcClient.create(dataSource);
        this.features = features;
        this.dataSets = dataSets;
    }

    /// One Observation as it stands in the store; `observation.datastreamId` is the one asked for.
    public record Row(long id, NewObservation observation) {

        private @Nullable Long featureId() {
            return observation.details() == null ? null : observation.details().featureId();
        }
    }

    /// All Observations of a Datastream that begin in this time, oldest first.
    ///
    /// @param from null: from the first one
    /// @param to   not included; null: up to the last one
    public void read(long datastreamId, @Nullable Instant from, @Nullable Instant to, Consumer<Row> sink) {
        readPieces(datastreamId, from, to, piece -> piece.forEach(sink));
    }

    private void readPieces(long datastreamId, @Nullable Instant from, @Nullable Instant to, Consumer<List<Row>> sink) {
        requireDatastream(datastreamId);
        Instant start = from == null ? BEGINNING : from;
        long id = Long.MIN_VALUE;
        int size = FIRST_PIECE;
        while (true) {
            List<Found> piece = piece(datastreamId, start, id, to == null ? END : to, size);
            sink.accept(piece.stream().map(Found::row).toList());
            if (piece.size() < size
                    && (piece.isEmpty() || piece.size() == piece.getLast().there())) {
                return;
            }
            size = Math.min(LARGEST_PIECE, size * 4);
            start = piece.getLast().row().observation().start();
            id = piece.getLast().row().id();
        }
    }

    /// @param there how many rows the piece would have if none of them were heavy
    private record Found(Row row, int there) {}

    /// Like [#read], with what was observed where that is not just the place of the Thing: in a file that goes
    /// elsewhere, ids mean nothing.
    public void readWithFeatures(
            long datastreamId,
            @Nullable Instant from,
            @Nullable Instant to,
            BiConsumer<NewObservation, @Nullable NewFeature> sink) {
        Map<Long, Optional<NewFeature>> known = new HashMap<>();
        readPieces(datastreamId, from, to, piece -> {
            if (known.size() > FEATURES_KEPT) {
                known.clear();
            }
            Set<Long> unknown = new HashSet<>();
            for (Row row : piece) {
                if (row.featureId() instanceof Long id && !known.containsKey(id)) {
                    unknown.add(id);
                }
            }
            if (!unknown.isEmpty()) {
                Map<Long, NewFeature> own = features.own(datastreamId, unknown);
                unknown.forEach(id -> known.put(id, Optional.ofNullable(own.get(id))));
            }
            for (Row row : piece) {
                sink.accept(
                        row.observation(),
                        row.featureId() instanceof Long id
                                ? known.getOrDefault(id, Optional.empty()).orElse(null)
                                : null);
            }
        });
    }

    /// Whether any of these Datastreams has two Observations that begin at the same time. Reads an index, up to the
    /// first such pair.
    public boolean hasTwins(Collection<Long> datastreamIds) {
        return datastreamIds.stream()
                .anyMatch(id -> jdbc.sql("""
                    select exists (select from observation where datastream_id = ? group by phenomenon_start having count(*) > 1)
                    """).param(id).query(Boolean.class).single());
    }

    private void requireDatastream(long datastreamId) {
        boolean there = jdbc.sql("select exists (select from datastream where id = ? and not hidden%s)"
                        .formatted(dataSets.closed().andNot("data_set_id")))
                .param(datastreamId)
                .query(Boolean.class)
                .single();
        if (!there) {
            throw new DatastreamUnknown(datastreamId);
        }
    }

    /// So many rows, or fewer where they are heavy: a result may be a text of megabytes, and a piece is in memory as a
    /// whole.
    private List<Found> piece(long datastreamId, Instant start, long afterId, Instant to, int size) {
        return jdbc.sql("""
            select id, datastream_id, phenomenon_start, phenomenon_end, result_time, result, result_json::text, feature_id,
              valid_start, valid_end, result_quality::text, parameters::text, there
            from (
              select o.*, count(*) over () as there, sum(coalesce(length(result_json::text), 0)
                + coalesce(length(result_quality::text), 0) + coalesce(length(parameters::text), 0))
                over (order by phenomenon_start, id rows between unbounded preceding and 1 preceding) as before
              from (
                select * from observation
                where datastream_id = :datastream and phenomenon_start >= :start and phenomenon_start < :to
                  and (phenomenon_start, id) > (:start, :after)
                order by phenomenon_start, id limit :piece
              ) o
            ) o where before is null or before <= :heavy order by phenomenon_start, id
            """)
                .param("datastream", datastreamId)
                .param("start", start.atOffset(ZoneOffset.UTC))
                .param("after", afterId)
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("piece", size)
                .param("heavy", HEAVY)
                .query((row, number) -> new Found(row(row), row.getInt("there")))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        long feature = row.getLong("feature_id");
        var details = new NewObservation.Details(
                row.wasNull() ? null : feature,
                instant(row, "valid_start"),
                instant(row, "valid_end"),
                row.getString("result_quality"),
                row.getString("parameters"));
        boolean plain = details.equals(NOTHING);
        return new Row(
                row.getLong("id"),
                new NewObservation(
                        row.getLong("datastream_id"),
                        row.getObject("phenomenon_start", OffsetDateTime.class).toInstant(),
                        instant(row, "phenomenon_end"),
                        instant(row, "result_time"),
                        row.getDouble("result"),
                        row.getString("result_json"),
                        plain ? null : details));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }
}
