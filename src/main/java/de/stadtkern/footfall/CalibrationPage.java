package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What the page of a counter says to editors about its calibration: what was counted by hand, how far the counter lay
/// off, and by what its figures are multiplied.
@Component
class CalibrationPage {

    /// So many of the newest reference counts are shown and can be chosen.
    private static final int SHOWN = 30;

    private final Calibrations calibrations;
    private final ReferenceCounts references;
    private final Rights rights;

    CalibrationPage(Calibrations calibrations, ReferenceCounts references, Rights rights) {
        this.calibrations = calibrations;
        this.references = references;
        this.rights = rights;
    }

    /// What was typed into the forms of the section.
    ///
    /// @param change of a calibration that is there
    record Typed(Form reference, Form factor, Form change) {

        static Typed nothing() {
            return new Typed(Form.empty(), Form.empty(), Form.empty());
        }
    }

    /// @param now     what is in force now, a sentence for each factor
    /// @param before  what was in the books before, and when
    /// @param overtaken whether somebody else was faster; the field that says it
    record Section(
            String path,
            List<String> now,
            List<ReferenceRow> references,
            List<Field> reference,
            List<FactorRow> factors,
            List<Field> factor,
            List<String> before,
            List<Field> overtaken) {

        boolean isReferenceOpen() {
            return isWrong(reference);
        }

        boolean isFactorOpen() {
            return isWrong(factor);
        }
    }

    private static boolean isWrong(List<Field> fields) {
        return fields.stream().anyMatch(field -> !field.error().isEmpty());
    }

    /// @param said what was counted and what the counter said, a line for each direction
    record ReferenceRow(long id, String when, String by, List<String> said) {}

    /// @param end fields of the form that ends it
    record FactorRow(long id, String version, String what, String when, String origin, String reason, List<Field> end) {

        boolean isEndOpen() {
            return isWrong(end);
        }
    }

    Section section(Frame frame, Counter counter, Typed typed) {
        List<ReferenceCount> counts =
                references.of(counter.id()).stream().limit(SHOWN).toList();
        Map<Long, ReferenceRow> rows = new LinkedHashMap<>();
        List<Choice> comparable = new ArrayList<>();
        counts.forEach(count -> row(frame, counter, count, rows, comparable));
        Factors factors = calibrations.of(counter.id());
        return new Section(
                CountersPage.PATH + "/" + counter.id(),
                now(frame, counter, factors),
                List.copyOf(rows.values()),
                CalibrationForm.referenceFields(
                        frame,
                        typed.reference(),
                        counter,
                        rights.person().map(Caller.Person::name).orElse("")),
                factors.calibrations().stream()
                        .map(one -> factorRow(frame, counter, one, typed.change()))
                        .toList(),
                CalibrationForm.factorFields(frame, typed.factor(), counter, comparable),
                calibrations.all(counter.id()).stream()
                        .filter(one -> one.edition().until() != null)
                        .map(one -> before(frame, counter, one))
                        .toList(),
                List.of(typed.change().version()));
    }

    private List<String> now(Frame frame, Counter counter, Factors factors) {
        List<Calibration> applied = factors.at(frame.wording().now());
        return applied.isEmpty()
                ? List.of(frame.say("footfall.calibration.none"))
                : applied.stream()
                        .map(one -> "%s: %s, %s"
                                .formatted(
                                        CalibrationForm.label(frame, counter, one.role()),
                                        CalibrationWords.factor(frame.wording(), one.factor()),
                                        CalibrationWords.when(frame.wording(), one)))
                        .toList();
    }

    private void row(
            Frame frame, Counter counter, ReferenceCount count, Map<Long, ReferenceRow> rows, List<Choice> comparable) {
        List<String> said = new ArrayList<>();
        boolean isComparable = false;
        for (Role role : roles(counter, count)) {
            Optional<Deviation> deviation = references.deviation(counter, count, role);
            isComparable |= deviation.isPresent();
            said.add(said(frame, counter, count, role, deviation));
        }
        String when = when(frame.wording(), count);
        rows.put(count.id(), new ReferenceRow(count.id(), when, count.countedBy(), said));
        if (isComparable) {
            comparable.add(Choice.of(
                    String.valueOf(count.id()),
                    frame.say("footfall.calibration.choose", when, String.join("; ", said))));
        }
    }

    private static List<Role> roles(Counter counter, ReferenceCount count) {
        return count.inward() == null ? List.of(Role.TOTAL) : CalibrationForm.counted(counter);
    }

    private static String said(
            Frame frame, Counter counter, ReferenceCount count, Role role, Optional<Deviation> deviation) {
        Wording wording = frame.wording();
        Integer byHand = count.of(role);
        String label = CalibrationForm.label(frame, counter, role);
        String hand = wording.number(byHand == null ? 0 : byHand);
        return deviation
                .map(one -> frame.say(
                        "footfall.reference.said",
                        label,
                        hand,
                        wording.number(Math.rint(one.counted())),
                        one.percent().map(percent -> signed(wording, percent)).orElse("–")))
                .orElseGet(() -> frame.say("footfall.reference.said.nothing", label, hand));
    }

    private static String signed(Wording wording, double percent) {
        double rounded = Math.rint(percent * 10) / 10;
        String sign = rounded > 0 ? "+" : rounded < 0 ? "−" : "±";
        return sign + wording.number(Math.abs(rounded)) + "\u00a0%";
    }

    private static String when(Wording wording, ReferenceCount count) {
        String from = wording.dateTime(count.from());
        return wording.day(count.from()).equals(wording.day(count.to()))
                ? wording.say("footfall.from-to", from, wording.endTime(count.to()))
                : wording.say("footfall.from-to", from, wording.dateTime(count.to()));
    }

    private static FactorRow factorRow(Frame frame, Counter counter, Calibration one, Form change) {
        long id = one.edition().id();
        return new FactorRow(
                id,
                one.version(),
                "%s: %s"
                        .formatted(
                                CalibrationForm.label(frame, counter, one.role()),
                                CalibrationWords.factor(frame.wording(), one.factor())),
                CalibrationWords.when(frame.wording(), one),
                one.references().isEmpty()
                        ? frame.say(
                                "footfall.calibration.by-hand", one.edition().name())
                        : frame.say(
                                "footfall.calibration.of-counts",
                                one.edition().name(),
                                one.references().size()),
                one.reason(),
                one.to() == null ? CalibrationForm.endFields(frame, change, id) : List.of());
    }

    private static String before(Frame frame, Counter counter, Calibration one) {
        Instant until = one.edition().until();
        Wording wording = frame.wording();
        return frame.say(
                "footfall.calibration.was",
                one.edition().name(),
                CalibrationForm.label(frame, counter, one.role()),
                CalibrationWords.factor(wording, one.factor()),
                CalibrationWords.when(wording, one),
                wording.dateTime(one.edition().since()),
                until == null ? "" : wording.dateTime(until));
    }

    /// All fields that can be wrong, for the summary of errors.
    static List<Field> every(Section section) {
        return Stream.concat(
                        section.overtaken().stream(), section.factors().stream().flatMap(row -> row.end().stream()))
                .toList();
    }
}
