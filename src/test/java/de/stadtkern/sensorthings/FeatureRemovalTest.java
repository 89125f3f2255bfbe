package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A feature with very many Observations is deleted: it is gone at once, they follow month by month, and every figure
/// is
/// true all the while.
@StadtkernTest
class FeatureRemovalTest {

    private static final int MANY = 100_001;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;

    /// Two minutes apart, so for more than four months, all of the feature made from the Thing's Location; and two of
    /// another one.
    @BeforeEach
    void manyObservations() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
        sta.create("/FeaturesOfInterest", """
            {"name": "Brücke", "description": "", "encodingType": "application/geo+json", "feature": {"type": "Point", "coordinates": [11, 50]}}
            """);
        sta.observe(datastream, "2025-01-01T00:00:00Z", "0");
        sta.town.in(() -> sta.jdbc().sql("""
            with o as (
              insert into observation (id, datastream_id, phenomenon_start, result, result_time, feature_id)
              select (extract(epoch from t)::bigint / 3600 << 33) | (1000000 + i), %1$d, t, i, t, (select feature_id from location)
              from (select i, timestamptz '2025-01-01 00:00:00Z' + i * interval '2 minutes' as t from generate_series(1, %2$d) i) x
            ), m as (
              insert into dirty_log (datastream_id, hour_from, hour_to) values (%1$d, '2025-01-01 00:00Z', '2025-12-01 00:00Z')
            )
            update datastream_state set n = n + %2$d, result_min = '2025-01-01 00:02Z' where datastream_id = %1$d
            """.formatted(datastream, MANY - 1)).update());
        for (String time : new String[] {"2025-02-01T00:00:30Z", "2025-09-01T00:00:00Z"}) {
            sta.create(
                    "/Datastreams(" + datastream + ")/Observations",
                    "{\"phenomenonTime\":\"" + time + "\",\"result\":5,\"FeatureOfInterest\":{\"@iot.id\":1}}");
        }
        sta.town.in(() -> sta.jdbc().sql("""
            update datastream_state set result_max = (select max(result_time) from observation where datastream_id = ?)
            where datastream_id = ?
            """).params(datastream, datastream).update());
        figuresAreTrue();
    }

    private void purge() {
        sta.town.in(() -> {
            context.getBean(FeaturePurge.class).run();
            return true;
        });
    }

    private void figuresAreTrue() {
        assertThat(sta.allTotals(datastream)).isEqualTo(sta.recount(datastream));
        assertThat(sta.rolledUp(datastream)).isEqualTo(sta.rolledUpAnew(datastream));
    }

    @Test
    void itIsGoneAtOnceAndItsObservationsSoonAfter() {
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Brücke, Ort Markt");
        assertThat(sta.delete("/FeaturesOfInterest(2)").statusCode()).isEqualTo(200);
        assertThat(sta.outcome("/FeaturesOfInterest(2)")).isEqualTo("404 entity-unknown");
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Brücke");
        assertThat(sta.names("/FeaturesOfInterest?$filter=st_within(feature,geography'POLYGON((11 50,12 50,12 51,11"
                        + " 51,11 50))')"))
                .isEmpty();
        assertThat(outcome(sta.post(
                        "/Datastreams(" + datastream + ")/Observations",
                        "{\"result\":5,\"FeatureOfInterest\":{\"@iot.id\":2}}")))
                .isEqualTo("400 feature-unknown");
        figuresAreTrue();

        purge();
        figuresAreTrue();
        assertThat(sta.list("/Observations?$orderby=phenomenonTime", "phenomenonTime"))
                .isEqualTo("2025-02-01T00:00:30Z, 2025-09-01T00:00:00Z");
        purge();
        assertThat(sta.town.<Long>in(() -> sta.jdbc()
                        .sql("select count(*) from feature_of_interest where id = 2")
                        .query(Long.class)
                        .single()))
                .isZero();

        sta.observe(datastream, "2025-10-01T00:00:00Z", "6");
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Brücke, Ort Markt");
        figuresAreTrue();
    }

    /// One that had looked before the feature was deleted.
    @Test
    void anObservationThatComesMeanwhileGoesToo() {
        sta.delete("/FeaturesOfInterest(2)");
        purge();
        sta.town.in(() -> sta.jdbc().sql("""
            with o as (
              insert into observation (id, datastream_id, phenomenon_start, result, feature_id)
              values ((extract(epoch from timestamptz '2025-05-01 00:00Z')::bigint / 3600 << 33) | 9000000, %1$d, '2025-05-01 00:00Z', 1, 2))
            update datastream_state set n = n + 1 where datastream_id = %1$d
            """.formatted(datastream)).update());
        purge();
        purge();
        figuresAreTrue();
        assertThat(sta.totals(datastream)).startsWith("2 ");
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Brücke");
    }
}
