package de.stadtkern.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something the caller can act on. Programs read the name and the facts; people read the message: subject, present
/// tense, the identifier, and where possible the way out.
public class Problem extends RuntimeException {

    /// What sort of answer it is; the status code is chosen from this at the edge.
    public enum Kind {
        /// The request says something that is not so or cannot be understood.
        INVALID,
        /// Nobody has said who they are, and this needs it.
        UNAUTHENTICATED,
        /// Known or not, this caller may not.
        FORBIDDEN,
        MISSING,
        /// The method is not offered at this address.
        METHOD,
        /// The stored state does not allow it.
        CONFLICTING,
        /// The caller wanted another version than there is.
        PRECONDITION,
        TOO_LARGE,
        /// The body is of a media type that is not understood here.
        MEDIA_TYPE,
        /// The standard names it, this version does not offer it.
        NOT_OFFERED,
        /// Passing: try again after a while.
        UNAVAILABLE,
        /// Passing: this caller asks for more at once than falls to one.
        TOO_MANY,
        /// No room left on the disk.
        FULL
    }

    private static final String FIELD = "field";

    private final Kind kind;
    private final String name;
    private final Map<String, Object> facts;
    private final List<Problem> others;

    /// @param name short and stable, in kebab case; becomes `urn:stadtkern:problem:NAME`
    public Problem(Kind kind, String name, String message, Map<String, ?> facts) {
        this(kind, name, message, facts, List.of());
    }

    private Problem(Kind kind, String name, @Nullable String message, Map<String, ?> facts, List<Problem> others) {
        super(message, null, false, false);
        this.kind = kind;
        this.name = name;
        this.facts = ordered(facts);
        this.others = others;
    }

    /// What [Flaws] found, as one: it answers like the first of them.
    static Problem together(List<Problem> all) {
        Problem first = all.getFirst();
        return all.size() == 1
                ? first
                : new Problem(first.kind, first.name, first.getMessage(), first.facts, all.subList(1, all.size()));
    }

    /// Texts name facts by their place: the field comes first, the others in the order of their names.
    private static Map<String, Object> ordered(Map<String, ?> facts) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        if (facts.get(FIELD) instanceof Object field) {
            ordered.put(FIELD, field);
        }
        ordered.putAll(new TreeMap<>(facts));
        return ordered;
    }

    public Problem(Kind kind, String name, String message) {
        this(kind, name, message, Map.of());
    }

    /// A field of the request is wrong; `field` is named so that a page can put the message beside it.
    public static Problem field(String field, String name, String message) {
        return new Problem(Kind.INVALID, name, message, Map.of(FIELD, field));
    }

    /// The same with more facts for its text.
    public static Problem field(String field, String name, String message, Map<String, ?> facts) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put(FIELD, field);
        return new Problem(Kind.INVALID, name, message, all);
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public Map<String, Object> facts() {
        return facts;
    }

    /// Of the request that is wrong; null if it is none of them.
    public @Nullable String field() {
        return facts.get(FIELD) instanceof Object field ? field.toString() : null;
    }

    /// All that is wrong, this first; more than this only where [Flaws] gathered it, and then each at its own field.
    public List<Problem> all() {
        List<Problem> all = new ArrayList<>(List.of(this));
        all.addAll(others);
        return all;
    }
}
