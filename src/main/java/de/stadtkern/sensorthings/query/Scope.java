package de.stadtkern.sensorthings.query;

import java.util.HashMap;
import java.util.Map;

/// Which row of the statement each variable of a filter stands for.
final class Scope {

    private final Map<String, Alias> variables;
    private final int[] numbers;
    private final Shapes shapes;

    private Scope(Map<String, Alias> variables, int[] numbers, Shapes shapes) {
        this.variables = variables;
        this.numbers = numbers;
        this.shapes = shapes;
    }

    static Scope of(EntityType type, Shapes shapes) {
        return new Scope(Map.of("", Alias.outermost(type)), new int[1], shapes);
    }

    Scope with(String variable, Alias alias) {
        Map<String, Alias> more = new HashMap<>(variables);
        more.put(variable, alias);
        return new Scope(more, numbers, shapes);
    }

    /// An alias nobody else in the statement has.
    Alias next(EntityType type) {
        return new Alias(type, nextNumber());
    }

    int nextNumber() {
        return ++numbers[0];
    }

    Alias alias(String variable) {
        Alias alias = variables.get(variable);
        if (alias == null) {
            throw new IllegalArgumentException(variable);
        }
        return alias;
    }

    Shapes shapes() {
        return shapes;
    }
}
