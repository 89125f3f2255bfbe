package de.stadtkern.page;

import java.util.Locale;

/// Where on paper what of a chart stands, in `page/chart-pdf.jte`.
final class ChartPdf {

    private static final double LEFT = 18;
    private static final double WIDTH = 150;
    private static final double HEIGHT = 50;
    private static final double LINE = 2;
    private static final double TICK = 20;

    private ChartPdf() {}

    static String picture(Chart chart, Chart.Panel panel) {
        return ChartPicture.address(panel, chart.width());
    }

    static String labelTop(Chart.Panel panel, int index) {
        return millimetres(index * HEIGHT / Math.max(1, panel.scale().size() - 1) - LINE);
    }

    static String tickLeft(Chart.Tick tick) {
        return millimetres(LEFT + tick.at() * WIDTH - TICK / 2);
    }

    private static String millimetres(double length) {
        return String.format(Locale.ROOT, "%.1fmm", length);
    }
}
