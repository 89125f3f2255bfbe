package de.stadtkern.sensorthings;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How the bound town's store is, for whoever operates it.
@Service
public class StoreFigures {

    private final JdbcClient jdbc;
    private final Rights rights;

    StoreFigures(JdbcClient jdbc, Rights rights) {
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /// @param partitions of the table of Observations
    /// @param outside    Observations whose date lies outside the partitions of years and months
    /// @param marks      stretches of hours that wait to be summed up again
    public record Figures(int partitions, long outside, long marks) {}

    public Figures read() {
        rights.require(Role.OPERATOR, Area.TOWN);
        int partitions = jdbc.sql("select count(*) from pg_inherits where inhparent = 'observation'::regclass")
                .query(Integer.class)
                .single();
        return jdbc.sql("""
            select (select count(*) from observation where phenomenon_start < timestamptz '1990-01-01 00:00:00+00')
                + (select count(*) from observation where phenomenon_start >=
                    date_trunc('year', now(), 'UTC') + interval '3 years') as outside,
              (select count(*) from dirty_log) as marks
            """)
                .query((row, _) -> new Figures(partitions, row.getLong("outside"), row.getLong("marks")))
                .single();
    }
}
