package de.stadtkern.footfall;

import de.stadtkern.footfall.Calibration.Edition;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// A reference count and a calibration as forms, and a count as a phone sends it.
final class CalibrationForm {

    /// In place of a factor that cannot be told.
    private static final Factor NONE = Factor.typed(1, 0);

    private CalibrationForm() {}

    static List<Field> referenceFields(Frame frame, Form form, Counter counter, String person) {
        form.fill("count-key", UUID.randomUUID().toString()).fill("counted-by", person);
        List<Field> fields = new ArrayList<>(List.of(
                form.field("count-key", "").type("hidden"),
                form.field("count-day", frame.say("footfall.reference.day")).type("date"),
                form.field("count-from", frame.say("footfall.reference.from")).type("time"),
                form.field("count-to", frame.say("footfall.reference.to"))
                        .type("time")
                        .hint(frame.say("footfall.reference.to.hint"))));
        for (Role role : counted(counter)) {
            fields.add(form.field("count-" + role.key(), label(frame, counter, role))
                    .type("number"));
        }
        fields.add(form.field("counted-by", frame.say("footfall.reference.by")));
        return fields;
    }

    /// What somebody counts at this counter: both directions apart where it has them.
    static List<Role> counted(Counter counter) {
        boolean directions = !counter.wish().of(Role.IN).isEmpty()
                && !counter.wish().of(Role.OUT).isEmpty();
        return directions ? List.of(Role.IN, Role.OUT) : List.of(Role.TOTAL);
    }

    /// What can have a factor of its own.
    static List<Role> factored(Counter counter) {
        return counter.wish().countsDirections() ? List.of(Role.TOTAL, Role.IN, Role.OUT) : List.of(Role.TOTAL);
    }

    /// As people call the direction, if the register says that.
    static String label(Frame frame, Counter counter, Role role) {
        String name = counter.wish().channels().stream()
                .filter(channel -> channel.role() == role && role != Role.TOTAL)
                .map(Counter.Channel::name)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
        return name.isEmpty() ? frame.say("footfall.reference.role." + role.key()) : name;
    }

    static ReferenceCount readReference(Form form, Counter counter, ZoneId zone, Flaws flaws) {
        LocalDate day = flaws.read(LocalDate.EPOCH, () -> parsed(form, "count-day", LocalDate::parse, "from-missing"));
        LocalTime from = flaws.read(LocalTime.MIN, () -> parsed(form, "count-from", LocalTime::parse, "from-missing"));
        LocalTime to = flaws.read(LocalTime.MAX, () -> parsed(form, "count-to", LocalTime::parse, "to-missing"));
        return reference(
                form,
                counter,
                day.atTime(from).atZone(zone).toInstant(),
                day.atTime(to).atZone(zone).toInstant(),
                flaws);
    }

    /// As a phone sends it: moments with their seconds.
    static ReferenceCount readSent(Form form, Counter counter, Flaws flaws) {
        return reference(
                form,
                counter,
                flaws.read(Instant.EPOCH, () -> parsed(form, "count-from", Instant::parse, "from-missing")),
                flaws.read(Instant.EPOCH, () -> parsed(form, "count-to", Instant::parse, "to-missing")),
                flaws);
    }

    private static ReferenceCount reference(Form form, Counter counter, Instant from, Instant to, Flaws flaws) {
        String key = form.value("count-key");
        if (!key.matches("[0-9a-zA-Z-]{8,64}")) {
            flaws.add(Problem.field("count-key", "key-invalid", "A key has 8 to 64 letters, digits and hyphens."));
        }
        boolean directions = counted(counter).size() > 1;
        Integer in = directions ? flaws.read(0, () -> amount(form, "count-in")) : null;
        Integer out = directions ? flaws.read(0, () -> amount(form, "count-out")) : null;
        int all = in == null || out == null ? flaws.read(0, () -> amount(form, "count-total")) : in + out;
        return new ReferenceCount(
                0, counter.id(), key, from, to, form.value("counted-by").strip(), all, in, out);
    }

    private static int amount(Form form, String field) {
        String text = form.value(field).strip();
        if (!text.matches("\\d{1,7}")) {
            throw Problem.field(field, "amount-invalid", "A whole number from 0 to 1000000.");
        }
        return Integer.parseInt(text);
    }

    private static <T> T parsed(Form form, String field, Function<String, T> reader, String missing) {
        String text = form.value(field).strip();
        if (text.isEmpty()) {
            throw Problem.field(field, missing, "This is missing.");
        }
        try {
            return reader.apply(text);
        } catch (DateTimeException unreadable) {
            throw Problem.field(field, "moment-invalid", "A day is written like 2026-11-30, a time like 10:00.");
        }
    }

