package de.stadtkern.sensorthings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Filters and summaries that are mostly well-formed, with every function the standard knows, so that many reach the
/// database; one word in twenty is out of place.
public final class FuzzFilters {

    private static final int WRONG = 20;
    private static final int DEEPEST = 3;

    private static final Map<String, List<String>> BARE = Map.of(
            "text",
            List.of(
                    "name",
                    "description",
                    "'a'",
                    "''",
                    "'%'",
                    "'\u00e4\\'",
                    "properties/street",
                    "Thing/name",
                    "Datastream/ObservedProperty/name",
                    "Locations/name",
                    "unitOfMeasurement/symbol",
                    "encodingType"),
            "number",
            List.of(
                    "1",
                    "0",
                    "-1.5",
                    "1e308",
                    "99999999999999999999",
                    "result",
                    "id",
                    "properties/floor",
                    "result/0",
                    "Observations/result",
                    "Datastream/id"),
            "moment",
            List.of(
                    "phenomenonTime",
                    "resultTime",
                    "time",
                    "2025-06-01T10:00:00Z",
                    "9999-12-31T23:59:59Z",
                    "0001-01-01T00:00:00+14:00",
                    "now()",
                    "mindatetime()",
                    "maxdatetime()",
                    "Observations/phenomenonTime"),
            "period",
            List.of(
                    "phenomenonTime",
                    "validTime",
                    "2025-06-01T10:00:00Z/2025-06-02T10:00:00Z",
                    "2025-06-02T10:00:00Z/2025-06-01T10:00:00Z",
                    "2025-06-01T10:00:00Z/P1D",
                    "2025-06-01T10:00:00Z/P9999999999D",
                    "2025-06-01T10:00:00Z"),
            "duration",
            List.of("duration'P1D'", "duration'PT0S'", "duration'-P1Y2M'", "duration'P999999999D'", "duration'x'"),
            "shape",
            List.of(
                    "location",
                    "feature",
                    "observedArea",
                    "Locations/location",
                    "Thing/Locations/location",
                    "geography'POINT(11.58 50.92)'",
                    "geography'POLYGON((11 50,12 50,12 51,11 51,11 50))'",
                    "geography'POLYGON((0 0,1 1,0 1,1 0,0 0))'",
                    "geography'LINESTRING(0 0,1e308 1e308)'",
                    "geography'POINT EMPTY'",
                    "geography'GEOMETRYCOLLECTION(POINT(1 1))'",
                    "geography'POLYGON((0 0))'",
                    "geography'CIRCLE(1)'"));

    private static final Map<String, List<String>> CALLS = Map.of(
            "text",
            List.of(
                    "tolower(text)",
                    "toupper(text)",
                    "trim(text)",
                    "concat(text,text)",
                    "substring(text,number)",
                    "substring(text,number,number)"),
            "number",
            List.of(
                    "length(text)",
                    "indexof(text,text)",
                    "round(number)",
                    "floor(number)",
                    "ceiling(number)",
                    "number add number",
                    "number sub number",
                    "number mul number",
                    "number div number",
                    "number mod number",
                    "(number add number)",
                    "year(moment)",
                    "month(moment)",
                    "day(moment)",
                    "hour(moment)",
                    "minute(moment)",
                    "second(moment)",
                    "fractionalseconds(moment)",
                    "totaloffsetminutes(moment)",
                    "geo.distance(shape,shape)",
                    "geo.length(shape)"),
            "moment",
            List.of("moment add duration", "moment sub duration"),
            "period",
            List.of("moment/moment", "moment/duration"),
            "duration",
            List.of("moment sub moment"),
            "shape",
            List.of("shape"),
            "condition",
            List.of(
                    "text eq text",
                    "text ne text",
                    "text gt text",
                    "text in ('a','b')",
                    "number eq number",
                    "number lt number",
                    "number ge number",
                    "number in (1,2,1e99)",
                    "moment ge moment",
                    "moment lt moment",
                    "date(moment) eq date(moment)",
                    "time(moment) gt time(moment)",
                    "duration gt duration",
                    "text eq null",
                    "number ne null",
                    "result eq true",
                    "startswith(text,text)",
                    "endswith(text,text)",
                    "contains(text,text)",
                    "substringof(text,text)",
                    "before(period,period)",
                    "after(period,period)",
                    "meets(period,period)",
                    "during(period,period)",
                    "overlaps(period,period)",
                    "starts(period,period)",
                    "finishes(period,period)",
                    "geo.intersects(shape,shape)",
                    "st_equals(shape,shape)",
                    "st_disjoint(shape,shape)",
                    "st_touches(shape,shape)",
                    "st_within(shape,shape)",
                    "st_overlaps(shape,shape)",
                    "st_crosses(shape,shape)",
                    "st_intersects(shape,shape)",
                    "st_contains(shape,shape)",
                    "st_relate(shape,shape,'T*T***T**')",
                    "st_relate(shape,shape,text)",
                    "Datastreams/any(d: d/name eq text)",
                    "Datastreams/all(d: condition)",
                    "Observations/any(o: o/result gt number)",
                    "Datastreams/any()",
                    "not condition",
                    "not (condition)",
                    "condition and condition",
                    "(condition or condition)"));

