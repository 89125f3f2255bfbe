package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Field;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param point        name of the Thing
/// @param period       what the chart shows, in words
/// @param chart        null if there is nothing to draw in this period
/// @param whole        what the address of the page asks for where nobody has chosen a period
/// @param compare      what can be drawn into the same chart, null for nothing
/// @param kept         what is asked for anew with it
/// @param shown        what is drawn into it besides
/// @param downloads    the values of this period as files
/// @param picture      address of the chart as SVG
/// @param pdf          address of the same as PDF
/// @param live         address of the stream that says when there is something new
/// @param watch        where somebody who may can have it watched, empty for everybody else
/// @param edit         address of the page to change it, empty for who may not
/// @param embed        markup with which another page shows the chart
record DatastreamView(
        String name,
        String description,
        String point,
        String pointAddress,
        SeriesCard latest,
        PeriodChooser chooser,
        String period,
        @Nullable Chart chart,
        String whole,
        boolean assumed,
        @Nullable Field compare,
        List<PeriodChooser.Hidden> kept,
        List<Shown> shown,
        List<Table.File> downloads,
        String picture,
        String pdf,
        String live,
        String watch,
        String edit,
        String permalink,
        String embed,
        Origin origin,
        String api) {

    /// @param without address of the page without it
    record Shown(String name, String address, String without) {}

    /// As the picture is called when it is saved: like the page, `7-lufttemperatur.svg`.
    String pictureName() {
        String page = permalink.replaceFirst("\\?.*", "");
        return page.substring(page.lastIndexOf('/') + 1) + ".svg";
    }

    /// For whoever only hears of the page: what its chart shows, or what the Datastream is.
    String summary() {
        return chart == null ? description : String.join(" ", chart.sentences());
    }
}
