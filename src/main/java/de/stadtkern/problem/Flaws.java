package de.stadtkern.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gathers what is wrong with what somebody sent, so that they hear of all of it at once. Whoever reads and checks a
/// form throws a [Problem] at the first field as ever; here the next check runs all the same, and [#end] throws what
/// was found as one.
///
/// Of a field its first flaw is kept: what a later check says of it follows from that one. A problem without a field
/// ends everything, because there is nothing to be mended in the form.
public final class Flaws {

    private final Map<String, Problem> found = new LinkedHashMap<>();

    /// What was found without being thrown.
    public void add(Problem problem) {
        for (Problem one : problem.all()) {
            String field = one.field();
            if (field == null) {
                throw problem;
            }
            found.putIfAbsent(field, one);
        }
    }

    public Flaws check(Runnable check) {
        try {
            check.run();
        } catch (Problem problem) {
            add(problem);
        }
        return this;
    }

    /// What was read, or something in its place that no later check complains about.
    public <T extends @Nullable Object> T read(T instead, Supplier<? extends T> reader) {
        try {
            return reader.get();
        } catch (Problem problem) {
            add(problem);
            return instead;
        }
    }

    /// Whether nothing was found at any of these, for a check that looks at several together.
    public boolean isFine(String... fields) {
        return List.of(fields).stream().noneMatch(found::containsKey);
    }

    /// What is made of all that was read, if nothing was found and it can be made.
    public <T> T end(Supplier<T> maker) {
        AtomicReference<@Nullable T> made = new AtomicReference<>();
        check(() -> made.set(maker.get())).end();
        return Objects.requireNonNull(made.get());
    }

    /// Goes on only if nothing was found.
    public void end() {
        if (!found.isEmpty()) {
            throw Problem.together(List.copyOf(found.values()));
        }
    }
}
