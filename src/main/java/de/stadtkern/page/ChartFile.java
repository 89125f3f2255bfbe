package de.stadtkern.page;

import java.util.ArrayList;
import java.util.List;

/// A chart as a picture of its own, to be put into a paper or a letter: with title, period, source, licence and date.
/// Its markup is `page/chart-file.jte`.
///
/// @param notes source, licence and date, one below the other
public record ChartFile(Chart chart, String title, String subtitle, List<String> notes) {

    static final int LEFT = 90;
    static final int WIDTH = 840;
    static final int PANEL = 260;
    private static final int TOP = 104;
    private static final int BETWEEN = 60;
    static final int TITLE_LINE = 28;
    /// As many wide letters as fit beside each other in 920 units, of 22 and of 13 high.
    private static final int TITLE_LETTERS = 72;

    private static final int NOTE_LETTERS = 125;
    /// Readable on white and for the colour-blind; the dashes tell the lines apart without any colour.
    private static final List<String> COLOURS = List.of("#171a8c", "#b3400c", "#00695c", "#7b1fa2");

    private static final List<String> DASHES = List.of("none", "8 4", "2 4", "12 4 2 4");

    public ChartFile {
        notes = notes.stream()
                .flatMap(note -> wrapped(note, NOTE_LETTERS).stream())
                .toList();
    }

    /// A picture does not break lines by itself. A word longer than a line, such as an address, is broken where it is
    /// full.
    static List<String> wrapped(String text, int letters) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (rest.length() > letters) {
                lines.add(rest.substring(0, letters));
                rest = rest.substring(letters);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    List<String> titleLines() {
        return wrapped(title, TITLE_LETTERS);
    }

    int subtitleTop() {
        return 62 + TITLE_LINE * (titleLines().size() - 1);
    }

    static String colour(int number) {
        return COLOURS.get((number - 1) % COLOURS.size());
    }

    static String dashes(int number) {
        return DASHES.get((number - 1) % DASHES.size());
    }

    int top(int panel) {
        return TOP + TITLE_LINE * (titleLines().size() - 1) + panel * (PANEL + BETWEEN);
    }

    int ticksTop() {
        return top(chart.panels().size() - 1) + PANEL + 22;
    }

    int legendTop() {
        return ticksTop() + 28;
    }

    int notesTop() {
        return legendTop() + (chart.hasLegend() ? 24 * lines() : 0) + 8;
    }

    int height() {
        return notesTop() + 20 * notes.size() + 8;
    }

    private int lines() {
        return chart.panels().stream().mapToInt(panel -> panel.paths().size()).sum();
    }

    String scaleX() {
        return String.format(java.util.Locale.ROOT, "%.5f", (double) WIDTH / chart.width());
    }

    String scaleY() {
        return String.format(java.util.Locale.ROOT, "%.5f", (double) PANEL / ChartDrawing.HEIGHT);
    }

    static int labelTop(Chart.Panel panel, int index) {
        return 5 + index * PANEL / Math.max(1, panel.scale().size() - 1);
    }

    static String x(Chart.Tick tick) {
        return ChartDrawing.number(LEFT + tick.at() * WIDTH);
    }
}
