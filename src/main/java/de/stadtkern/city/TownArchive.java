package de.stadtkern.city;

import de.stadtkern.installation.DataFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/// Writes a whole town into one file: a zip with PostgreSQL's own `COPY` text of every table, all from one moment.
@Component
class TownArchive {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final InstallationDataSource installation;
    private final Path folder;

    TownArchive(InstallationDataSource installation, DataFolder data) {
        this.installation = installation;
        this.folder = data.resolve("backups");
    }

    /// @return `backups/SLUG-TIME.zip` of the data folder, complete when it has that name
    Path write(City city) throws IOException {
        Files.createDirectories(folder);
        String name = city.slug() + "-" + ZonedDateTime.now(ZoneOffset.UTC).format(STAMP) + ".zip";
        Path growing = folder.resolve(name + ".part");
        try (Connection connection = installation.pool().getConnection();
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(growing)))) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            try {
                for (String table : tables(connection, city.schema())) {
                    zip.putNextEntry(new ZipEntry(table + ".copy"));
                    copy(connection, city.schema(), table, zip);
                    zip.closeEntry();
                }
                zip.putNextEntry(new ZipEntry("town.txt"));
                zip.write(city.toString().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new IOException("The town '%s' could not be archived".formatted(city.slug()), failed);
        }
        return Files.move(growing, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Parents, not partitions: a partitioned table is copied as one.
    private static List<String> tables(Connection connection, String schema) throws SQLException {
        try (var statement = connection.prepareStatement("""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p') and not c.relispartition order by 1
            """)) {
            statement.setString(1, schema);
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            return tables;
        }
    }

    private static void copy(Connection connection, String schema, String table, OutputStream out)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            String source = statement.enquoteIdentifier(schema, true) + "." + statement.enquoteIdentifier(table, true);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from " + source + ") to stdout", out);
        }
    }
}
