package de.stadtkern.imports;

import de.stadtkern.connect.FileLook;
import de.stadtkern.connect.FileLook.Column;
import de.stadtkern.connect.FileLook.Guess;
import de.stadtkern.imports.Draft.What;
import de.stadtkern.imports.Draft.When;
import de.stadtkern.imports.Draft.Where;
import de.stadtkern.imports.Draft.Written;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a file probably means, so that people correct instead of beginning from nothing.
final class DraftProposal {

    private static final int VALUES = 10;
    private static final Pattern WITH_UNIT = Pattern.compile("(.+?)\\s*[\\[(]([^\\])]{1,20})[\\])]\\s*");
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("°C", "Grad Celsius"),
            Map.entry("C", "Grad Celsius"),
            Map.entry("%", "Prozent"),
            Map.entry("µg/m³", "Mikrogramm je Kubikmeter"),
            Map.entry("ug/m3", "Mikrogramm je Kubikmeter"),
            Map.entry("m/s", "Meter je Sekunde"),
            Map.entry("km/h", "Kilometer je Stunde"),
            Map.entry("mm", "Millimeter"),
            Map.entry("cm", "Zentimeter"),
            Map.entry("m", "Meter"),
            Map.entry("hPa", "Hektopascal"),
            Map.entry("ppm", "Teile je Million"),
            Map.entry("dB", "Dezibel"),
            Map.entry("dB(A)", "Dezibel (A)"),
            Map.entry("kWh", "Kilowattstunden"),
            Map.entry("Wh", "Wattstunden"),
            Map.entry("W", "Watt"),
            Map.entry("kW", "Kilowatt"),
            Map.entry("l", "Liter"),
            Map.entry("m³", "Kubikmeter"));

    private final FileLook look;
    private final String file;
    private final ZoneId zone;

    private DraftProposal(FileLook look, String file, ZoneId zone) {
        this.look = look;
        this.file = file;
        this.zone = zone;
    }

    /// @param file name of the file
    /// @param zone of the town
    static Draft of(FileLook look, String file, ZoneId zone) {
        var proposal = new DraftProposal(look, file, zone);
        Optional<Column> time = proposal.first(Guess.TIME);
        Optional<Column> key = time.flatMap(proposal::key);
        return new Draft(proposal.written(), proposal.when(time), proposal.where(key), proposal.what(key), "ignore");
    }

    private Written written() {
        return new Written(
                "auto",
                look.separator() == '\t' ? "tab" : String.valueOf(look.separator()),
                look.header(),
                look.skipLines(),
                String.valueOf(look.decimal()),
                look.thousands() == 0 ? "" : String.valueOf(look.thousands()),
                missing());
    }

    private String missing() {
        List<String> found =
                look.missing().stream().filter(text -> !text.isEmpty()).toList();
        return found.isEmpty() ? "NA, -" : String.join(", ", found);
    }

    private Optional<Column> first(Guess guess) {
        return look.columns().stream().filter(column -> column.guess() == guess).findFirst();
    }

    private When when(Optional<Column> time) {
        if (time.isEmpty()) {
            return new When("", "", "dd.MM.yyyy HH:mm", zone.getId(), "");
        }
        String pattern = time.get().pattern();
        String clock = "";
        if (!pattern.contains("H")
                && !pattern.startsWith("epoch")
                && first(Guess.CLOCK).isPresent()) {
            Column beside = first(Guess.CLOCK).get();
            clock = beside.name();
            int place = look.columns().indexOf(beside);
            boolean seconds = look.rows().stream()
                    .anyMatch(row -> row.size() > place && row.get(place).matches(".*:.*:.*"));
            pattern = pattern.equals("iso") ? "iso" : pattern + (seconds ? " HH:mm:ss" : " HH:mm");
        }
        boolean absolute =
                pattern.startsWith("epoch") || pattern.contains("X") || pattern.contains("z") || hasOffset(time.get());
        return new When(time.get().name(), clock, pattern, absolute ? "" : zone.getId(), "");
    }

    private boolean hasOffset(Column column) {
        int place = look.columns().indexOf(column);
        return column.pattern().equals("iso")
                && !look.rows().isEmpty()
                && look.rows().stream()
                        .allMatch(row -> row.size() > place
                                && row.get(place).matches(".*T?\\d\\d:\\d\\d.*([Zz]|[+-]\\d\\d:?\\d\\d)"));
    }

    /// Where the same time stands in several lines, a column tells them apart: one with few different texts.
    private Optional<Column> key(Column time) {
        if (time.distinct() * 2 > look.lines()) {
            return Optional.empty();
        }
        return look.columns().stream()
                .filter(column -> column.guess() == Guess.TEXT || (column.guess() == Guess.NUMBER && column.whole()))
                .filter(column -> column.distinct() > 1 && column.distinct() * time.distinct() >= look.lines())
                .filter(column -> column.distinct() < look.lines())
                .findFirst();
    }

    private Where where(Optional<Column> key) {
        String plain = file.replaceAll("(?i)(\\.(csv|tsv|txt|gz|dat))+$", "");
        return key.map(column -> new Where("column", 0, plain, "", "", "", column.name(), column.name() + " {key}"))
                .orElseGet(() -> new Where("new", 0, plain, "", "", "", "", ""));
    }

    private List<What> what(Optional<Column> key) {
        return look.columns().stream()
                .filter(column ->
                        column.guess() == Guess.NUMBER && !column.name().isBlank())
                .filter(column -> key.isEmpty() || !key.get().equals(column))
                .filter(column -> look.columns().stream()
                                .filter(other -> other.name().equals(column.name()))
                                .count()
                        == 1)
                .limit(VALUES)
                .map(column -> what(column.name(), column.whole(), true))
                .toList();
    }

    static What what(String column, boolean whole, boolean number) {
        Matcher withUnit = WITH_UNIT.matcher(column);
        String name = withUnit.matches() ? withUnit.group(1) : column;
        String symbol = withUnit.matches() ? withUnit.group(2) : "";
        String unit =
                symbol.isEmpty() ? whole && number ? "Anzahl" : "ohne Einheit" : UNITS.getOrDefault(symbol, symbol);
        return new What(
                column,
                number ? "number" : "text",
                name,
                unit,
                symbol,
                name,
                whole && number && symbol.isEmpty() ? "sum" : "mean",
                0);
    }
}
