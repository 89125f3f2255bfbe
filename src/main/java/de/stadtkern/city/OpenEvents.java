package de.stadtkern.city;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Events of the bound town whose listener has not finished although it had time to: [EventResubmission] hands them
/// out again every minute.
@Component
public class OpenEvents {

    private final JdbcClient jdbc;

    OpenEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public int count() {
        return jdbc.sql("select count(*) from event_publication where completion_date is null"
                        + " and publication_date < now() - interval '2 minutes'")
                .query(Integer.class)
                .single();
    }
}
