package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/// What PostgreSQL thinks a statement costs, in its own unit: reading a page of the disk in order is 1.
final class PlanCost {

    private static final int SECONDS = 1;

    private PlanCost() {}

    static double of(DataSource dataSource, Sql sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain (format json) " + sql.text())) {
            for (int i = 0; i < sql.values().size(); i++) {
                explain.setObject(i + 1, sql.values().get(i));
            }
            explain.setQueryTimeout(SECONDS);
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return EntityBody.MAPPER
                        .readTree(plan.getString(1))
                        .path(0)
                        .path("Plan")
                        .path("Total Cost")
                        .asDouble();
            }
        }
    }
}
