package de.stadtkern.connect;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.DescribedPoint;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class ExportCommand implements Command {

    private final Cities cities;
    private final Exports exports;
    private final DataSets dataSets;

    ExportCommand(Cities cities, Exports exports, DataSets dataSets) {
        this.cities = cities;
        this.exports = exports;
        this.dataSets = dataSets;
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String usage() {
        return "export (--datastream ID | --thing ID) [--format csv|json] [--out FILE] [--from TIME] [--to TIME]"
                + " [--town SLUG]";
    }

    @Override
    public String summary() {
        return "Writes the values of a Datastream or Thing, and with --out the mapping to import them again.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        var words = new CommandWords(
                this,
                given,
                Set.of("--datastream", "--thing", "--format", "--out", "--from", "--to", "--town"),
                Set.of());
        boolean oneOfBoth = words.option("--datastream").isPresent()
                != words.option("--thing").isPresent();
        if (!words.plain().isEmpty() || !oneOfBoth) {
            throw words.wrong();
        }
        City city = words.option("--town").map(cities::getBySlug).orElseGet(cities::defaultCity);
        CityContext.call(
                city,
                () -> dataSets.seeingAll(() -> {
                    export(words, terminal);
                    return true;
                }));
        return terminal.isGone() ? 1 : 0;
    }

    private void export(CommandWords words, Terminal terminal) throws IOException {
        DescribedPoint what = words.option("--thing").isPresent()
                ? exports.thing(id(words, "--thing"))
                : exports.datastream(id(words, "--datastream"));
        var period = new Exports.Period(
                TimeParameter.read("from", words.option("--from").orElse(null)),
                TimeParameter.read("to", words.option("--to").orElse(null)));
        Exports.Format format = format(words);
        if (words.option("--out").isEmpty()) {
            try (var lines = new TerminalLines(terminal)) {
                exports.write(what, period, format, lines);
            }
            return;
        }
        Path file = terminal.resolve(words.option("--out").get());
        Exports.Written written = write(what, period, format, file, terminal);
        terminal.line("%d values written to %s".formatted(written.count(), file));
        if (format == Exports.Format.CSV) {
            Path mapping = file.resolveSibling(file.getFileName() + ".mapping.yaml");
            Files.writeString(mapping, exports.mapping(what, written.twins()));
            terminal.line("To import them again: import %s --mapping %s".formatted(file, mapping));
            if (written.twins()) {
                terminal.line(
                        "Some values of a Datastream begin at the same time. So that they stay two, the mapping says"
                                + " 'duplicates: insert': import it only once.");
            }
        }
    }

    /// Has its name only when it is complete.
    private Exports.Written write(
            DescribedPoint what, Exports.Period period, Exports.Format format, Path file, Terminal terminal)
            throws IOException {
        Path growing = file.resolveSibling(file.getFileName() + ".part");
        try {
            Exports.Written written;
            try (var out = new BufferedOutputStream(new UntilGone(Files.newOutputStream(growing), terminal))) {
                written = exports.write(what, period, format, out);
            }
            Files.move(growing, file, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } finally {
            Files.deleteIfExists(growing);
        }
    }

    private static long id(CommandWords words, String option) {
        String text = words.option(option).orElseThrow();
        if (!text.matches("\\d{1,16}")) {
            throw words.wrong();
        }
        return Long.parseLong(text);
    }

    private static Exports.Format format(CommandWords words) {
        return switch (words.option("--format").orElse("csv").toLowerCase(Locale.ROOT)) {
            case "csv" -> Exports.Format.CSV;
            case "json" -> Exports.Format.JSON;
            default -> throw words.wrong();
        };
    }

    /// Ends the export when the person has pressed Ctrl-C.
    private static final class UntilGone extends FilterOutputStream {

        private final Terminal terminal;

        UntilGone(OutputStream out, Terminal terminal) {
            super(out);
            this.terminal = terminal;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (terminal.isGone()) {
                throw gone();
            }
            out.write(bytes, offset, length);
        }
    }

    private static Problem gone() {
        return new Problem(Problem.Kind.CONFLICTING, "stopped", "The export was stopped.");
    }

    /// A terminal takes whole lines.
    private static final class TerminalLines extends OutputStream {

        private final Terminal terminal;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        TerminalLines(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(int letter) {
            if (letter == '\n') {
                send();
            } else {
                line.write(letter);
            }
        }

        private void send() {
            if (terminal.isGone()) {
                throw gone();
            }
            terminal.line(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }

        @Override
        public void close() {
            if (line.size() > 0) {
                send();
            }
        }
    }
}
