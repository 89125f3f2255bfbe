package de.stadtkern.sources;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The last messages of a source and what became of each.
@Component
class MessageTable {

    private static final int LONGEST_SHOWN = 20_000;

    private final Sources sources;

    MessageTable(Sources sources) {
        this.sources = sources;
    }

    /// Where the table has an address of its own, to be turned over and taken home.
    private static String path(Source source) {
        return "/sources/%s/messages".formatted(source.wish().slug());
    }

    Table table(Frame frame, Source source, int total, int number) {
        TableQuestion question = new TableQuestion(path(source), Map.of(), "", number);
        return Table.ofPage(
                frame.wording(),
                frame.say("sources.messages.caption", total),
                columns(frame, source),
                sources.messages(source, Table.first(question, total), Table.rowsPerPage()),
                total,
                question);
    }

    void write(Frame frame, Source source, FileKind kind, OutputStream out) throws IOException {
        Table.write(
                frame.wording(),
                columns(frame, source),
                from -> sources.messages(source, from, Table.rowsPerPage()),
                kind,
                out);
    }

    private static List<TableColumn<Message>> columns(Frame frame, Source source) {
        return List.of(
                TableColumn.unsorted(
                        "received",
                        frame.say("sources.messages.received"),
                        message -> TableCell.time(
                                        message.received(), frame.wording().dateTime(message.received()))
                                .with(body(frame, message))),
                TableColumn.unsorted(
                        "outcome",
                        frame.say("sources.messages.outcome"),
                        message -> TableCell.text(outcome(frame, message)).with(retry(frame, source, message))),
                TableColumn.unsorted(
                        "refused",
                        frame.say("sources.messages.refused"),
                        message -> TableCell.text(message.refusals().stream()
                                .map(refusal -> SourcePage.said(frame, refusal))
                                .collect(Collectors.joining(" ")))));
    }

    private static String outcome(Frame frame, Message message) {
        List<String> said = new ArrayList<>();
        said.add(frame.say("sources.outcome.%s".formatted(message.outcome().key())));
        if (message.rows() > 0) {
            said.add(frame.say("sources.messages.values", message.rows(), message.written()));
        }
        if (message.begun() > 0 && message.outcome() != Message.Outcome.BEGUN) {
            said.add(frame.say("sources.messages.begun", message.begun()));
        }
        if (message.repeated() > 0 && message.outcome() != Message.Outcome.REPEATED) {
            said.add(frame.say("sources.messages.repeated", message.repeated()));
        }
        return String.join(", ", said);
    }

    private static TableCell.@Nullable Below body(Frame frame, Message message) {
        String body = message.body();
        return body.isEmpty()
                ? null
                : new TableCell.More(
                        frame.say("sources.messages.body"),
                        frame.wording().dateTime(message.received()),
                        body.length() > LONGEST_SHOWN ? body.substring(0, LONGEST_SHOWN) + "…" : body);
    }

    private static TableCell.@Nullable Below retry(Frame frame, Source source, Message message) {
        return message.canBeRetried()
                ? new TableCell.Act(
                        "%s/%d/retry".formatted(path(source), message.id()),
                        frame.say("sources.messages.retry"),
                        frame.wording().dateTime(message.received()))
                : null;
    }
}
