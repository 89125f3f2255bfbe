package de.stadtkern.sensorthings.query;

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

    /// `$apply`: Observations summarised in groups.
    record Applied(ResourcePath path, Apply apply) implements Request {}

    /// `$count`: the number of entities alone.
    record Count(ResourcePath path, Options options) implements Request {}

    /// `downsample`: of the numbers of a Datastream so many that a chart of them looks like one of all.
    record Downsampled(ResourcePath path, Options options, int points) implements Request {}

    /// `$ref`: only the addresses of the related entities.
    record References(ResourcePath path, Options options) implements Request {}

    /// Options of the query part; `$apply` has a request of its own.
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
            @Nullable SkipToken after,
            Format format,
            Metadata metadata) {

        static final Options NONE = of(Metadata.FULL);

        /// Everything of an entity.
        public static Options of(Metadata metadata) {
            return new Options(
                    OptionalLong.empty(), 0, false, List.of(), List.of(), List.of(), null, null, Format.JSON, metadata);
        }

        /// All that match; null for all.
        static Options filtered(@Nullable Filter filter) {
            return new Options(
                    OptionalLong.empty(),
                    0,
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    filter,
                    null,
                    Format.JSON,
                    Metadata.NONE);
        }

        public Options {
            orderBy = List.copyOf(orderBy);
            select = List.copyOf(select);
            expand = List.copyOf(expand);
        }
    }

    /// `$resultFormat`
    enum Format {
        JSON,
        DATA_ARRAY,
        CSV,
        GEO_JSON
    }

    /// `$resultMetadata`: how much an answer says about entities besides their properties.
    enum Metadata {
        /// Id, own address and links to related entities.
        FULL,
        /// The id only.
        MINIMAL,
        NONE
    }

    /// One name of `$expand`: the related entities stand in the answer itself.
    ///
    /// @param text the options as they were written, for the link to the next page
    record Expand(Relation relation, Options options, List<String> text) {
        public Expand {
            text = List.copyOf(text);
        }
    }

    record Order(Value value, boolean descending) {}

    /// One name of `$select`.
    sealed interface Selected {
        record SelfLink() implements Selected {}

        record Value(Property property) implements Selected {}

        /// A part of a JSON property: `properties/street`.
        record Part(Property property, List<String> inner) implements Selected {
            public Part {
                inner = List.copyOf(inner);
            }
        }

        record Link(Relation relation) implements Selected {}
    }
}
