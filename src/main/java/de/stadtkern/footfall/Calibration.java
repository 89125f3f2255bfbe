package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.identity.Version;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// By what the counts of a counter are multiplied when somebody reads them, and for which hours. What is stored of the
/// hours stays as it came.
///
/// @param role       [Role#TOTAL] for all that is counted, else of one direction
/// @param from       a whole hour
/// @param to         a whole hour; null while it lasts
/// @param references ids of the reference counts it was worked out from; none if somebody typed it
record Calibration(
        Edition edition,
        long counterId,
        Role role,
        Factor factor,
        Instant from,
        @Nullable Instant to,
        List<Long> references,
        String reason) {

    Calibration {
        references = List.copyOf(references);
    }

    /// Which state of a calibration it is, and when that was in the books.
    ///
    /// @param since in the books since then; where it is only wished for, now
    /// @param until null while it is in the books
    record Edition(
            long id, int number, Instant since, @Nullable Instant until) {

        static final Edition NONE = new Edition(0, 0, Instant.EPOCH, null);

        /// As files and pages call it.
        String name() {
            return id + "." + number;
        }
    }

    boolean holds(Instant hour) {
        return !hour.isBefore(from) && (to == null || hour.isBefore(to));
    }

    /// Whether some hour of some direction would have two factors.
    boolean overlaps(Calibration other) {
        boolean sameDirection = role == other.role || role == Role.TOTAL || other.role == Role.TOTAL;
        return counterId == other.counterId
                && sameDirection
                && (other.to == null || from.isBefore(other.to))
                && (to == null || other.from.isBefore(to));
    }

    Calibration until(Instant end) {
        return new Calibration(edition, counterId, role, factor, from, end, references, reason);
    }

    String version() {
        return Version.of(tree());
    }

    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("counter", String.valueOf(counterId));
        tree.put("role", role.key());
        tree.put("factor", String.valueOf(factor.value()));
        tree.put("low", String.valueOf(factor.low()));
        tree.put("high", String.valueOf(factor.high()));
        tree.put("from", from.toString());
        tree.put("to", to == null ? "" : to.toString());
        tree.put("references", references.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        tree.put("reason", reason);
        return tree;
    }
}
