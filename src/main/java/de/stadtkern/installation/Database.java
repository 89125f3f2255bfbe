package de.stadtkern.installation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Where the database is. Pools and lanes open their connections from here.
///
/// @param embedded whether Stadtkern runs this server itself
public record Database(String url, String username, String password, boolean embedded) {

    /// A new connection of its own, auto-commit on, time zone UTC.
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "stadtkern");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String toString() {
        return "Database[" + url + ", " + username + "]";
    }
}
