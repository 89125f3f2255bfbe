package de.stadtkern.site;

import de.stadtkern.page.BandChart;
import de.stadtkern.page.Chart;
import de.stadtkern.page.Field;
import de.stadtkern.page.HeatMap;
import de.stadtkern.page.MirrorChart;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Qr;
import de.stadtkern.page.StackChart;
import de.stadtkern.page.Table;
import java.util.List;

/// @param filters  of the table
/// @param filtered whether they leave out something
/// @param empty   a table in which nothing was found
/// @param fields  one of each kind
/// @param last    row of the table that can be removed
/// @param removed whether it is
record BlocksView(
        Chart bars,
        Chart lines,
        List<Table.File> barFiles,
        List<Table.File> lineFiles,
        List<Field> filters,
        boolean filtered,
        Table table,
        Table empty,
        PeriodChooser chooser,
        List<Field> fields,
        String last,
        boolean removed,
        Step step,
        BandChart band,
        MirrorChart mirror,
        StackChart stack,
        HeatMap week,
        HeatMap year,
        Table places,
        Qr code,
        String address) {

    /// One page of many, as a long list has it.
    ///
    /// @param previous address of the page before, empty if there is none
    /// @param next     address of the page after, empty if there is none
    record Step(int page, int pages, String previous, String next) {}
}
