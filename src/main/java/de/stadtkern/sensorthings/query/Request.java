package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.PropertyPath;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a GET asks for: where it leads, and how the answer is to look.
public sealed interface Request {

    ResourcePath path();

    record EntitySet(ResourcePath path, Options options) implements Request {}

    record Entity(ResourcePath path, Options options) implements Request {}

    /// One property of an entity, or a part of it. `raw` is `$value`: the bare value without JSON around it.
    record PropertyOf(ResourcePath path, Property property, List<String> inner, boolean raw) implements Request {
        public PropertyOf {
            inner = List.copyOf(inner);
        }
    }

    /// `$ref`: only the addresses of the related entities.
    record References(ResourcePath path, Options options) implements Request {}

    /// Options of the query part; `$apply` and the like are refused by the parser until they are offered.
    ///
    /// @param select empty: everything
    /// @param after  where the page before ended; null on the first page
    record Options(
            OptionalLong top,
            long skip,
            boolean count,
            List<Order> orderBy,
            List<Selected> select,
            List<Expand> expand,
            @Nullable Filter filter,
            @Nullable SkipToken after) {

        static final Options NONE =
                new Options(OptionalLong.empty(), 0, false, List.of(), List.of(), List.of(), null, null);

        public Options {
            orderBy = List.copyOf(orderBy);
            select = List.copyOf(select);
            expand = List.copyOf(expand);
        }
    }

    /// One name of `$expand`: the related entities stand in the answer itself.
    ///
    /// @param text the options as they were written, for the link to the next page
    record Expand(Relation relation, Options options, List<String> text) {
        public Expand {
            text = List.copyOf(text);
        }
    }

    record Order(PropertyPath path, boolean descending) {}

    /// One name of `$select`.
    sealed interface Selected {
        record SelfLink() implements Selected {}

        record Value(Property property) implements Selected {}

        record Link(Relation relation) implements Selected {}
    }
}
