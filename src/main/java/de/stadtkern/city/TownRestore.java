package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/// Makes a schema out of a town's part of an archive: first with the tables of the version that wrote it, then filled,
/// then brought up to the version of this build. Whatever goes wrong, the schema is gone again and nobody has seen it.
@Component
class TownRestore {

    private static final Pattern BOUND =
            Pattern.compile("FOR VALUES FROM \\((MINVALUE|'[^']*')\\) TO \\((MAXVALUE|'[^']*')\\)|DEFAULT");
    private static final Pattern OPTION = Pattern.compile("[a-z_.]+=[a-z0-9.]+");

    private final InstallationDataSource installation;
    private final TownMigrations migrations;
    private final List<Outgoing> outgoing;

    TownRestore(InstallationDataSource installation, TownMigrations migrations, List<Outgoing> outgoing) {
        this.installation = installation;
        this.migrations = migrations;
        this.outgoing = outgoing;
    }

    /// @param schema does not exist yet
    /// @param copy   whether the town itself may be at work elsewhere
    /// @return what was stopped because it is a copy
    List<String> fill(
            String schema, ArchiveFile archive, ArchiveContents.Town town, boolean copy, Consumer<String> progress)
            throws IOException {
        if (town.schemaVersion().compareTo(migrations.buildVersion()) > 0) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "archive-newer",
                    "The town '%s' was archived by a newer Stadtkern (version %s, this one knows %s). Restore it with that one."
                            .formatted(town.slug(), town.schemaVersion(), migrations.buildVersion()));
        }
        try {
            migrations.createSchema(schema, town.schemaVersion());
            try (Connection connection = installation.pool().getConnection()) {
                load(connection, schema, archive, town, progress);
            }
            migrations.migrate(schema);
            return copy ? stopOutgoing(schema) : List.of();
        } catch (SQLException failed) {
            migrations.dropSchema(schema);
            throw new IOException(
                    "The town '%s' could not be restored: %s".formatted(town.slug(), failed.getMessage()), failed);
        } catch (IOException | RuntimeException failed) {
            migrations.dropSchema(schema);
            throw failed;
        }
    }

    private List<String> stopOutgoing(String schema) throws SQLException {
        try (Connection connection = installation.pool().getConnection()) {
            try (Transaction transaction = Transaction.begin(connection);
                    Statement statement = connection.createStatement()) {
                statement.execute("set local search_path to " + statement.enquoteIdentifier(schema, true));
                JdbcClient copy = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                List<String> stopped = outgoing.stream()
                        .map(one -> one.stop(copy))
                        .filter(said -> !said.isEmpty())
                        .toList();
                transaction.commit();
                return stopped;
            }
        }
    }

    private static void load(
            Connection connection,
            String schema,
            ArchiveFile archive,
            ArchiveContents.Town town,
            Consumer<String> progress)
            throws SQLException, IOException {
        try (Transaction transaction = Transaction.begin(connection);
                Statement statement = connection.createStatement()) {
            String prefix = statement.enquoteIdentifier(schema, true) + ".";
            requireKnown(new ArchiveCatalog(connection, schema).tables(), town);
            List<String> all = new ArrayList<>();
            for (ArchiveContents.Table table : town.tables()) {
                all.add(prefix + statement.enquoteIdentifier(table.name(), true));
                for (ArchiveContents.Partition partition : table.partitions()) {
                    statement.execute(partition(statement, prefix, table, partition));
                }
            }
            statement.execute("truncate " + String.join(", ", all));
            for (ArchiveContents.Table table : town.tables()) {
                String target = prefix + statement.enquoteIdentifier(table.name(), true);
                String sql = "copy " + target + " (" + TownArchive.quoted(statement, table.columns()) + ") from stdin";
                try (InputStream rows = archive.stream(town.entry(table))) {
                    long count =
                            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows);
                    progress.accept("%s/%s  %,d rows".formatted(town.slug(), table.name(), count));
                }
            }
            setSequences(connection, schema, town.sequences());
            transaction.commit();
        }
        try (Statement statement = connection.createStatement()) {
            for (ArchiveContents.Table table : town.tables()) {
                statement.execute("analyze " + statement.enquoteIdentifier(schema, true) + "."
                        + statement.enquoteIdentifier(table.name(), true));
            }
        }
    }

    /// An archive is data, not a program: it may fill the tables this version has and nothing else.
    private static void requireKnown(List<ArchiveContents.Table> known, ArchiveContents.Town town) {
        Map<String, ArchiveContents.Table> byName =
                known.stream().collect(Collectors.toMap(ArchiveContents.Table::name, Function.identity()));
        for (ArchiveContents.Table table : town.tables()) {
            ArchiveContents.Table there = byName.get(table.name());
            if (there == null || !there.columns().containsAll(table.columns())) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "archive-unknown-table",
                        "The archive has a table '%s' that does not fit version %s. Nothing was changed."
                                .formatted(table.name(), town.schemaVersion()));
            }
        }
    }

    private static String partition(
            Statement statement, String prefix, ArchiveContents.Table table, ArchiveContents.Partition partition)
            throws SQLException {
        boolean isPlain = BOUND.matcher(partition.bound()).matches()
                && partition.options().stream()
                        .allMatch(option -> OPTION.matcher(option).matches());
        if (!isPlain) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "archive-partition",
                    "The archive describes a partition '%s' in a way that is not understood. Nothing was changed."
                            .formatted(partition.name()));
        }
        String options = partition.options().isEmpty() ? "" : " with (" + String.join(", ", partition.options()) + ")";
        return "create table if not exists %s%s partition of %s%s %s%s"
                .formatted(
                        prefix,
                        statement.enquoteIdentifier(partition.name(), true),
                        prefix,
                        statement.enquoteIdentifier(table.name(), true),
                        partition.bound(),
                        options);
    }

    private static void setSequences(Connection connection, String schema, Map<String, Long> sequences)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select setval(format('%I.%I', ?::text, ?::text)::regclass, ?)")) {
            for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                statement.setString(1, schema);
                statement.setString(2, sequence.getKey());
                statement.setLong(3, sequence.getValue());
                statement.execute();
            }
        }
    }
}
