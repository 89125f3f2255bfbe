package de.stadtkern.sensorthings;

import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A town whose SensorThings service is spoken to as a client would; answers are printed as short lines.
public class SensorThingsScenario {

    static final String ROOT = "/sta/v1.1";
    private static final JsonMapper JSON = new JsonMapper();

    public final TestTown town;
    private final JdbcClient jdbc;
    private final ApplicationContext context;

    public SensorThingsScenario(ApplicationContext context, int port) {
        this(context, TestTown.create(context.getBean(Cities.class), port));
    }

    SensorThingsScenario(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
        jdbc = JdbcClient.create(context.getBean(DataSource.class));
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    public HttpResponse<String> get(String path) {
        return town.get(ROOT + path.replace(" ", "%20").replace("\"", "%22"));
    }

    public HttpResponse<String> post(String path, String json) {
        return town.post(ROOT + path, json);
    }

    public HttpResponse<String> patch(String path, String json) {
        return town.patch(ROOT + path, json);
    }

    public HttpResponse<String> delete(String path) {
        return town.delete(ROOT + path);
    }

    public JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    public static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /// Creates an entity and returns its id.
    public long create(String path, String json) {
        HttpResponse<String> answer = post(path, json);
        if (answer.statusCode() != 201) {
            throw new AssertionError("POST " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return idOf(answer.headers().firstValue("Location").orElseThrow());
    }

    public static long idOf(String selfLink) {
        return Long.parseLong(selfLink.substring(selfLink.lastIndexOf('(') + 1, selfLink.lastIndexOf(')')));
    }

    /// One field of every entity of a set, in order: `a, b, c`.
    public String list(String path, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode entity : json(path).get("value")) {
            JsonNode value = entity.get(field);
            values.add(value == null ? "absent" : value.isString() ? value.asString() : value.toString());
        }
        return String.join(", ", values);
    }

    /// What every page of a set holds, following nextLinks: `a, b | c, d | e`.
    public String pages(String path, String field) {
        List<String> pages = new ArrayList<>();
        String next = path;
        while (next != null) {
            pages.add(list(next, field));
            JsonNode link = json(next).get("@iot.nextLink");
            next = link == null
                    ? null
                    : link.asString().substring(link.asString().indexOf(ROOT) + ROOT.length());
        }
        return String.join(" | ", pages);
    }

    /// Status and name of a problem, `400 property-unknown`, or the status alone.
    public static String outcome(HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return String.valueOf(answer.statusCode());
        }
        String name = parse(answer.body()).get("type").asString();
        return answer.statusCode() + " " + name.substring(name.lastIndexOf(':') + 1);
    }

    public String outcome(String path) {
        return outcome(get(path));
    }

    static String detail(HttpResponse<String> answer) {
        return parse(answer.body()).get("detail").asString();
    }

    /// A Thing at the market place with one Datastream; returns the id of the Datastream.
    public long datastream(String name) {
        long thing = create("/Things", thing(name));
        return json("/Things(" + thing + ")/Datastreams")
                .get("value")
                .get(0)
                .get("@iot.id")
                .asLong();
    }

    public static String thing(String name) {
        return """
            {"name": "%1$s", "description": "Ein Zähler", "properties": {"floor": %2$d, "street": "%1$sstraße", "open": true},
             "Locations": [{"name": "Ort %1$s", "description": "", "encodingType": "application/geo+json",
               "location": {"type": "Point", "coordinates": [11.58, 50.92]}}],
             "Datastreams": [%3$s]}
            """.formatted(name, name.length(), datastreamBody(name));
    }

    public static String datastreamBody(String name) {
        return """
            {"name": "Reihe %s", "description": "", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
             "unitOfMeasurement": {"name": "Personen", "symbol": "1", "definition": "http://unitsofmeasure.org/ucum.html#para-30"},
             "Sensor": {"name": "Lichtschranke", "description": "", "encodingType": "text/plain", "metadata": "Handbuch"},
             "ObservedProperty": {"name": "Anzahl", "definition": "https://example.org/anzahl", "description": ""}}
            """.formatted(name);
    }

    public static String observation(String time, String result) {
        return "{\"phenomenonTime\":\"%s\",\"result\":%s}".formatted(time, result);
    }

    public long observe(long datastream, String time, String result) {
        return create("/Datastreams(" + datastream + ")/Observations", observation(time, result));
    }

    /// One Observation a minute from midnight on, results 0, 1, 2 …, through CreateObservations.
    public void minutes(long datastream, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int day = 1 + i / 1440;
            rows.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "[\"2025-%02d-%02dT%02d:%02d:00Z\",%d]",
                            1 + (day - 1) / 28,
                            1 + (day - 1) % 28,
                            i / 60 % 24,
                            i % 60,
                            i));
        }
        HttpResponse<String> answer = post(
                "/CreateObservations",
                "[{\"Datastream\":{\"@iot.id\":%d},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray\":[%s]}]"
                        .formatted(datastream, rows));
        if (answer.statusCode() != 201 || answer.body().contains("error")) {
            throw new AssertionError(answer.statusCode() + answer.body().substring(0, 300));
        }
    }

    /// Every column of a Datastream's totals, and the same counted from its Observations.
    String allTotals(long datastream) {
        return town.in(() -> jdbc.sql("""
            select (n, phenomenon_min, phenomenon_max, result_min, result_max, last_id, last_start, last_result)::text
            from datastream_state where datastream_id = ?
            """).param(datastream).query(String.class).single());
    }

    String recount(long datastream) {
        return town.in(() -> jdbc.sql("""
            with o as (select * from observation where datastream_id = ?),
              l as (select id, phenomenon_start, result from o order by phenomenon_start desc, id desc limit 1)
            select ((select count(*) from o), (select min(phenomenon_start) from o), (select max(coalesce(phenomenon_end, phenomenon_start)) from o),
              (select min(result_time) from o), (select max(result_time) from o),
              (select id from l), (select phenomenon_start from l), (select result from l))::text
            """).param(datastream).query(String.class).single());
    }

    private static final String BUCKET = "%s || ' ' || (n, sum, min, max, first, last)::text";

    /// Hours and days of a Datastream as the worker leaves them, a line for each.
    String rolledUp(long datastream) {
        return town.in(() -> {
            context.getBean(RollupWorker.class).catchUpNow();
            return jdbc.sql("""
                select coalesce(string_agg(line, E'\\n' order by line), '') from (
                  select %s as line from rollup_hour where datastream_id = :id
                  union all select %s from rollup_day where datastream_id = :id) b
                """.formatted(BUCKET.formatted("hour"), BUCKET.formatted("day")))
                    .param("id", datastream)
                    .query(String.class)
                    .single();
        });
    }

    /// The same made of the Observations.
    String rolledUpAnew(long datastream) {
        return town.in(() -> jdbc.sql(
                        """
                        with o as (select * from observation where datastream_id = :id and result is not null),
                          b as (
                            select true as is_hour, date_trunc('hour', phenomenon_start, 'UTC') as start, o.* from o
                            union all select false, date_trunc('day', phenomenon_start, :zone), o.* from o),
                          s as (
                            select is_hour, start, count(*) as n, sum(result) as sum, min(result) as min, max(result) as max,
                              (array_agg(result order by phenomenon_start, id))[1] as first,
                              (array_agg(result order by phenomenon_start desc, id desc))[1] as last
                            from b group by is_hour, start)
                        select coalesce(string_agg(line, E'\\n' order by line), '') from (
                          select case when is_hour then %s else %s end as line from s) x
                        """.formatted(BUCKET.formatted("start"), BUCKET.formatted("(start at time zone :zone)::date")))
                .param("id", datastream)
                .param("zone", town.city().zone().getId())
                .query(String.class)
                .single());
    }

    /// Whether totals are what a recount says: `n first..last`.
    public String totals(long datastream) {
        return town.in(() -> jdbc.sql("""
            select n || ' ' || coalesce(to_char(phenomenon_min at time zone 'UTC', 'MM-DD HH24:MI'), '-') || '..'
              || coalesce(to_char(phenomenon_max at time zone 'UTC', 'MM-DD HH24:MI'), '-') || ' last ' || coalesce(last_result::text, '-')
            from datastream_state where datastream_id = ?
            """).param(datastream).query(String.class).single());
    }

    public String names(String path) {
        return list(path, "name");
    }

    static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
