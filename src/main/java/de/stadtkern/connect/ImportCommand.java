package de.stadtkern.connect;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityCopies;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

@Component
class ImportCommand implements Command {

    private static final int REFUSALS_SHOWN = 20;

    private final Cities cities;
    private final Imports imports;
    private final EntityCopies copies;

    /// Towns into which a service is being copied: two at once would write everything twice.
    private final Set<String> copying = ConcurrentHashMap.newKeySet();

    ImportCommand(Cities cities, Imports imports, EntityCopies copies) {
        this.cities = cities;
        this.imports = imports;
        this.copies = copies;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String usage() {
        return "import FILE … --mapping MAPPING.yaml [--town SLUG] [--dry-run] [--rejected FILE] |"
                + " import --from-sensorthings URL [--token TOKEN] [--town SLUG]";
    }

    @Override
    public String summary() {
        return "Imports measured values from CSV files, or a whole SensorThings service; run again, only what is"
                + " missing.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        var words = new CommandWords(
                this,
                given,
                Set.of("--mapping", "--town", "--rejected", "--from-sensorthings", "--token"),
                Set.of("--dry-run"));
        if (words.option("--from-sensorthings").isPresent()) {
            return copy(words, terminal);
        }
        if (words.plain().isEmpty() || words.option("--mapping").isEmpty()) {
            throw words.wrong();
        }
        if (words.plain().size() > 1 && words.option("--rejected").isPresent()) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "rejected-of-several",
                    "--rejected names the list of one file; without it each file gets its own beside it.");
        }
        City city = words.option("--town").map(cities::getBySlug).orElseGet(cities::defaultCity);
        Mapping mapping = mapping(terminal.resolve(words.option("--mapping").get()));
        boolean everythingTaken = true;
        for (String name : words.plain()) {
            Path file = terminal.resolve(name);
            Path rejected = words.option("--rejected")
                    .map(terminal::resolve)
                    .orElseGet(() -> file.resolveSibling(file.getFileName() + ".rejected.csv"));
            everythingTaken &= CityContext.call(
                    city, () -> importOne(SourceFile.of(file), mapping, words.has("--dry-run"), rejected, terminal));
        }
        return everythingTaken ? 0 : 1;
    }

    private int copy(CommandWords words, Terminal terminal) {
        String address = words.option("--from-sensorthings").orElseThrow();
        if (!words.plain().isEmpty() || !address.matches("https?://\\S+")) {
            throw words.wrong();
        }
        City city = words.option("--town").map(cities::getBySlug).orElseGet(cities::defaultCity);
        var remote = new RemoteService(address, words.option("--token").orElse(""), terminal::isGone);
        if (!copying.add(city.slug())) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "copy-under-way",
                    "A service is being copied into this town already; wait until that has ended, or stop it there with"
                            + " Ctrl-C.");
        }
        ServiceCopy.Report report;
        try {
            report = CityContext.call(city, () -> new ServiceCopy(copies, remote, terminal::progress).run());
        } finally {
            copying.remove(city.slug());
        }
        new TreeMap<>(report.entities()).forEach((set, count) -> terminal.line(text("%s: %,d copied", set, count)));
        report.leftOut().forEach(terminal::line);
        terminal.line(text("Observations: %,d copied, %,d refused", report.observations(), report.refused()));
        return report.refused() == 0 && report.leftOut().isEmpty() ? 0 : 1;
    }

    private static Mapping mapping(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > Yaml.MAX_LENGTH) {
            throw new Problem(
                    Problem.Kind.MISSING, "file-unreadable", "There is no mapping file '%s'.".formatted(file));
        }
        try {
            return Mapping.read(Files.readString(file));
        } catch (MalformedInputException other) {
            throw new Problem(
                    Problem.Kind.INVALID, "mapping-invalid", "The mapping '%s' is not UTF-8 text.".formatted(file));
        }
    }

    private boolean importOne(SourceFile file, Mapping mapping, boolean dry, Path rejected, Terminal terminal)
            throws IOException {
        try (var refused = new RefusedFile(rejected)) {
            var listener = new AtTheTerminal(file, terminal, refused);
            ImportReport report = dry ? imports.dryRun(file, mapping, listener) : imports.run(file, mapping, listener);
            report.samples().forEach(sample -> terminal.line("  " + sample));
            report.refusals().stream()
                    .limit(dry ? report.refusals().size() : REFUSALS_SHOWN)
                    .forEach(refusal -> terminal.line("  refused: " + refusal));
            terminal.line(file.name() + ": " + summary(report, dry));
            if (refused.isThere()) {
                terminal.line("All refusals with their lines: " + refused.path());
            }
            return report.refused() == 0 && !report.cancelled();
        }
    }

    private static String summary(ImportReport report, boolean dry) {
        String values = dry
                ? text("%,d values understood, nothing stored", report.values())
                : text("%,d values imported, %,d were there already", report.written(), report.existing());
        return text(
                "%s%,d lines, %s, %,d missing, %,d refused, %.1f s, %,d rows/s",
                report.cancelled() ? "stopped; run it again to go on. " : "",
                report.lines(),
                values,
                report.missing(),
                report.refused(),
                report.took().toMillis() / 1000.0,
                report.valuesPerSecond());
    }

    /// Programs read these lines too, so they look alike on every machine.
    private static String text(String format, Object... values) {
        return String.format(Locale.ENGLISH, format, values);
    }

    private record AtTheTerminal(SourceFile file, Terminal terminal, RefusedFile refused) implements ImportListener {

        @Override
        public boolean isCancelled() {
            return terminal.isGone();
        }

        @Override
        public void progress(ImportReport soFar) {
            String bar = "#".repeat(soFar.percent() / 5) + ".".repeat(20 - soFar.percent() / 5);
            terminal.progress(text(
                    "%s [%s] %d %%  %,d values, %,d rows/s, %,d refused",
                    file.name(), bar, soFar.percent(), soFar.values(), soFar.valuesPerSecond(), soFar.refused()));
        }

        @Override
        public void refused(Refusal refusal) {
            refused.add(refusal);
        }
    }
}
