package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.problem.Problem;
import java.time.LocalDate;
import java.util.List;

/// Which division of the counts is asked for and over which days, as an address says it:
/// `?of=zone&from=2026-10-01&to=2026-10-31`.
///
/// @param role zones or classes
record PartsQuestion(Role role, Days days) {

    /// In the order in which they are offered.
    static final List<Role> ROLES = List.of(Role.ZONE, Role.CLASS);

    /// @param usual what a counter has if nothing is said
    /// @param last  day that was counted
    static PartsQuestion of(Form form, Role usual, LocalDate last) {
        String asked = form.value("of");
        Role role = asked.isEmpty()
                ? usual
                : ROLES.stream()
                        .filter(one -> one.key().equals(asked))
                        .findFirst()
                        .orElseThrow(() -> Problem.field("of", "parts-unknown", "'of' is 'zone' or 'class'."));
        return new PartsQuestion(role, BalanceQuestion.of(form, last).days());
    }

    static PartsQuestion usual(Role usual, LocalDate last) {
        return new PartsQuestion(usual, BalanceQuestion.usual(last).days());
    }

    PartsQuestion over(Days other) {
        return new PartsQuestion(role, other);
    }

    PartsQuestion of(Role other) {
        return new PartsQuestion(other, days);
    }

    /// Complete, so that it stays what it is tomorrow.
    String at(String path) {
        return "%s?of=%s&from=%s&to=%s".formatted(path, role.key(), days.first(), days.last());
    }
}
