package de.stadtkern.city;

import de.stadtkern.installation.DataFolder;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Writes whole towns into one file, all from one moment, while they go on working. [ArchiveContents] says how it is
/// laid out. Our own archive and not pg_dump's, because the embedded PostgreSQL comes without that program.
@Component
class TownArchive {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final InstallationDataSource installation;
    private final Path folder;

    TownArchive(InstallationDataSource installation, DataFolder data) {
        this.installation = installation;
        this.folder = data.resolve("backups");
    }

    /// Where archives go that nobody named a place for.
    Path folder() {
        return folder;
    }

    /// @return `backups/SLUG-TIME.zip` of the data folder, complete when it has that name
    Path write(City city) throws IOException {
        String time = ZonedDateTime.now(ZoneOffset.UTC).format(STAMP);
        return write(List.of(city), folder.resolve(city.slug() + "-" + time + ".zip"), text -> {});
    }

    /// @param file     has this name only when it is complete; one already there is replaced
    /// @param progress is told now and then how far it is
    Path write(List<City> cities, Path file, Consumer<ArchiveProgress> progress) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path growing = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(growing);
        try {
            // Accounts are in it: for nobody but the user Stadtkern runs as.
            Files.createFile(
                    growing, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Connection connection = installation.pool().getConnection();
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(growing), 1 << 16);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.BEST_SPEED);
                snapshot(connection, cities, zip, progress);
            } catch (SQLException failed) {
                throw new IOException("The archive could not be written: " + failed.getMessage(), failed);
            }
            return Files.move(growing, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(growing);
        }
    }

    private static void snapshot(
            Connection connection, List<City> cities, ZipOutputStream zip, Consumer<ArchiveProgress> progress)
            throws SQLException, IOException {
        try (Transaction _ = Transaction.begin(connection);
                Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            ArchiveContents contents = contents(connection, cities);
            Map<String, ArchiveContents.Checksum> checksums = new LinkedHashMap<>();
            byte[] first = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(contents);
            put(zip, "contents.json", checksums, progress, out -> out.write(first));
            for (int i = 0; i < cities.size(); i++) {
                ArchiveContents.Town town = contents.towns().get(i);
                String schema = cities.get(i).schema();
                for (ArchiveContents.Table table : town.tables()) {
                    put(zip, town.entry(table), checksums, progress, out -> copy(connection, schema, table, out));
                }
            }
            zip.putNextEntry(new ZipEntry("checksums.json"));
            zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(checksums));
            zip.closeEntry();
        }
    }

    private static ArchiveContents contents(Connection connection, List<City> cities) throws SQLException {
        List<ArchiveContents.Town> towns = new ArrayList<>();
        for (City city : cities) {
            Map<String, Object> row = row(connection, city);
            ArchiveCatalog catalog = new ArchiveCatalog(connection, city.schema());
            towns.add(new ArchiveContents.Town(
                    city.slug(),
                    city.name(),
                    String.valueOf(row.get("schema_version")),
                    row,
                    catalog.tables(),
                    catalog.sequences()));
        }
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new ArchiveContents(ArchiveContents.FORMAT, now, towns);
    }

    private static Map<String, Object> row(Connection connection, City city) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select to_jsonb(t)::text from stadtkern.town t where id = ?")) {
            statement.setLong(1, city.id());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("The town '%s' is gone".formatted(city.slug()));
                }
                return JSON.readValue(rows.getString(1), new TypeReference<Map<String, Object>>() {});
            }
        }
    }

    private static void copy(Connection connection, String schema, ArchiveContents.Table table, OutputStream out)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            String columns = quoted(statement, table.columns());
            String source =
                    statement.enquoteIdentifier(schema, true) + "." + statement.enquoteIdentifier(table.name(), true);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select " + columns + " from " + source + ") to stdout", out);
        }
    }

    static String quoted(Statement statement, List<String> names) throws SQLException {
        List<String> quoted = new ArrayList<>();
        for (String name : names) {
            quoted.add(statement.enquoteIdentifier(name, true));
        }
        return quoted.stream().collect(Collectors.joining(", "));
    }

    private interface Content {
        void writeTo(OutputStream out) throws SQLException, IOException;
    }

    private static void put(
            ZipOutputStream zip,
            String name,
            Map<String, ArchiveContents.Checksum> checksums,
            Consumer<ArchiveProgress> progress,
            Content content)
            throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(name));
        String file = name.substring(name.lastIndexOf('/') + 1);
        Counted counted = new Counted(zip, file.substring(0, file.lastIndexOf('.')), progress);
        content.writeTo(counted);
        zip.closeEntry();
        checksums.put(name, counted.checksum());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Passes everything on and knows afterwards what it was.
    private static final class Counted extends FilterOutputStream {

        private static final long TELL_EVERY = 200_000;

        private final MessageDigest digest = sha256();
        private final String table;
        private final Consumer<ArchiveProgress> progress;
        private long bytes;
        private long rows;

        Counted(OutputStream out, String table, Consumer<ArchiveProgress> progress) {
            super(out);
            this.table = table;
            this.progress = progress;
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            digest.update(content, offset, length);
            bytes += length;
            for (int i = offset; i < offset + length; i++) {
                if (content[i] == '\n' && ++rows % TELL_EVERY == 0) {
                    progress.accept(new ArchiveProgress(table, rows));
                }
            }
            out.write(content, offset, length);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        ArchiveContents.Checksum checksum() {
            return new ArchiveContents.Checksum(HexFormat.of().formatHex(digest.digest()), bytes, rows);
        }
    }
}
