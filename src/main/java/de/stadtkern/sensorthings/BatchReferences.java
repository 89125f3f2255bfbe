package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of the requests of a batch, by the names later ones call them.
final class BatchReferences {

    private final Map<String, String> made = new HashMap<>();
    private final Set<String> failed = new HashSet<>();

    /// For the requests of a change set: what they made is there for the others only after its commit.
    BatchReferences copy() {
        BatchReferences copy = new BatchReferences();
        copy.add(this);
        return copy;
    }

    void add(BatchReferences others) {
        made.putAll(others.made);
        failed.addAll(others.failed);
    }

    /// @param address such as `Things(5)`
    void made(String id, String address) {
        if (!id.isEmpty()) {
            made.put(id, address);
        }
    }

    void failed(String id) {
        if (!id.isEmpty()) {
            failed.add(id);
        }
    }

    /// The address of what a request made; null if no request before has that name, or it made nothing.
    @Nullable
    String address(String id) {
        if (failed.contains(id)) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "batch-reference-failed",
                    "Request %s, which this one names as '$%s', has failed.".formatted(id, id),
                    Map.of("reference", id));
        }
        return made.get(id);
    }
}
