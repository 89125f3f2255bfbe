package de.stadtkern.sensors;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The entities of an answer as a table: a column for each of their properties, links left out.
record ExplorerTable(List<TableColumn<JsonNode>> columns, List<JsonNode> rows, TableQuestion question) {

    private static final int MOST_TEXT = 120;
    private static final int MOST_PAGES = 1_000;

    static ExplorerTable of(JsonNode values, Form form) {
        Set<String> heads = new LinkedHashSet<>();
        for (JsonNode value : values) {
            value.propertyNames().stream()
                    .filter(name -> !name.contains("Link") && !name.endsWith("@iot.count"))
                    .forEach(heads::add);
        }
        return new ExplorerTable(
                heads.stream().map(head -> column(head, values)).toList(),
                values.valueStream().toList(),
                question(form));
    }

    private static TableQuestion question(Form form) {
        String page = form.value("page");
        return new TableQuestion(
                ExplorerPage.PATH,
                ExplorerQuestion.said(form),
                form.value("sort"),
                page.matches("\\d{1,4}") ? Math.min(Integer.parseInt(page), MOST_PAGES) : 1);
    }

    private static TableColumn<JsonNode> column(String head, JsonNode values) {
        boolean numeric = values.valueStream()
                .map(value -> value.path(head))
                .allMatch(value -> value.isNumber() || value.isMissingNode() || value.isNull());
        return new TableColumn<>(head, head, numeric, value -> cell(value.path(head)));
    }

    /// Of an entity its name, or what it measured.
    private static TableCell cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return new TableCell(null, "–", "");
        }
        if (value.isNumber()) {
            return TableCell.number(value.asDouble(), value.toString());
        }
        String text = text(value);
        return new TableCell(whole(text), text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text, "");
    }

    private static String text(JsonNode value) {
        if (value.isArray() && !value.isEmpty() && value.get(0).has("@iot.id")) {
            return value.valueStream().map(ExplorerTable::text).collect(Collectors.joining(", "));
        }
        if (value.isObject() && value.has("@iot.id")) {
            JsonNode said = value.has("name") ? value.get("name") : value.path("result");
            return said.isMissingNode()
                    ? value.get("@iot.id").toString()
                    : text(said) + " (" + value.get("@iot.id") + ")";
        }
        return value.isString() ? value.asString() : value.toString();
    }

    /// In files a moment is one, so that a spreadsheet can sort and show it.
    private static Object whole(String text) {
        if (text.endsWith("Z") && text.length() <= 30) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException noMoment) {
                return text;
            }
        }
        return text;
    }

    Table shown(Frame frame) {
        return Table.of(frame.wording(), frame.say("sensors.explorer.table"), columns, rows, question);
    }

    void write(Frame frame, FileKind kind, OutputStream out) throws IOException {
        Table.write(frame.wording(), columns, rows, question, kind, out);
    }
}
