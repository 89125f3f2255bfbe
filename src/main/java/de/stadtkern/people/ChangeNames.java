package de.stadtkern.people;

import de.stadtkern.identity.Change;
import de.stadtkern.identity.Named;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Asks the modules what ids are called, such as those in a list of changes, once for each field.
@Component
class ChangeNames {

    private static final String IDS = "\\d{1,18}( \\d{1,18})*";

    private final ObjectProvider<Named> named;

    ChangeNames(ObjectProvider<Named> named) {
        this.named = named;
    }

    /// @param byField names of the ids in each field that holds some
    record Names(Map<String, Map<Long, String>> byField) {

        static final Names NONE = new Names(Map.of());

        /// Ids whose thing is gone stay as they are.
        String name(String field, String value) {
            Map<Long, String> names = byField.getOrDefault(field, Map.of());
            return names.isEmpty() || !value.matches(IDS)
                    ? value
                    : Arrays.stream(value.split(" ", -1))
                            .map(id -> names.getOrDefault(Long.valueOf(id), id))
                            .collect(Collectors.joining(", "));
        }
    }

    Names of(Collection<Change> changes) {
        Map<String, Map<Long, String>> byField = new HashMap<>();
        for (Named module : named.stream().toList()) {
            for (String field : module.fields()) {
                Set<Long> ids = changes.stream()
                        .flatMap(change -> Stream.concat(ids(change.before(), field), ids(change.after(), field)))
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!ids.isEmpty()) {
                    byField.put(field, module.names(field, List.copyOf(ids)));
                }
            }
        }
        return new Names(byField);
    }

    /// Names of some ids of one field, wherever they stand.
    Names of(String field, Collection<Long> ids) {
        return new Names(named.stream()
                .filter(module -> module.fields().contains(field))
                .findFirst()
                .map(module -> Map.of(field, module.names(field, ids)))
                .orElse(Map.of()));
    }

    private static Stream<Long> ids(@Nullable JsonNode state, String field) {
        String value = state == null ? "" : state.path(field).asString("");
        return value.matches(IDS) ? Arrays.stream(value.split(" ", -1)).map(Long::valueOf) : Stream.of();
    }
}
