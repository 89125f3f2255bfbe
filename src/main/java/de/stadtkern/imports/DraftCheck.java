package de.stadtkern.imports;

import de.stadtkern.connect.Mapping;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.List;
import java.util.Set;

/// Whether what was clicked together makes a mapping; what does not is said at its field.
final class DraftCheck {

    private static final Set<String> DECIMALS = Set.of(".", ",");

    private DraftCheck() {}

    static void check(Draft draft, MeasuringPoints points, Flaws flaws) {
        if (!DECIMALS.contains(draft.written().decimal())
                || draft.written().decimal().equals(draft.written().thousands())
                || draft.written().thousands().length() > 1) {
            flaws.add(Problem.field(
                    "thousands", "thousands-invalid", "Decimal and thousands are two different characters."));
        }
        when(draft.when(), flaws);
        if (draft.what().isEmpty()) {
            flaws.add(Problem.field("columns", "nothing-chosen", "Choose at least one column with values."));
        }
        if (draft.what().size() > Draft.MOST_VALUES) {
            flaws.add(Problem.field(
                    "columns",
                    "too-many-values",
                    "At most %d columns can be chosen here.".formatted(Draft.MOST_VALUES)));
        }
        where(draft, points, flaws);
        if (!Set.of("ignore", "replace", "insert").contains(draft.duplicates())) {
            flaws.add(Problem.field("duplicates", "choice-missing", "Choose one of these."));
        }
    }

    private static void when(Draft.When when, Flaws flaws) {
        if (when.column().isBlank()) {
            flaws.add(Problem.field("time", "time-missing", "Choose the column with the time."));
        } else if (when.column().equals(when.clock())) {
            flaws.add(Problem.field("clock", "clock-same", "The time of day stands in another column than the date."));
        }
        try {
            Mapping.requireTimePattern(when.pattern());
        } catch (IllegalArgumentException unknown) {
            flaws.add(Problem.field(
                    "pattern-other",
                    "pattern-invalid",
                    "This pattern is not understood: %s.".formatted(unknown.getMessage())));
        }
    }

    private static void where(Draft draft, MeasuringPoints points, Flaws flaws) {
        Draft.Where where = draft.where();
        switch (where.kind()) {
            case "new" -> {
                if (where.name().isBlank() || where.name().length() > 200) {
                    flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
                }
                flaws.check(() -> degrees("latitude", where.latitude(), 90))
                        .check(() -> degrees("longitude", where.longitude(), 180));
                if (where.longitude().isEmpty() != where.latitude().isEmpty()) {
                    flaws.add(Problem.field("longitude", "place-half", "Longitude and latitude come together."));
                }
            }
            case "thing" ->
                points.find(where.thing())
                        .ifPresentOrElse(
                                point -> existing(draft, point, flaws),
                                () -> flaws.add(Problem.field("thing", "thing-missing", "Choose the Thing.")));
            case "column" -> {
                if (where.column().isBlank()) {
                    flaws.add(Problem.field("key", "key-missing", "Choose the column that says where."));
                }
                if (where.naming().isBlank() || where.naming().length() > 200) {
                    flaws.add(Problem.field("naming", "name-invalid", "A name has 1 to 200 characters."));
                }
            }
            default -> flaws.add(Problem.field("place", "choice-missing", "Choose one of these."));
        }
        for (Draft.What what : draft.what()) {
            if (what.datastream() != 0 && !where.kind().equals("thing")) {
                flaws.add(Problem.field(
                        "place", "datastream-elsewhere", "A Datastream that is there belongs to its Thing."));
            }
        }
    }

    private static void existing(Draft draft, MeasuringPoint point, Flaws flaws) {
        List<Long> there =
                point.series().stream().map(MeasuringPoint.Series::datastreamId).toList();
        for (Draft.What what : draft.what()) {
            if (what.datastream() != 0 && !there.contains(what.datastream())) {
                flaws.add(Problem.field(
                        "thing", "datastream-elsewhere", "A Datastream that is there belongs to its Thing."));
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
