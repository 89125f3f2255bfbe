package de.stadtkern.footfall;

import de.stadtkern.footfall.Calibration.Edition;
import de.stadtkern.page.Wording;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// How pages and files say which factor a figure was multiplied by.
final class CalibrationWords {

    private CalibrationWords() {}

    /// `Faktor 1,043 (± 2,1 %), seit 1. Mai 2026, Fassung 3.1`
    static String applied(Wording wording, Calibration calibration) {
        return wording.say(
                "footfall.calibrated.by." + calibration.role().key(),
                factor(wording, calibration.factor()),
                when(wording, calibration),
                calibration.edition().name());
    }

    static String factor(Wording wording, Factor factor) {
        return wording.say(
                "footfall.calibration.factor",
                wording.number(factor.value()),
                wording.number(Math.rint(factor.percent() * 10) / 10));
    }

    static String when(Wording wording, Calibration calibration) {
        Instant to = calibration.to();
        String from = wording.dateTime(calibration.from());
        return to == null
                ? wording.say("footfall.since", from)
                : wording.say("footfall.from-to", from, wording.dateTime(to));
    }

    /// `3.1`, or of two directions `3.1 + 4.1`: numbers of the calibrations with those of their states.
    static String names(List<Calibration> applied) {
        return applied.stream().map(Calibration::edition).map(Edition::name).collect(Collectors.joining(" + "));
    }
}
