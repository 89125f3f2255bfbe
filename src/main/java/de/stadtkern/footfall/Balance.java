package de.stadtkern.footfall;

import de.stadtkern.footfall.Directions.Counted;
import de.stadtkern.footfall.Directions.Unsaid;
import de.stadtkern.footfall.FigureStore.Figure;
import java.util.List;

/// Which way people went: sums over the hours that show it, and over no others. Nothing is taken from a total, so what
/// is hidden of an hour cannot be reckoned back from any of them.
///
/// @param shown   hours that show their directions
/// @param small   hours that do not, because few went one way
/// @param held    hours that do not, because they were corrected or values are still waited for
/// @param counted all hours that were counted
record Balance(double inward, double outward, int shown, int small, int held, int counted) {

    static Balance of(List<Figure> hours, Factors factors) {
        double inward = 0;
        double outward = 0;
        int shown = 0;
        int small = 0;
        int held = 0;
        int counted = 0;
        for (Figure hour : hours) {
            counted += hour.state().isCounted() ? 1 : 0;
            switch (factors.calibrated(hour.hour(), hour.directions())) {
                case Counted one -> {
                    inward += one.inward();
                    outward += one.outward();
                    shown++;
                }
                case Unsaid unsaid -> {
                    small += unsaid == Unsaid.SMALL ? 1 : 0;
                    held += unsaid == Unsaid.CORRECTED || unsaid == Unsaid.OPEN ? 1 : 0;
                }
            }
        }
        return new Balance(inward, outward, shown, small, held, counted);
    }

    /// Of those who are shown, how many went in; NaN if there is none.
    double share() {
        return inward + outward == 0 ? Double.NaN : inward / (inward + outward);
    }
}
