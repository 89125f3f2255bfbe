package de.stadtkern.sensorthings.query;

/// A property of an entity and where it lies in its table. Columns are written with the alias of their [EntityType].
public sealed interface Property {

    String name();

    Need need();

    /// Whether a new entity has to bring it.
    enum Need {
        MANDATORY,
        OPTIONAL,
        /// Kept by the store; what a caller says about it is ignored, as the standard wants.
        COMPUTED
    }

    /// `@iot.id`, in filters and orders also `id`.
    record Id(String column) implements Property {
        @Override
        public String name() {
            return "@iot.id";
        }

        @Override
        public Need need() {
            return Need.COMPUTED;
        }
    }

    record Text(String name, String column, Need need) implements Property {}

    /// JSON, and what makes sense there.
    record Json(String name, String column, Need need, Shape shape) implements Property {
        public enum Shape {
            ANY,
            /// What the entity's `encodingType` says: an object where that is GeoJSON, else anything.
            ENCODED,
            OBJECT,
            /// An array of texts.
            TEXTS,
            /// An array of units of measurement.
            UNITS
        }
    }

    /// The unit of a Datastream: the first of its `units`, which has one per ObservedProperty.
    record Unit(String name, String column, Need need) implements Property {}

    record Time(String name, String column, Need need) implements Property {}

    /// A moment or a stretch of time; `end` is null for a moment, and `start` too where there is nothing to tell.
    record Period(String name, String start, String end, Need need) implements Property {}

    /// Numbers are in `number`; everything else in `json`, and `number` is null then.
    record Result(String name, String number, String json, Need need) implements Property {}

    /// Whether `$filter` and `$orderby` may go on below it with `/`.
    default boolean hasParts() {
        return switch (this) {
            case Json _, Unit _, Result _ -> true;
            case Id _, Text _, Time _, Period _ -> false;
        };
    }

    /// Whether an answer shows it as `null` when it is absent, because its absence says something.
    default boolean isShownAbsent() {
        return switch (this) {
            case Time _, Result _ -> true;
            case Period period -> !period.name().equals("validTime");
            case Id _, Text _, Json _, Unit _ -> false;
        };
    }

    /// The name of a column without the alias before it.
    static String bare(String column) {
        return column.substring(column.indexOf('.') + 1);
    }
}
