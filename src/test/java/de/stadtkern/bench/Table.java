package de.stadtkern.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The results of a run, printed as one table.
final class Table {

    private final List<String[]> rows = new ArrayList<>();
    private final List<String> details = new ArrayList<>();

    /// @param bar what is asked for; `holds` whether it is reached
    void add(String what, String measured, String floor, String bar, boolean holds) {
        add(what, measured, floor, bar, holds ? "yes" : "NO");
    }

    private void add(String what, String measured, String floor, String bar, String reached) {
        String[] row = {what, measured, floor, bar, reached};
        rows.add(row);
        System.out.println(String.join(" | ", row));
    }

    /// A time. What is too long for the bar is good enough where the bare program needs at least half as long in the
    /// same run: then it is the machine. Which of the two it was stands beside it.
    void addTime(String what, String measured, double millis, double floor, double bar) {
        String reached = millis <= bar ? "yes, the bar" : millis <= 2 * floor ? "yes, 2 × floor" : "NO";
        add(what, measured, millis(floor), "≤ %.0f ms, or 2 × floor".formatted(bar), reached);
    }

    /// A time nobody has set a bar for.
    void addTime(String what, double millis, double floor) {
        add(what, millis(millis), millis(floor), "–", "–");
    }

    /// How the answers of one question were spread, and what they cost.
    ///
    /// @param sorted    milliseconds
    /// @param cpuMillis of all processes, for one answer
    /// @param memory    of all processes, right after it
    void detail(String what, double[] sorted, double cpuMillis, BenchServer.Memory memory) {
        details.add("| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        what,
                        millis(quantile(sorted, 0.5)),
                        millis(quantile(sorted, 0.95)),
                        millis(quantile(sorted, 0.99)),
                        millis(cpuMillis),
                        memory.text()));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    String markdown() {
        StringBuilder text =
                new StringBuilder("| what | measured | floor | must reach | reached |\n|---|---|---|---|---|\n");
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        if (!details.isEmpty()) {
            text.append("\n| question | p50 | p95 | p99 | CPU of all processes | memory: Stadtkern, PostgreSQL |\n")
                    .append("|---|---|---|---|---|---|\n");
            details.forEach(row -> text.append(row).append('\n'));
            text.append("\nRSS counts what PostgreSQL's processes share once for each of them; PSS counts it once.\n");
        }
        return text.toString();
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static String rate(double value) {
        return String.format(Locale.ROOT, "%,.0f/s", value);
    }

    static String seconds(double seconds) {
        return "%.1f s".formatted(seconds);
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
