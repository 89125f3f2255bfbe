package de.stadtkern.imports;

import de.stadtkern.connect.Mapping;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.List;
import java.util.Set;

/// Whether what was clicked together makes a mapping; the first thing that does not is said at its field.
final class DraftCheck {

    private static final Set<String> DECIMALS = Set.of(".", ",");

    private DraftCheck() {}

    static void require(Draft draft, MeasuringPoints points) {
        if (!DECIMALS.contains(draft.written().decimal())
                || draft.written().decimal().equals(draft.written().thousands())
                || draft.written().thousands().length() > 1) {
            throw Problem.field(
                    "thousands", "thousands-invalid", "Decimal and thousands are two different characters.");
        }
        when(draft.when());
        if (draft.what().isEmpty()) {
            throw Problem.field("columns", "nothing-chosen", "Choose at least one column with values.");
        }
        if (draft.what().size() > Draft.MOST_VALUES) {
            throw Problem.field(
                    "columns",
                    "too-many-values",
                    "At most %d columns can be chosen here.".formatted(Draft.MOST_VALUES));
        }
        where(draft, points);
        if (!Set.of("ignore", "replace", "insert").contains(draft.duplicates())) {
            throw Problem.field("duplicates", "choice-missing", "Choose one of these.");
        }
    }

    private static void when(Draft.When when) {
        if (when.column().isBlank()) {
            throw Problem.field("time", "time-missing", "Choose the column with the time.");
        }
        if (when.column().equals(when.clock())) {
            throw Problem.field("clock", "clock-same", "The time of day stands in another column than the date.");
        }
        try {
            Mapping.requireTimePattern(when.pattern());
        } catch (IllegalArgumentException unknown) {
            throw Problem.field(
                    "pattern-other",
                    "pattern-invalid",
                    "This pattern is not understood: %s.".formatted(unknown.getMessage()));
        }
    }

    private static void where(Draft draft, MeasuringPoints points) {
        Draft.Where where = draft.where();
        switch (where.kind()) {
            case "new" -> {
                if (where.name().isBlank() || where.name().length() > 200) {
                    throw Problem.field("name", "name-invalid", "A name has 1 to 200 characters.");
                }
                degrees("latitude", where.latitude(), 90);
                degrees("longitude", where.longitude(), 180);
                if (where.longitude().isEmpty() != where.latitude().isEmpty()) {
                    throw Problem.field("longitude", "place-half", "Longitude and latitude come together.");
                }
            }
            case "thing" ->
                existing(
                        draft,
                        points.find(where.thing())
                                .orElseThrow(() -> Problem.field("thing", "thing-missing", "Choose the Thing.")));
            case "column" -> {
                if (where.column().isBlank()) {
                    throw Problem.field("key", "key-missing", "Choose the column that says where.");
                }
                if (where.naming().isBlank() || where.naming().length() > 200) {
                    throw Problem.field("naming", "name-invalid", "A name has 1 to 200 characters.");
                }
            }
            default -> throw Problem.field("place", "choice-missing", "Choose one of these.");
        }
        for (Draft.What what : draft.what()) {
            if (what.datastream() != 0 && !where.kind().equals("thing")) {
                throw Problem.field(
                        "place", "datastream-elsewhere", "A Datastream that is there belongs to its Thing.");
            }
            if (what.datastream() == 0
                    && (what.name().isBlank()
                            || what.unit().isBlank()
                            || what.property().isBlank())) {
                throw Problem.field(
                        "columns",
                        "value-incomplete",
                        "For '%s', name, unit and what is measured are needed.".formatted(what.column()),
                        java.util.Map.of("column", what.column()));
            }
        }
    }

    private static void existing(Draft draft, MeasuringPoint point) {
        List<Long> there =
                point.series().stream().map(MeasuringPoint.Series::datastreamId).toList();
        for (Draft.What what : draft.what()) {
            if (what.datastream() != 0 && !there.contains(what.datastream())) {
                throw Problem.field(
                        "thing", "datastream-elsewhere", "A Datastream that is there belongs to its Thing.");
            }
        }
    }

    private static void degrees(String field, String text, int most) {
        if (text.isEmpty()) {
            return;
        }
        if (!text.matches("-?\\d{1,3}([.,]\\d{1,12})?")
                || Math.abs(Double.parseDouble(text.replace(',', '.'))) > most) {
            throw Problem.field(
                    field, "degrees-invalid", "This is a number of degrees, from -%d to %d.".formatted(most, most));
        }
    }
}
