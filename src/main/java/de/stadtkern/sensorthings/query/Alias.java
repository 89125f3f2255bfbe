package de.stadtkern.sensorthings.query;

/// One occurrence of an entity's table in a statement. Those inside another query carry a number, so that the same
/// type may occur again.
record Alias(EntityType type, int number) {

    static Alias outermost(EntityType type) {
        return new Alias(type, 0);
    }

    /// `o.result` as it is called here: `o3.result`.
    String column(String plain) {
        int dot = plain.indexOf('.');
        return number == 0 ? plain : plain.substring(0, dot) + number + plain.substring(dot);
    }

    String id() {
        return column(type.id().column());
    }

    /// For a `from`; a Datastream comes with its totals.
    String from() {
        String own = type.tableName() + " " + name();
        return type == EntityType.DATASTREAM
                ? own + " left join datastream_state st" + suffix() + " on st" + suffix() + ".datastream_id = " + id()
                : own;
    }

    private String name() {
        return type.alias() + suffix();
    }

    private String suffix() {
        return number == 0 ? "" : String.valueOf(number);
    }

    /// What the API does not show is not there for a filter either.
    String visible() {
        return switch (type) {
            case THING, SENSOR, OBSERVED_PROPERTY -> "not " + name() + ".hidden";
            case DATASTREAM -> "not " + Statements.NOT_SERVED.replace("d.", name() + ".");
            case OBSERVATION, LOCATION, HISTORICAL_LOCATION, FEATURE_OF_INTEREST -> "true";
        };
    }
}