    /// @param comparable reference counts a factor can be worked out from, each with what it says
    static List<Field> factorFields(Frame frame, Form form, Counter counter, List<Choice> comparable) {
        List<Role> roles = factored(counter);
        form.fill("role", roles.getFirst().key());
        List<Field> fields = new ArrayList<>();
        if (roles.size() > 1) {
            fields.add(form.field("role", frame.say("footfall.calibration.role"))
                    .radio(roles.stream()
                            .map(role -> Choice.of(role.key(), label(frame, counter, role)))
                            .toList()));
        }
        fields.add(form.field("valid-from", frame.say("footfall.calibration.from"))
                .type("date")
                .hint(frame.say("footfall.calibration.from.hint")));
        fields.add(form.field("valid-from-time", frame.say("footfall.field.from-time"))
                .type("time")
                .optional());
        fields.add(form.field("valid-to", frame.say("footfall.calibration.to"))
                .type("date")
                .hint(frame.say("footfall.field.to.hint"))
                .optional());
        fields.add(form.field("valid-to-time", frame.say("footfall.field.to-time"))
                .type("time")
                .optional());
        comparable.forEach(one ->
                fields.add(form.field("reference-" + one.value(), one.label()).type("checkbox")));
        fields.add(form.field("factor", frame.say("footfall.calibration.typed"))
                .hint(frame.say("footfall.calibration.typed.hint"))
                .optional());
        fields.add(form.field("uncertainty", frame.say("footfall.calibration.uncertainty"))
                .hint(frame.say("footfall.calibration.uncertainty.hint"))
                .optional());
        fields.add(
                form.field("why", frame.say("footfall.field.reason")).hint(frame.say("footfall.calibration.why.hint")));
        return fields;
    }

    /// @param known   reference counts of the counter
    /// @param working works a factor out from chosen ones
    static Calibration readFactor(
            Form form,
            Counter counter,
            List<ReferenceCount> known,
            BiFunction<Role, List<Long>, Factor> working,
            ZoneId zone,
            Flaws flaws) {
        Role role = factored(counter).stream()
                .filter(one -> one.key().equals(form.value("role")))
                .findFirst()
                .orElse(Role.TOTAL);
        List<Long> chosen = known.stream()
                .map(ReferenceCount::id)
                .filter(id -> form.isChecked("reference-" + id))
                .toList();
        return new Calibration(
                Edition.NONE,
                counter.id(),
                role,
                factor(form, chosen, ids -> working.apply(role, ids), flaws),
                CounterForm.begin(form, "valid-from", zone, flaws),
                CounterForm.moment(form, "valid-to", true, zone, flaws),
                chosen,
                form.value("why").strip());
    }

    private static Factor factor(Form form, List<Long> chosen, Function<List<Long>, Factor> working, Flaws flaws) {
        boolean typed = !form.value("factor").isBlank();
        if (typed != chosen.isEmpty()) {
            flaws.add(Problem.field(
                    "factor",
                    "factor-or-counts",
                    "Either choose reference counts, or type a factor: one of both, not both."));
            return NONE;
        }
        return typed
                ? Factor.typed(
                        flaws.read(1.0, () -> number(form, "factor", "factor-invalid")),
                        flaws.read(0.0, () -> uncertainty(form)))
                : flaws.read(NONE, () -> working.apply(chosen));
    }

    private static double uncertainty(Form form) {
        double percent = number(form, "uncertainty", "uncertainty-invalid");
        if (percent < 0 || percent > 100) {
            throw Problem.field("uncertainty", "uncertainty-invalid", "From 0 to 100 percent.");
        }
        return percent;
    }

    /// With a comma or a point.
    private static double number(Form form, String field, String problem) {
        String text = form.value(field).strip().replace(',', '.');
        if (!text.matches("\\d{1,4}(\\.\\d{1,6})?")) {
            throw Problem.field(field, problem, "A number such as 1.04.");
        }
        return Double.parseDouble(text);
    }

    /// When a calibration is to end.
    static Instant readEnd(Form form, long id, ZoneId zone, Flaws flaws) {
        Instant end = CounterForm.moment(form, end(id), true, zone, flaws);
        if (end == null) {
            throw Problem.field(end(id), "to-missing", "Say when it ends.");
        }
        return end;
    }

    /// The field that says so.
    static String end(long id) {
        return "end-" + id;
    }

    static List<Field> endFields(Frame frame, Form form, long id) {
        return Stream.of(
                        form.field(end(id), frame.say("footfall.calibration.to"))
                                .type("date")
                                .hint(frame.say("footfall.calibration.end.hint")),
                        form.field(end(id) + "-time", frame.say("footfall.field.to-time"))
                                .type("time")
                                .optional())
                .toList();
    }
}
