package de.stadtkern.footfall;

import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Over which days directions are asked for, as an address says it: `?from=2026-10-01&to=2026-10-31`.
///
/// @param calibrated whether factors are applied
record BalanceQuestion(Days days, boolean calibrated) {

    private static final int USUAL = 28;
    private static final int MOST = 366;

    /// @param last day that was counted
    static BalanceQuestion of(Form form, LocalDate last) {
        Flaws flaws = new Flaws();
        LocalDate to = flaws.read(null, () -> date(form, "to"));
        LocalDate from = flaws.read(null, () -> date(form, "from"));
        LocalDate end = to != null ? to : from != null && from.isAfter(last) ? from : last;
        Days days = flaws.end(() -> new Days(from == null ? end.minusDays(USUAL - 1L) : from, end));
        if (days.count() > MOST) {
            throw Problem.field("from", "directions-long", "At most 366 days.");
        }
        return new BalanceQuestion(days, !form.value("calibration").equals("off"));
    }

    private static @Nullable LocalDate date(Form form, String field) {
        return form.value(field).isEmpty() ? null : FootfallController.date(field, form.value(field));
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
