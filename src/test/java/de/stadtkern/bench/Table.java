package de.stadtkern.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The results of a run, printed as one table.
final class Table {

    private final List<String[]> rows = new ArrayList<>();

    /// @param bar what the issue asks for; `holds` whether it is reached
    void add(String what, String measured, String floor, String bar, boolean holds) {
        String[] row = {what, measured, floor, bar, holds ? "yes" : "NO"};
        rows.add(row);
        System.out.println(String.join(" | ", row));
    }

    String markdown() {
        StringBuilder text =
                new StringBuilder("| what | measured | floor | must reach | reached |\n|---|---|---|---|---|\n");
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
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
