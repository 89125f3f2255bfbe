package de.stadtkern.footfall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the parts of a counter counted: sums over the hours that show them, and over no others. Nothing is taken from a
/// total, so what is hidden of an hour cannot be reckoned back from any of them.
///
/// @param counts  of each part
/// @param total   of everybody in the same hours; the parts need not add up to it
/// @param passed  of everybody in all hours that were counted
/// @param shown   hours that show their parts
/// @param small   hours that do not, because one part is small
/// @param held    hours that do not, because they were corrected or values are still waited for
/// @param unknown hours of which a part was not counted
record PartSums(List<Double> counts, double total, double passed, int shown, int small, int held, int unknown) {

    PartSums {
        counts = List.copyOf(counts);
    }

    /// @param parts how many there are
    static PartSums of(List<PartStore.Hour> hours, int parts) {
        List<Double> counts = new ArrayList<>(Collections.nCopies(parts, 0.0));
        double total = 0;
        double passed = 0;
        int shown = 0;
        int small = 0;
        int held = 0;
        int unknown = 0;
        for (PartStore.Hour hour : hours) {
            passed += hour.total();
            switch (hour.division()) {
                case Division.Counted one -> {
                    for (int part = 0; part < parts; part++) {
                        counts.set(part, counts.get(part) + one.counts().get(part));
                    }
                    total += hour.total();
                    shown++;
                }
                case Directions.Unsaid unsaid -> {
                    switch (unsaid) {
                        case UNKNOWN -> unknown++;
                        case SMALL -> small++;
                        case CORRECTED, OPEN -> held++;
                    }
                }
            }
        }
        return new PartSums(counts, total, passed, shown, small, held, unknown);
    }

    int counted() {
        return shown + small + held + unknown;
    }

    /// Of everybody who passed in these hours; NaN if nobody did.
    double share(int part) {
        return total == 0 ? Double.NaN : counts.get(part) / total;
    }

    /// Who passed in none of the parts; below zero where some were counted in two.
    double rest() {
        return total - counts.stream().mapToDouble(Double::doubleValue).sum();
    }
}
