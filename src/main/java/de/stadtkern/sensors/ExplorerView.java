package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param found   null until something was asked
/// @param refusal what the API says where it understands the question differently, in its English; else empty
record ExplorerView(ExplorerForm form, @Nullable Found found, String refusal) {

    /// Those that what was found needs.
    List<String> scripts() {
        if (found == null) {
            return List.of();
        }
        List<String> scripts = new ArrayList<>(List.of("copy"));
        if (found.chart() != null) {
            scripts.add("chart");
        }
        if (!found.places().isEmpty()) {
            scripts.add("map");
        }
        return scripts;
    }

    /// @param address  for people, below the root
    /// @param link     to the same in the API
    /// @param count    in words
    /// @param whole    address of the page that asks the same without a first and last day
    /// @param places   address of what a map shows, empty for none
    /// @param json     the answer, or its beginning
    /// @param isCut    whether there is more of it than `json`
    record Found(
            String address,
            String link,
            String curl,
            String count,
            Table table,
            @Nullable Chart chart,
            String whole,
            String places,
            String json,
            boolean isCut) {}
}
