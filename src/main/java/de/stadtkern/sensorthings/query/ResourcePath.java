package de.stadtkern.sensorthings.query;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The way to an entity set or an entity: `Things(1)/Datastreams(5)/Observations`. Every step but the last leads to
/// one entity.
public record ResourcePath(List<Step> steps) {

    /// @param relation how it was reached from the step before; null for the first
    /// @param key      which one of a set; absent for a whole set and where the relation leads to one only
    public record Step(EntityType type, @Nullable Relation relation, OptionalLong key) {

        boolean isOne() {
            return key.isPresent() || relation != null && !relation.isToMany();
        }

        String text() {
            String name = relation == null ? type.set() : relation.name();
            return key.isPresent() ? name + "(" + key.getAsLong() + ")" : name;
        }
    }

    public ResourcePath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A path leads somewhere");
        }
    }

    public static ResourcePath of(EntityType type) {
        return new ResourcePath(List.of(new Step(type, null, OptionalLong.empty())));
    }

    public static ResourcePath of(EntityType type, long id) {
        return new ResourcePath(List.of(new Step(type, null, OptionalLong.of(id))));
    }

    public Step last() {
        return steps.getLast();
    }

    public EntityType type() {
        return last().type();
    }

    public boolean isOne() {
        return last().isOne();
    }

    public boolean hasParent() {
        return steps.size() > 1;
    }

    /// The path without its last step; only if it [#hasParent].
    public ResourcePath parent() {
        return new ResourcePath(steps.subList(0, steps.size() - 1));
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(text.isEmpty() ? "" : "/").append(step.text());
        }
        return text.toString();
    }
}
