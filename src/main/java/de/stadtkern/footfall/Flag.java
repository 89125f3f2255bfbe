package de.stadtkern.footfall;

import java.util.Locale;

/// An hour that does not look right, and why it may be right after all.
///
/// @param at          the hour's place in its series
/// @param expected    what was to be expected, the neighbours' present level included
/// @param low         the usual goes from here
/// @param high        to here
/// @param counted     NaN if nothing came
/// @param hours       how long it has been so
/// @param explanation [Explanation#NONE] is what somebody has to look at
record Flag(
        int at,
        Fault fault,
        double expected,
        double low,
        double high,
        double counted,
        int hours,
        Explanation explanation) {

    enum Explanation {
        NONE("nothing explains it"),
        CALENDAR("the calendar explains it"),
        NEIGHBOURS("the neighbours go the same way"),
        LAST_YEAR("it was so a year ago"),
        /// A sensor that counts people three times does so at every hour alike.
        EBBING("it swells and ebbs as a feast does, not as a sensor"),
        OUTAGE("an outage that was told goes on, or ends in this hour"),
        CLOCK("the clocks were changed in this hour");

        private final String sentence;

        Explanation(String sentence) {
            this.sentence = sentence;
        }
    }

    boolean isOpen() {
        return explanation == Explanation.NONE;
    }

    /// For whoever decides what to do.
    String sentence() {
        String now = Double.isNaN(counted) ? "nothing came" : String.format(Locale.ROOT, "%.0f", counted);
        return String.format(
                Locale.ROOT,
                "usual %.0f–%.0f at this hour, now %s for %d h, %s",
                low,
                high,
                now,
                hours,
                explanation.sentence);
    }
}
