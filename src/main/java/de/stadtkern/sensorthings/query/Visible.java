package de.stadtkern.sensorthings.query;

/// Which rows there are for whoever asks: what is being deleted is gone already, and what belongs to a data set they
/// may
/// not see is not there. The only place that says so; where no data set is closed to them, it adds nothing.
final class Visible {

    private Visible() {}

    /// @param name      of the row in the statement: `d3`
    /// @param isChecked of an Observation: that its Datastream is visible is known already
    static String of(EntityType type, String name, boolean isChecked) {
        Closed closed = Closed.current();
        return switch (type) {
            case THING -> "not " + name + ".hidden" + closed.andNot(name + ".data_set_id");
            case DATASTREAM -> series(name, closed) + " and " + name + ".multi_types is null";
            case MULTI_DATASTREAM -> series(name, closed) + " and " + name + ".multi_types is not null";
            case OBSERVATION -> isChecked ? "true" : observation(name);
            case SENSOR -> "not " + name + ".hidden" + unless(name, CLOSED_SENSORS, closed);
            case OBSERVED_PROPERTY -> "not " + name + ".hidden" + unless(name, CLOSED_PROPERTIES, closed);
            case LOCATION -> "true" + unless(name, CLOSED_LOCATIONS, closed);
            case FEATURE_OF_INTEREST -> "not " + name + ".hidden" + unless(name, CLOSED_FEATURES, closed);
            case HISTORICAL_LOCATION ->
                closed.isNone()
                        ? "true"
                        : name + ".thing_id not in (select vt.id from thing vt where " + closed.holds("vt.data_set_id")
                                + ")";
        };
    }

    /// Where no Datastream is hidden, that is asked once for all rows.
    private static String observation(String name) {
        String hidden = hiddenDatastreams();
        return "(not exists (" + hidden + ") or " + name + ".datastream_id not in (" + hidden + "))";
    }

    static String series(String name) {
        return series(name, Closed.current());
    }

    private static String series(String name, Closed closed) {
        return "not " + name + ".hidden" + closed.andNot(name + ".data_set_id");
    }

    /// Ids of the Datastreams of either sort that are not there; partial indexes hold them.
    static String hiddenDatastreams() {
        Closed closed = Closed.current();
        return "select vd.id from datastream vd where vd.hidden"
                + (closed.isNone() ? "" : " or " + closed.holds("vd.data_set_id"));
    }

    /// Not there is also what only such things use as are not there.
    private static String unless(String name, String ids, Closed closed) {
        return closed.isNone()
                ? ""
                : " and " + name + ".id not in ("
                        + ids.replace("VD_CLOSED", closed.holds("vd.data_set_id"))
                                .replace("VT_CLOSED", closed.holds("vt.data_set_id"))
                        + ")";
    }

    private static final String CLOSED_SENSORS = "select vd.sensor_id from datastream vd where VD_CLOSED"
            + " except select vd.sensor_id from datastream vd where (VD_CLOSED) is not true";

    private static final String CLOSED_PROPERTIES =
            "select vp.observed_property_id from datastream_observed_property vp join datastream vd on vd.id ="
                    + " vp.datastream_id where VD_CLOSED except select vp.observed_property_id from"
                    + " datastream_observed_property vp join datastream vd on vd.id = vp.datastream_id where"
                    + " (VD_CLOSED) is not true";

    private static final String CLOSED_LOCATIONS =
            "(select vl.location_id from thing_location vl join thing vt on vt.id = vl.thing_id where VT_CLOSED"
                    + " union select vl.location_id from historical_location_location vl join historical_location vh"
                    + " on vh.id = vl.historical_location_id join thing vt on vt.id = vh.thing_id where VT_CLOSED)"
                    + " except select vl.location_id from thing_location vl join thing vt on vt.id = vl.thing_id where"
                    + " (VT_CLOSED) is not true";

    private static final String CLOSED_FEATURES =
            "(select vf.feature_id from datastream_feature vf join datastream vd on vd.id = vf.datastream_id where"
                    + " VD_CLOSED union select vo.feature_id from location vo where vo.feature_id is not null and vo.id"
                    + " in (" + CLOSED_LOCATIONS + ")) except select vf.feature_id from datastream_feature vf join"
                    + " datastream vd on vd.id = vf.datastream_id where (VD_CLOSED) is not true";
}
