package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set as CSV (RFC 4180): a column for each property selected, JSON as text. It has no place for a link to a next
/// page.
final class CsvRows implements AnswerFormat {

    private static final int FLUSH_CHARACTERS = 16_384;

    private final EntityJson entity;
    private final List<TableColumn> columns;
    private final List<Boolean> isJson;
    private final Spool out;
    private final StringBuilder line = new StringBuilder(FLUSH_CHARACTERS * 2);

    CsvRows(Statements statements, Spool out) {
        this.entity = new EntityJson(statements.selection(), "");
        this.out = out;
        this.columns = TableColumn.of(statements);
        this.isJson = columns.stream()
                .map(column -> EntityJson.isJson(column.field()))
                .toList();
    }

    @Override
    public String contentType() {
        return "text/csv;charset=UTF-8";
    }

    @Override
    public void begin(@Nullable Long count) {
        line.append(String.join(",", columns.stream().map(TableColumn::name).toList()))
                .append("\r\n");
    }

    @Override
    public void row(ResultSet row) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            String value = entity.rawValue(row, columns.get(i).field());
            if (value != null) {
                append(
                        isJson.get(i) && value.startsWith("\"")
                                ? EntityBody.MAPPER.readTree(value).asString()
                                : value);
            }
        }
        line.append("\r\n");
        if (line.length() > FLUSH_CHARACTERS) {
            flush();
        }
    }

    private void append(String value) {
        boolean plain = true;
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c != '"' && c != ',' && c != '\n' && c != '\r';
        }
        if (plain) {
            line.append(value);
        } else {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        }
    }

    /// A guess: a character may have several bytes.
    @Override
    public long waiting() {
        return line.length();
    }

    @Override
    public void flush() {
        out.write(line.toString());
        line.setLength(0);
    }

    @Override
    public void end(@Nullable String nextLink) {
        flush();
    }
}
