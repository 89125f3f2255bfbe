package de.stadtkern.sources;

import de.stadtkern.city.CityContext;
import de.stadtkern.connect.MessageReader;
import de.stadtkern.connect.MessageReading;
import de.stadtkern.connect.MessageReading.Channel;
import de.stadtkern.connect.RunningTotal;
import de.stadtkern.connect.SourceMapping;
import de.stadtkern.connect.SourceRow;
import de.stadtkern.connect.SourceTargets;
import de.stadtkern.sensorthings.DatastreamUnknown;
import de.stadtkern.sensorthings.Entry;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Takes messages of sources, whichever way they come. The rows of a message, its keys, the running totals and what
/// became of it are written in one transaction: a message that was acknowledged is there, and one that comes again
/// changes nothing.
@Service
class Messages {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TRIES = 20;
    private static final int MOST_MAPPINGS = 500;
    private static final int MOST_DEVICES = 50_000;

    private final MessageStore store;
    private final SourceTargets targets;
    private final ObservationWriter writer;
    private final TransactionTemplate transaction;
    private final DataSource dataSource;
    private final Map<String, SourceMapping> mappings = new ConcurrentHashMap<>();
    private final Map<Target, Long> datastreams = new ConcurrentHashMap<>();
    private final Map<Turn, ReentrantLock> turns = new ConcurrentHashMap<>();

    Messages(
            MessageStore store,
            SourceTargets targets,
            ObservationWriter writer,
            TransactionTemplate transaction,
            DataSource dataSource) {
        this.store = store;
        this.targets = targets;
        this.writer = writer;
        this.transaction = transaction;
        this.dataSource = dataSource;
    }

    private record Turn(long town, long source) {}

    /// Of which mapping, because another one may mean another Datastream by the same key.
    private record Target(long town, String mapping, String device, int value) {}

    Message take(Source source, String text) {
        return inTurn(source, () -> take(source, text, Instant.now(), 0));
    }

    /// Once more, as it was kept, with the mapping as it is now.
    Message again(Source source, Message message) {
        return inTurn(source, () -> take(source, message.body(), message.received(), message.id()));
    }

