package de.stadtkern.footfall;

import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.problem.Problem;
import java.time.LocalDate;

/// Over which days directions are asked for, as an address says it: `?from=2026-10-01&to=2026-10-31`.
///
/// @param calibrated whether factors are applied
record BalanceQuestion(Days days, boolean calibrated) {

    private static final int USUAL = 28;
    private static final int MOST = 366;

    /// @param last day that was counted
    static BalanceQuestion of(Form form, LocalDate last) {
        LocalDate to = form.value("to").isEmpty() ? null : FootfallController.date("to", form.value("to"));
        LocalDate from = form.value("from").isEmpty() ? null : FootfallController.date("from", form.value("from"));
        LocalDate end = to != null ? to : from != null && from.isAfter(last) ? from : last;
        Days days = new Days(from == null ? end.minusDays(USUAL - 1L) : from, end);
        if (days.count() > MOST) {
            throw Problem.field("from", "directions-long", "At most 366 days.");
        }
        return new BalanceQuestion(days, !form.value("calibration").equals("off"));
    }

    static BalanceQuestion usual(LocalDate last) {
        return new BalanceQuestion(Days.endingOn(last, USUAL), true);
    }

    BalanceQuestion over(Days other) {
        return new BalanceQuestion(other, calibrated);
    }

    BalanceQuestion otherCalibration() {
        return new BalanceQuestion(days, !calibrated);
    }

    /// Complete, so that it stays what it is tomorrow.
    String at(String path) {
        return "%s?from=%s&to=%s%s".formatted(path, days.first(), days.last(), calibrated ? "" : "&calibration=off");
    }
}
