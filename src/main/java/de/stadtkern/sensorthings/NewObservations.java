package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// New Observations straight from the parser to the [ObservationWriter]: one per request, or many in data arrays.
@Component
class NewObservations {

    private static final int ROWS_AT_ONCE = 2_000;

    private final ObservationWriter writer;
    private final DataSource dataSource;

    NewObservations(ObservationWriter writer, DataSource dataSource) {
        this.writer = writer;
        this.dataSource = dataSource;
    }

    void requireKind(EntityType type, long datastreamId) {
        try (Connection connection = ChangeSet.connection(dataSource)) {
            MultiDatastreams.requireKind(connection, type, datastreamId);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// The id, or 0 if one was there and is kept.
    long create(NewObservation observation, Duplicates rule, Entry entry) {
        return writer.write(List.of(observation), rule, entry)[0];
    }

    /// @param owner what the caller said the Observation belongs to
    record Parsed(NewObservation observation, EntityType owner) {

        /// Whether a look is needed if the caller was right: an array may be an Observation of either.
        boolean isDoubtful() {
            String json = observation.json();
            return owner == EntityType.MULTI_DATASTREAM || json != null && json.startsWith("[");
        }
    }

    /// One Observation that links to what exists; null if the body describes new entities too, which is the business
    /// of [EntityBody]. This is the hot path: one pass, no tree.
    ///
    /// @param datastreamId from the address; null if the body has to say it
    /// @param given        what the address says it belongs to
    static @Nullable Parsed parse(byte[] body, @Nullable Long datastreamId, EntityType given) {
        try (JsonParser parser = RequestBody.JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            ObservationFields fields = new ObservationFields();
            Long datastream = datastreamId;
            EntityType owner = given;
            Long feature = null;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                boolean isMulti = name.equals("MultiDatastream");
                boolean isDatastream = isMulti || name.equals("Datastream");
                if (isDatastream || name.equals("FeatureOfInterest")) {
                    long id = link(parser);
                    if (id < 0 || isDatastream && datastream != null) {
                        return null;
                    }
                    owner = isMulti ? EntityType.MULTI_DATASTREAM : owner;
                    datastream = isDatastream ? Long.valueOf(id) : datastream;
                    feature = isDatastream ? feature : Long.valueOf(id);
                } else if (name.contains("@iot.")) {
                    parser.skipChildren();
                } else if (!fields.accept(name, parser)) {
                    return null;
                }
            }
            if (parser.nextToken() != null || datastream == null) {
                return null;
            }
            return new Parsed(fields.observation(datastream, feature), owner);
        } catch (JacksonException malformed) {
            throw RequestBody.malformed(malformed);
        }
    }

    /// The id of `{"@iot.id": 1}`, -1 for anything else.
    private static long link(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT || !"@iot.id".equals(parser.nextName())) {
            return -1;
        }
        if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return -1;
        }
        long id = parser.getLongValue();
        return parser.nextToken() == JsonToken.END_OBJECT ? id : -1;
    }

    /// The action CreateObservations: answers an array with an address or a reason for each row, in their order.
    Spool createMany(InputStream body, Duplicates rule, String root) {
        Rows rows = new Rows(rule, root);
        try (JsonParser parser = RequestBody.JSON.createParser(ObjectReadContext.empty(), body)) {
            new DataArrays(parser, rows).read();
            return rows.finish();
        } catch (RuntimeException failed) {
            rows.answer.clear();
            throw failed instanceof JacksonException malformed ? RequestBody.malformed(malformed) : failed;
        }
    }

    /// Gathers rows for one write and keeps the answers in order.
    final class Rows {

        private final Duplicates rule;
        private final String root;
        /// A link for each row: with the shortest rows it is ten times the request.
        private final Spool answer = new Spool();
        private final JsonGenerator json = RequestBody.JSON.createGenerator(ObjectWriteContext.empty(), answer);
        private final List<Object> waiting = new ArrayList<>();
        private EntityType owner = EntityType.DATASTREAM;
        private long looked;

        Rows(Duplicates rule, String root) {
            this.rule = rule;
            this.root = root;
            json.writeStartArray();
        }

        /// Rows that follow are said to be of a Datastream or of a MultiDatastream.
        void begin(EntityType type) {
            owner = type;
            looked = 0;
        }

        void add(NewObservation observation) {
            if (observation.datastreamId() != looked && new Parsed(observation, owner).isDoubtful()) {
                requireKind(owner, observation.datastreamId());
                looked = observation.datastreamId();
            }
            waiting.add(observation);
            writeIfMany();
        }

        void refuse(String reason) {
            waiting.add(reason);
            writeIfMany();
        }

        private void writeIfMany() {
            if (waiting.size() == ROWS_AT_ONCE) {
                write();
            }
        }

        private void write() {
            List<NewObservation> observations = new ArrayList<>();
            for (Object row : waiting) {
                if (row instanceof NewObservation observation) {
                    observations.add(observation);
                }
            }
            long[] ids = writeAll(observations);
            if (ids == null) {
                return;
            }
            int at = 0;
            for (Object row : waiting) {
                if (row instanceof NewObservation) {
                    answer(ids[at++]);
                } else {
                    json.writeString("error: " + row);
                }
            }
            waiting.clear();
        }

        private void answer(long id) {
            json.writeString(id == 0 ? "ignored" : EntityJson.selfLink(root, EntityType.OBSERVATION, id));
        }

        /// All at once; null if one of them was refused and this has begun again without it.
        private long @Nullable [] writeAll(List<NewObservation> observations) {
            try {
                return writer.write(observations, rule);
            } catch (DatastreamUnknown unknown) {
                Object id = unknown.facts().get("datastream");
                waiting.replaceAll(row -> row instanceof NewObservation observation
                                && Long.valueOf(observation.datastreamId()).equals(id)
                        ? String.valueOf(unknown.getMessage())
                        : row);
                write();
                return null;
            } catch (Problem refused) {
                requireAboutTheRow(refused);
                waiting.replaceAll(row -> row instanceof NewObservation observation ? tried(observation) : row);
                waiting.forEach(this::answerTried);
                waiting.clear();
                return null;
            }
        }

        /// One by one, because nobody knows which of them was refused: its id, or the reason.
        private Object tried(NewObservation observation) {
            try {
                return create(observation, rule, Entry.API);
            } catch (Problem refused) {
                requireAboutTheRow(refused);
                return String.valueOf(refused.getMessage());
            }
        }

        private void answerTried(Object row) {
            if (row instanceof Long id) {
                answer(id);
            } else {
                json.writeString("error: " + row);
            }
        }

        /// A full disk or a database that is away is no fault of a row: the whole request fails and may be sent
        /// again.
        private static void requireAboutTheRow(Problem refused) {
            switch (refused.kind()) {
                case INVALID, MISSING, CONFLICTING -> {}
                case UNAUTHENTICATED,
                        FORBIDDEN,
                        METHOD,
                        PRECONDITION,
                        TOO_LARGE,
                        MEDIA_TYPE,
                        NOT_OFFERED,
                        UNAVAILABLE,
                        TOO_MANY,
                        FULL -> throw refused;
            }
        }

        Spool finish() {
            write();
            json.writeEndArray();
            json.close();
            return answer;
        }
    }
}