    /// One after the other in this process; of two processes the second notices and begins anew.
    private Message inTurn(Source source, java.util.function.Supplier<Message> work) {
        ReentrantLock turn =
                turns.computeIfAbsent(new Turn(CityContext.current().id(), source.id()), _ -> new ReentrantLock());
        turn.lock();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return work.get();
                } catch (MessageStore.Overtaken overtaken) {
                    if (attempt == TRIES) {
                        throw overtaken;
                    }
                } catch (DatastreamUnknown deleted) {
                    // Somebody has deleted a Datastream that was remembered here.
                    datastreams.clear();
                    if (attempt > 2) {
                        throw deleted;
                    }
                }
            }
        } finally {
            turn.unlock();
        }
    }

    SourceMapping mapping(String yaml) {
        SourceMapping known = mappings.get(yaml);
        if (known != null) {
            return known;
        }
        if (mappings.size() > MOST_MAPPINGS) {
            mappings.clear();
        }
        SourceMapping read = SourceMapping.read(yaml);
        mappings.put(yaml, read);
        return read;
    }

    private Message take(Source source, String text, Instant received, long again) {
        SourceMapping mapping = mapping(source.wish().mapping());
        long version = store.version(source.id());
        MessageReading reading = MessageReader.read(mapping, text, received, new Known(source.id(), again));
        List<NewObservation> rows = observations(mapping, reading, received);
        AtomicLong id = new AtomicLong();
        int written = 0;
        for (int from = 0; from < rows.size(); from += ObservationWriter.MOST) {
            int to = Math.min(rows.size(), from + ObservationWriter.MOST);
            List<NewObservation> part = rows.subList(from, to);
            int before = written;
            // Parts of a long table are written one by one: they are the same rows whenever it is understood, so that
            // only the last one says that it is done.
            ObservationWriter.Along along = to < rows.size()
                    ? null
                    : (connection, _, _, created) -> id.set(record(
                            connection, source, version, again, message(received, reading, before + created), reading));
            for (long created : writer.write(part, mapping.duplicates(), Entry.SOURCE, along)) {
                written += created == 0 ? 0 : 1;
            }
        }
        if (rows.isEmpty()) {
            id.set(recordAlone(source, version, again, message(received, reading, 0), reading));
        }
        return withId(id.get(), source.id(), message(received, reading, written));
    }

    private long recordAlone(Source source, long version, long again, Message message, MessageReading reading) {
        Long id = transaction.execute(_ -> {
            Connection connection = DataSourceUtils.getConnection(dataSource);
            try {
                return record(connection, source, version, again, message, reading);
            } catch (SQLException failed) {
                throw new IllegalStateException("A message could not be remembered", failed);
            } finally {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        });
        return java.util.Objects.requireNonNull(id);
    }

    private static long record(
            Connection connection, Source source, long version, long again, Message message, MessageReading reading)
            throws SQLException {
        return MessageStore.write(connection, source.id(), version, again, message, reading);
    }

    private static Message message(Instant received, MessageReading reading, int written) {
        return new Message(
                0,
                0,
                received,
                reading.kept(),
                Message.Outcome.of(reading),
                reading.rows().size(),
                written,
                reading.repeated(),
                reading.left(),
                reading.beginnings(),
                reading.refusals());
    }

    private static Message withId(long id, long source, Message message) {
        return new Message(
                id,
                source,
                message.received(),
                message.body(),
                message.outcome(),
                message.rows(),
                message.written(),
                message.repeated(),
                message.left(),
                message.begun(),
                message.refusals());
    }

    private List<NewObservation> observations(SourceMapping mapping, MessageReading reading, Instant received) {
        Map<String, Set<Integer>> wanted = new HashMap<>();
        reading.rows()
                .forEach(row -> wanted.computeIfAbsent(row.device(), _ -> new HashSet<>())
                        .add(row.value()));
        Map<String, Map<Integer, Long>> ids = new HashMap<>();
        wanted.forEach((device, values) -> ids.put(device, datastreams(mapping, device, values)));
        List<NewObservation> rows = new ArrayList<>();
        for (SourceRow row : reading.rows()) {
            long datastream = java.util.Objects.requireNonNull(
                    ids.getOrDefault(row.device(), Map.of()).get(row.value()));
            rows.add(new NewObservation(
                    datastream, row.start(), row.end(), received, row.number(), null, details(row.quality())));
        }
        return rows;
    }

    private static NewObservation.@Nullable Details details(Map<String, Object> quality) {
        return quality.isEmpty()
                ? null
                : new NewObservation.Details(null, null, null, JSON.writeValueAsString(quality), null);
    }

    private Map<Integer, Long> datastreams(SourceMapping mapping, String device, Set<Integer> values) {
        long town = CityContext.current().id();
        String which = mapping.text();
        Map<Integer, Long> found = new HashMap<>();
        Set<Integer> missing = new HashSet<>();
        for (int value : values) {
            Long known = datastreams.get(new Target(town, which, device, value));
            if (known == null) {
                missing.add(value);
            } else {
                found.put(value, known);
            }
        }
        if (!missing.isEmpty()) {
            if (datastreams.size() > MOST_DEVICES) {
                datastreams.clear();
            }
            targets.datastreams(mapping, device, missing).forEach((value, id) -> {
                datastreams.put(new Target(town, which, device, value), id);
                found.put(value, id);
            });
        }
        return found;
    }

    private final class Known implements MessageReading.Known {
        private final long source;
        private final long again;

        Known(long source, long again) {
            this.source = source;
            this.again = again;
        }

        @Override
        public @Nullable RunningTotal total(Channel channel) {
            Optional<RunningTotal> total = store.total(source, channel);
            return total.orElse(null);
        }

        @Override
        public boolean hasSeen(String key) {
            return store.hasSeen(source, key, again);
        }
    }
}
