package de.stadtkern.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.stadtkern.connect.Refusal;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What an import refused, as a table: in the reader's words for people, as the engine says it for programs.
final class RefusalTable {

    private RefusalTable() {}

    static void forPrograms(List<Refusal> refusals, OutputStream out) throws IOException {
        if (refusals.isEmpty()) {
            return;
        }
        var letters = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // The mark tells table programs that this is UTF-8.
        letters.write('\ufeff');
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(';').build(letters)) {
            csv.writeRecord("line", "column", "value", "reason");
            for (Refusal refusal : refusals) {
                csv.writeRecord(
                        String.valueOf(refusal.line()),
                        refusal.column(),
                        refusal.value(),
                        refusal.reason().toString());
            }
        }
    }

    static List<TableColumn<Refusal>> columns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "line",
                        wording.say("imports.refused.line"),
                        true,
                        refusal -> TableCell.number((double) refusal.line(), String.valueOf(refusal.line()))),
                new TableColumn<>(
                        "column",
                        wording.say("imports.refused.column"),
                        false,
                        refusal -> TableCell.text(refusal.column())),
                new TableColumn<>(
                        "value",
                        wording.say("imports.refused.value"),
                        false,
                        refusal -> TableCell.text(refusal.value())),
                new TableColumn<>(
                        "reason",
                        wording.say("imports.refused.reason"),
                        false,
                        refusal -> TableCell.text(reason(wording, refusal))));
    }

    static String reason(Wording wording, Refusal refusal) {
        String key =
                "imports.reason.%s".formatted(refusal.reason().kind().name().toLowerCase(Locale.ROOT));
        return wording.say(key, refusal.reason().arguments().toArray());
    }
}