    private final FuzzScenario chance;

    public FuzzFilters(FuzzScenario chance) {
        this.chance = chance;
    }

    public String filter() {
        return filled("condition", 0);
    }

    /// A form in which each word for a sort of value is replaced by such a value.
    private String filled(String sort, int depth) {
        List<String> bare = BARE.getOrDefault(sort, List.of());
        boolean isDeep = depth >= DEEPEST;
        if (!bare.isEmpty() && (isDeep || chance.oneIn(2))) {
            return chance.oneIn(WRONG) ? chance.any(FuzzWords.WORDS) : chance.any(bare);
        }
        String form = isDeep ? "number ge number" : chance.any(CALLS.getOrDefault(sort, bare));
        StringBuilder filled = new StringBuilder();
        for (String word : form.split("(?<=[^a-z])|(?=[^a-z])")) {
            boolean isSort = BARE.containsKey(word) || word.equals("condition");
            filled.append(isSort ? filled(chance.oneIn(WRONG) ? other() : word, depth + 1) : word);
        }
        return filled.toString();
    }

    private String other() {
        return chance.any("text", "number", "moment", "period", "duration", "shape");
    }

    /// A topic to subscribe to, of which a good part is one.
    public String topic() {
        String resource = chance.oneIn(3)
                ? chance.path()
                : chance.any(
                        "/Observations",
                        "/Observations",
                        "/Datastreams(1)/Observations",
                        "/MultiDatastreams(2)/Observations",
                        "/Things",
                        "/Locations",
                        "/Things(1)/Locations",
                        "/Observations(1)/Datastream");
        String query = chance.any("", "?", "?", "?")
                + chance.any(
                        "",
                        "$select=id,result&",
                        "$expand=Datastream&",
                        "$expand=Things($top=0)&",
                        "$resultMetadata=none&")
                + chance.any("", "$filter=", "$filter=", "$filter=");
        String topic = "v1.1" + resource + query + (query.endsWith("=") ? filter() : "");
        return topic.replaceAll("[\\p{Cntrl}\\p{Cs}+#]", "");
    }

    /// What follows `$apply=`.
    String summary() {
        List<String> steps = new ArrayList<>();
        if (chance.oneIn(3)) {
            steps.add("filter(" + filter() + ")");
        }
        String aggregate = aggregate();
        steps.add(chance.oneIn(4) ? aggregate : "groupby((" + groups() + ")," + aggregate + ")");
        if (chance.oneIn(WRONG)) {
            steps.add(chance.any(aggregate, "groupby((Datastream))", "compute(1)", ""));
        }
        return String.join("/", steps);
    }

    private String groups() {
        List<String> groups = new ArrayList<>();
        for (int count = 1 + chance.below(2); count > 0; count--) {
            String length = mostly(List.of("15min", "hour", "day", "week", "month", "year"), List.of("7min", ""));
            groups.add(mostly(
                    List.of(
                            "Datastream",
                            "Datastream/Thing",
                            "Datastream/ObservedProperty",
                            "bucket(phenomenonTime,'" + length + "')",
                            "bucket(phenomenonTime,'" + length + "')"),
                    List.of("Thing", "ObservedProperty", "bucket(resultTime,'day')", "result", "")));
        }
        return String.join(",", groups);
    }

    private String aggregate() {
        List<String> wanted = new ArrayList<>();
        for (int count = 1 + chance.below(3); count > 0; count--) {
            String value = mostly(List.of("result"), List.of("Observations/result", "id", "result/0"));
            String method = mostly(
                    List.of("sum", "min", "max", "average", "first", "last", "median", "p1", "p99"),
                    List.of("p100", "p0", "mode", ""));
            String name = mostly(List.of("n" + count), List.of("a b", "", "1", "'", "phenomenonTime", "n1"));
            wanted.add((chance.oneIn(4) ? "$count" : value + " with " + method) + " as " + name);
        }
        return "aggregate(" + String.join(",", wanted) + ")";
    }

    private String mostly(List<String> right, List<String> wrong) {
        return chance.any(chance.oneIn(WRONG) ? wrong : right);
    }
}
