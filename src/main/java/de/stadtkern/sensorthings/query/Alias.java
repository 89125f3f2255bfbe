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
        if (!type.isSeries()) {
            return own;
        }
        String totals = type.totals() + suffix();
        return "%s left join datastream_state %s on %s.datastream_id = %s".formatted(own, totals, totals, id());
    }

    private String name() {
        return type.alias() + suffix();
    }

    private String suffix() {
        return number == 0 ? "" : String.valueOf(number);
    }

    /// What the API does not show is not there for a filter either.
    String visible() {
        return Visible.of(
                type, name(), type == EntityType.OBSERVATION && Closed.current().isNone());
    }
}
