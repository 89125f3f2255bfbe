package de.stadtkern.sensorthings.query;

import java.util.ArrayList;
import java.util.List;

/// A statement being composed: text that only this package writes, and values that are only ever bound.
public final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Sql() {}

    Sql add(String part) {
        text.append(part);
        return this;
    }

    Sql add(Sql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    Sql bind(Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    public String text() {
        return text.toString();
    }

    /// What is bound, in the order of the question marks: Long, Double, BigDecimal, String, LocalDate
    /// and OffsetDateTime.
    public List<Object> values() {
        return List.copyOf(values);
    }
}
