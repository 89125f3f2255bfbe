package de.stadtkern.site;

import de.stadtkern.page.Chart;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Qr;
import de.stadtkern.page.Table;

/// @param empty a table in which nothing was found
/// @param wrong a chooser whose input makes no sense
record BlocksView(
        Chart bars,
        Chart lines,
        Table table,
        Table empty,
        PeriodChooser chooser,
        PeriodChooser wrong,
        Qr code,
        String address) {}
