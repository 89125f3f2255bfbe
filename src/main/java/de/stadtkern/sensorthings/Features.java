package de.stadtkern.sensorthings;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/// FeaturesOfInterest on their way out with their Observations, and in again.
@Repository
class Features {

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Features(DataSource dataSource, TransactionTemplate transaction) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = transaction;
    }

    /// Those among these features that an Observation of the Datastream would not get by itself where its Thing has
    /// the same Location: all but the one made from that, as it is now.
    Map<Long, NewFeature> own(long datastreamId, Collection<Long> ids) {
        Map<Long, NewFeature> own = new HashMap<>();
        jdbc.sql("""
            select f.id, (jsonb_build_object('name', f.name, 'description', f.description, 'encodingType', f.encoding_type, 'feature', f.feature)
              || case when f.properties is null then '{}' else jsonb_build_object('properties', f.properties) end)::text as json
            from feature_of_interest f
            where f.id = any(:ids) and not (f.derived and exists (
              select from datastream d
              cross join lateral (
                select l.* from thing_location tl join location l on l.id = tl.location_id where tl.thing_id = d.thing_id order by l.id limit 1) l
              where d.id = :datastream and l.feature_id = f.id and f.feature = l.location and f.name = l.name
                and f.description = l.description and f.encoding_type = l.encoding_type and f.properties is not distinct from l.properties))
            """)
                .param("ids", ids.toArray(Long[]::new))
                .param("datastream", datastreamId)
                .query(row -> {
                    own.put(row.getLong("id"), new NewFeature(row.getString("json")));
                });
        return own;
    }

    /// Finds one that is described alike, or makes it. One caller at a time for each town, so that two do not make the
    /// same one twice.
    long ensure(NewFeature wish) {
        return transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema() || ' features', 0))")
                    .query(row -> {});
            return jdbc.sql("""
                with wish as (select :wish::jsonb as of)
                select f.id from feature_of_interest f, wish
                where md5(f.feature::text) = md5((wish.of -> 'feature')::text) and f.feature = wish.of -> 'feature'
                  and f.name = wish.of ->> 'name' and f.description = wish.of ->> 'description' and f.encoding_type = wish.of ->> 'encodingType'
                  and f.properties is not distinct from nullif(wish.of -> 'properties', 'null')
                  and not f.hidden
                order by f.id limit 1
                """)
                    .param("wish", wish.json())
                    .query(Long.class)
                    .optional()
                    .orElseGet(() -> create(wish));
        });
    }

    private long create(NewFeature wish) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return EntityRow.of(wish.entity()).insert(connection);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
