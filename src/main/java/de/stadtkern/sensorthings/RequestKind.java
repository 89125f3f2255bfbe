package de.stadtkern.sensorthings;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of question a request to SensorThings is, for figures: `Observations`, `Datastreams(id)`,
/// `Observations $filter`. All of SensorThings has one route; these few words tell what is slow.
public final class RequestKind {

    private static final List<String> SETS = List.of(
            "Things",
            "Locations",
            "HistoricalLocations",
            "Datastreams",
            "MultiDatastreams",
            "Sensors",
            "ObservedProperties",
            "Observations",
            "FeaturesOfInterest",
            "CreateObservations");
    private static final List<String> OPTIONS = List.of("$expand", "$filter", "$orderby");

    private RequestKind() {}

    /// Empty for what is not SensorThings.
    public static String of(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!path.startsWith(Address.SERVICE + "/")) {
            return "";
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        return noun(last) + option(request.getQueryString());
    }

    private static String noun(String last) {
        int key = last.indexOf('(');
        String name = key < 0 ? last : last.substring(0, key);
        for (String set : SETS) {
            if (set.equals(name)) {
                return key < 0 ? set : set + "(id)";
            }
        }
        return last.equals("$ref") ? "$ref" : "property";
    }

    /// The first of those that cost most.
    private static String option(@Nullable String query) {
        if (query != null) {
            for (String option : OPTIONS) {
                if (query.contains(option) || query.contains("%24" + option.substring(1))) {
                    return " " + option;
                }
            }
        }
        return "";
    }
}
