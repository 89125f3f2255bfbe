package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Channel;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.footfall.Counter.Topic;
import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A counter and a period as forms: their fields, and what was typed into them.
final class CounterForm {

    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2200, 12, 31);

    private CounterForm() {}

    static Form filled(Counter counter) {
        return filled(counter.wish()).fill("version", counter.version());
    }

    static Form filled(Counter.Wish wish) {
        Form form = Form.empty()
                .fill("name", wish.name())
                .fill("slug", wish.slug())
                .fill("place", wish.place())
                .fill("section", wish.section())
                .fill("technique", wish.technique())
                .fill("mounting", wish.mounting())
                .fill("since", wish.since() == null ? "" : wish.since().toString())
                .fill("responsible", wish.responsible())
                .fill("contact", wish.contact())
                .fill("simulated", wish.simulated() ? "on" : "")
                .fill("shown", wish.shown() ? "on" : "")
                .fill("sum-for-all", wish.sumForAll() ? "on" : "");
        wish.channels()
                .forEach(channel -> form.fill(
                                "role-" + channel.datastreamId(), channel.role().key())
                        .fill("name-" + channel.datastreamId(), channel.name()));
        wish.texts().forEach((key, text) -> form.fill(key.replace('.', '-'), text));
        return form;
    }

    /// What was typed; what is wrong with it so far is among the flaws.
    static Counter.Wish read(Form form, MeasuringPoint point, Flaws flaws) {
        List<Channel> channels = new ArrayList<>();
        for (MeasuringPoint.Series series : point.series()) {
            role(form, series.datastreamId())
                    .ifPresent(role -> channels.add(new Channel(
                            series.datastreamId(),
                            role,
                            form.value("name-" + series.datastreamId()).strip())));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Counter.textKeys()
                .forEach(key ->
                        texts.put(key, form.value(key.replace('.', '-')).strip().replace("\r\n", "\n")));
        return new Counter.Wish(
                form.value("slug").strip(),
                point.thingId(),
                form.value("name").strip(),
                form.value("place").strip(),
                form.value("section").strip(),
                form.value("technique").strip(),
                form.value("mounting").strip(),
                flaws.read(null, () -> date(form)),
                form.value("responsible").strip(),
                form.value("contact").strip(),
                texts,
                form.isChecked("simulated"),
                form.isChecked("shown"),
                form.isChecked("sum-for-all"),
                channels);
    }

    private static Optional<Role> role(Form form, long datastream) {
        String key = form.value("role-" + datastream);
        return Stream.of(Role.values()).filter(role -> role.key().equals(key)).findFirst();
    }

    private static @Nullable LocalDate date(Form form) {
        String text = form.value("since").strip();
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw Problem.field("since", "day-invalid", "A day is written like 2026-11-30.");
        }
    }

    /// @param title of the group
    record Group(String title, String hint, List<Field> fields) {}

    static List<Group> groups(Frame frame, Form form, MeasuringPoint point) {
        List<Group> groups = new ArrayList<>();
        groups.add(group(
                frame,
                "what",
                List.of(
                        form.version(),
                        form.field("name", frame.say("footfall.field.name")),
                        form.field("slug", frame.say("footfall.field.slug"))
                                .hint(frame.say("footfall.field.slug.hint")),
                        form.field("place", frame.say("footfall.field.place"))
                                .type("textarea")
                                .optional(),
                        form.field("shown", frame.say("footfall.field.shown")).type("checkbox"),
                        form.field("sum-for-all", frame.say("footfall.field.sum-for-all"))
                                .type("checkbox")
                                .hint(frame.say("footfall.field.sum-for-all.hint")))));
        List<Field> channels = new ArrayList<>();
        for (MeasuringPoint.Series series : point.series()) {
            channels.add(
                    form.field("role-" + series.datastreamId(), series.name()).select(roles(frame)));
            channels.add(
                    form.field("name-" + series.datastreamId(), frame.say("footfall.field.direction", series.name()))
                            .optional());
        }
        groups.add(group(frame, "channels", channels));
        groups.add(group(
                frame,
                "device",
                List.of(
                        form.field("technique", frame.say("footfall.field.technique"))
                                .hint(frame.say("footfall.field.technique.hint"))
                                .optional(),
                        form.field("mounting", frame.say("footfall.field.mounting"))
                                .hint(frame.say("footfall.field.mounting.hint"))
                                .optional(),
                        form.field("section", frame.say("footfall.field.section"))
                                .hint(frame.say("footfall.field.section.hint"))
                                .optional(),
                        form.field("since", frame.say("footfall.field.since"))
                                .type("date")
                                .optional(),
                        form.field("simulated", frame.say("footfall.field.simulated"))
                                .type("checkbox"))));
        List<Field> sign = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            for (String tongue : Counter.TONGUES) {
                sign.add(form.field(
                                topic.key() + "-" + tongue,
                                frame.say(
                                        "footfall.field.text",
                                        frame.say("footfall.sign.%s".formatted(topic.key())),
                                        frame.say("footfall.sign.language.%s".formatted(tongue))))
                        .type("textarea")
                        .optional());
            }
        }
        sign.add(form.field("responsible", frame.say("footfall.sign.responsible"))
                .optional());
        sign.add(form.field("contact", frame.say("footfall.sign.contact")).optional());
        groups.add(group(frame, "sign", sign));
        return groups;
    }

    private static Group group(Frame frame, String key, List<Field> fields) {
        return new Group(
                frame.say("footfall.group.%s".formatted(key)),
                frame.say("footfall.group.%s.hint".formatted(key)),
                fields);
    }

    private static List<Choice> roles(Frame frame) {
        return Stream.concat(
                        Stream.of(Choice.of("", frame.say("footfall.role.none"))),
                        Stream.of(Role.values())
                                .map(role ->
                                        Choice.of(role.key(), frame.say("footfall.role.%s".formatted(role.key())))))
                .toList();
    }

    static List<Field> periodFields(Frame frame, Form form) {
        return List.of(
                form.field("kind", frame.say("footfall.field.kind"))
                        .radio(Stream.of(CounterPeriod.Kind.values())
                                .map(kind -> Choice.of(kind.key(), frame.say("footfall.kind.%s".formatted(kind.key()))))
                                .toList()),
                form.field("from", frame.say("footfall.field.from")).type("date"),
                form.field("from-time", frame.say("footfall.field.from-time"))
                        .type("time")
                        .optional(),
                form.field("to", frame.say("footfall.field.to"))
                        .type("date")
                        .hint(frame.say("footfall.field.to.hint"))
                        .optional(),
                form.field("to-time", frame.say("footfall.field.to-time"))
                        .type("time")
                        .optional(),
                form.field("reason", frame.say("footfall.field.reason")).hint(frame.say("footfall.field.reason.hint")),
                form.field("everywhere", frame.say("footfall.field.everywhere")).type("checkbox"));
    }

    static CounterPeriod readPeriod(Form form, long counter, ZoneId zone, Flaws flaws) {
        CounterPeriod.Kind kind = flaws.read(
                CounterPeriod.Kind.NOTE,
                () -> Stream.of(CounterPeriod.Kind.values())
                        .filter(one -> one.key().equals(form.value("kind")))
                        .findFirst()
                        .orElseThrow(() -> Problem.field("kind", "kind-missing", "Choose one of these.")));
        Instant from = begin(form, "from", zone, flaws);
        Instant to = moment(form, "to", true, zone, flaws);
        return new CounterPeriod(
                0,
                form.isChecked("everywhere") ? null : counter,
                kind,
                from,
                kind == CounterPeriod.Kind.BREAK ? null : to,
                form.value("reason").strip());
    }

    static Instant begin(Form form, String field, ZoneId zone, Flaws flaws) {
        Instant from = moment(form, field, false, zone, flaws);
        if (from == null) {
            flaws.add(Problem.field(field, "from-missing", "Say when it begins."));
            return Instant.EPOCH;
        }
        return from;
    }

    /// @param isEnd a day without a time means its end
    /// @return null where no day was typed; where something wrong was, a moment that suits every other one
    static @Nullable Instant moment(Form form, String field, boolean isEnd, ZoneId zone, Flaws flaws) {
        String day = form.value(field).strip();
        String time = form.value(field + "-time").strip();
        if (day.isEmpty()) {
            return null;
        }
        LocalDate date = flaws.read(isEnd ? LAST : FIRST, () -> day(field, day));
        if (time.isEmpty()) {
            return (isEnd ? date.plusDays(1) : date).atStartOfDay(zone).toInstant();
        }
        LocalTime clock = flaws.read(
                isEnd ? LocalTime.MAX : LocalTime.MIN, () -> parsed(field + "-time", () -> LocalTime.parse(time)));
        return date.atTime(clock).atZone(zone).toInstant();
    }

    private static LocalDate day(String field, String text) {
        LocalDate day = parsed(field, () -> LocalDate.parse(text));
        if (day.isBefore(FIRST) || day.isAfter(LAST)) {
            throw Problem.field(field, "day-invalid", "A day is written like 2026-11-30.");
        }
        return day;
    }

    private static <T> T parsed(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (DateTimeException unreadable) {
            throw Problem.field(field, "moment-invalid", "A day is written like 2026-11-30, a time like 10:00.");
        }
    }
}
