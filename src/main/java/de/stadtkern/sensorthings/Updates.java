package de.stadtkern.sensorthings;

import de.stadtkern.identity.Machines;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Closed;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestParser;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What is new in a town, as messages about resources somebody wants to hear of (OGC 18-088, chapter 14): entities
/// that were created or changed, by whom and in which process ever.
@Service
public class Updates {

    /// So many Observations are read at a time.
    private static final int SLICE = 2_000;
    /// What a key may see was looked up so long ago at most.
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final PublicAddress address;
    private final DataSets dataSets;
    private final Machines machines;

    Updates(DataSource dataSource, PublicAddress address, DataSets dataSets, Machines machines) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.address = address;
        this.dataSets = dataSets;
        this.machines = machines;
    }

    /// A resource to hear of: a set, an entity, a property. Two of one text are the same.
    public static final class Subject {

        private final String text;
        private final Request request;

        private Subject(String text, Request request) {
            this.text = text;
            this.request = request;
        }

        Request request() {
            return request;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subject subject && subject.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// A resource, as somebody may see it.
    ///
    /// @param key number of the API key they came with; empty for whoever has none
    public record Wanted(Subject subject, OptionalLong key) {}

    /// @param body an entity, what was selected of it, or a property with its name
    public record Message(Wanted wanted, byte[] body) {

        @SuppressWarnings("ArrayRecordComponent")
        public Message {}
    }

    /// Reads what follows `v1.1/`; throws if it is no resource, or says more than a message can be.
    ///
    /// @param query behind the question mark: `$select`, `$expand`, `$filter`
    public static Subject subject(String path, String query) {
        Request request = RequestParser.parse(path, query.isEmpty() ? null : query);
        switch (request) {
            case Request.EntitySet(var _, var options) -> requireAboutOne(options);
            case Request.Entity _, Request.PropertyOf _ -> {}
            case Request.References _, Request.Applied _, Request.Count _, Request.Downsampled _ ->
                throw notPossible("References and summaries are asked for over HTTP; a message is an entity.");
        }
        return new Subject(query.isEmpty() ? path : path + "?" + query, request);
    }

    private static void requireAboutOne(Request.Options options) {
        boolean isAboutSet = options.top().isPresent()
                || options.skip() > 0
                || options.count()
                || !options.orderBy().isEmpty()
                || options.after() != null
                || options.format() != Request.Format.JSON;
        if (isAboutSet) {
            throw notPossible("A message is one entity: possible are $select, $expand, $filter and $resultMetadata.");
        }
    }

    private static Problem notPossible(String text) {
        return new Problem(Problem.Kind.NOT_OFFERED, "topic-not-possible", text, Map.of("topic", "options"));
    }

    /// Begins to follow the bound town: what is committed from now on. To be used by one thread, in that town.
    public Follower follow() {
        return new Follower(new ChangeReader(jdbc));
    }

    /// Somebody's place in the change log.
    public final class Follower {

        private final ChangeReader reader;
        private final Deque<Change> waiting = new ArrayDeque<>();
        private Map<Long, Closed> closed = Map.of();
        private Set<Long> lookedUp = Set.of();
        private long lookedUpAt;

        private Follower(ChangeReader reader) {
            this.reader = reader;
        }

        /// The next messages for these, about as many as [#hasMore] lets expect; empty if there is nothing new. What
        /// fails is tried again the next time. Whose key is good no longer is told nothing.
        public List<Message> next(Collection<Wanted> wanted) {
            if (waiting.isEmpty()) {
                waiting.addAll(reader.read());
            }
            List<Change> slice = slice();
            List<Message> messages = new ArrayList<>();
            if (!slice.isEmpty()) {
                views(wanted).forEach((view, those) -> messages.addAll(view.call(() -> messages(slice, those))));
            }
            slice.forEach(change -> waiting.removeFirst());
            return messages;
        }

        /// What different people may see alike is read once, however many they are.
        private Map<Closed, List<Wanted>> views(Collection<Wanted> wanted) {
            lookUp(wanted.stream()
                    .flatMapToLong(one -> one.key().stream())
                    .boxed()
                    .collect(Collectors.toSet()));
            Closed toAll = dataSets.closed();
            Map<Closed, List<Wanted>> views = new HashMap<>();
            for (Wanted one : wanted) {
                Closed view = one.key().isPresent() ? closed.get(one.key().getAsLong()) : toAll;
                if (view != null) {
                    views.computeIfAbsent(view, _ -> new ArrayList<>()).add(one);
                }
            }
            return views;
        }

        private void lookUp(Set<Long> keys) {
            long now = System.nanoTime();
            if (now - lookedUpAt > FRESH_NANOS || !lookedUp.containsAll(keys)) {
                closed = machines.asEach(keys, dataSets::closed);
                lookedUp = keys;
                lookedUpAt = now;
            }
        }

        private List<Message> messages(List<Change> slice, List<Wanted> wanted) {
            Map<Subject, List<Wanted>> subjects = wanted.stream().collect(Collectors.groupingBy(Wanted::subject));
            List<Message> messages = new ArrayList<>();
            for (ChangedRows.Told told : new ChangedRows(dataSource, address.root(), slice).told(subjects.keySet())) {
                for (Wanted one : subjects.getOrDefault(told.subject(), List.of())) {
                    messages.add(new Message(one, told.body()));
                }
            }
            return messages;
        }

        /// Whether more is known already.
        public boolean hasMore() {
            return !waiting.isEmpty();
        }

        private List<Change> slice() {
            List<Change> slice = new ArrayList<>();
            long observations = 0;
            for (Change change : waiting) {
                observations += change.observations();
                if (!slice.isEmpty() && observations > SLICE) {
                    break;
                }
                slice.add(change);
            }
            return slice;
        }
    }
}
