package de.stadtkern.sensors;

import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Flaws;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What the pages of data sets show, and what their form says.
@Component
class DataSetPage {

    private final DataSets sets;
    private final MeasuringPoints points;
    private final ApiKeys keys;
    private final Menu menu;

    DataSetPage(DataSets sets, MeasuringPoints points, ApiKeys keys, Menu menu) {
        this.sets = sets;
        this.points = points;
        this.keys = keys;
        this.menu = menu;
    }

    record ListView(List<Menu.Entry> menu, List<Row> rows) {
        record Row(long id, String name, String description, String openness, String count) {}
    }

    /// @param id     0 for a new one
    /// @param all    name, description, and who may read
    record OneView(
            List<Menu.Entry> menu,
            long id,
            String title,
            String action,
            List<Field> all,
            List<Field> roles,
            List<Field> keys,
            List<Member> things) {

        /// For the summary of errors.
        public List<Field> every() {
            return Stream.of(
                            all.stream(),
                            things.stream()
                                    .flatMap(thing -> Stream.concat(Stream.of(thing.field()), thing.series().stream())),
                            roles.stream(),
                            keys.stream())
                    .flatMap(Function.identity())
                    .toList();
        }

        /// @param series fields of its Datastreams, of which single ones may be chosen; empty if it has one only
        record Member(Field field, List<Field> series) {}
    }

    ListView list(Frame frame) {
        List<ListView.Row> rows = sets.list().stream()
                .map(set -> new ListView.Row(
                        set.id(),
                        set.wish().name(),
                        set.wish().description(),
                        frame.say("sensors.sets.%s.short"
                                .formatted(set.wish().openness().key())),
                        frame.say(
                                "sensors.sets.count",
                                set.wish().things().size(),
                                set.wish().datastreams().size())))
                .toList();
        return new ListView(menu.entries(frame, "/data-sets"), rows);
    }

    OneView one(Frame frame, Optional<DataSet> set, Form form) {
        Map<Long, String> names = keys.names();
        long id = set.map(DataSet::id).orElse(0L);
        return new OneView(
                menu.entries(frame, "/data-sets"),
                id,
                set.map(there -> there.wish().name()).orElseGet(() -> frame.say("sensors.sets.new")),
                "/data-sets/" + (id == 0 ? "new" : String.valueOf(id)),
                List.of(
                        form.version(),
                        form.field("name", frame.say("sensors.sets.name")),
                        form.field("description", frame.say("sensors.sets.description"))
                                .type("textarea")
                                .optional(),
                        form.field("openness", frame.say("sensors.sets.openness"))
                                .radio(Arrays.stream(DataSet.Openness.values())
                                        .map(one -> Field.Choice.of(one.key(), frame.say("sensors.sets." + one.key())))
                                        .toList())),
                List.of("read-viewer", "read-editor", "write-editor").stream()
                        .map(name -> check(form, name, frame.say("sensors.sets." + name)))
                        .toList(),
                names.entrySet().stream()
                        .map(key -> form.field("key-" + key.getKey(), key.getValue())
                                .select(keyChoices(frame)))
                        .toList(),
                points.list().stream().map(point -> member(frame, form, point)).toList());
    }

    private static Field check(Form form, String name, String label) {
        return form.field(name, label).type("checkbox");
    }

    private static List<Field.Choice> keyChoices(Frame frame) {
        return List.of(
                Field.Choice.of("", frame.say("sensors.sets.key.no")),
                Field.Choice.of("read", frame.say("sensors.sets.key.read")),
                Field.Choice.of("write", frame.say("sensors.sets.key.write")));
    }

    private static OneView.Member member(Frame frame, Form form, MeasuringPoint point) {
        List<Field> series = point.series().size() < 2
                ? List.of()
                : point.series().stream()
                        .map(one -> check(
                                form, "datastream-" + one.datastreamId(), frame.say("sensors.sets.only", one.name())))
                        .toList();
        return new OneView.Member(check(form, "thing-" + point.thingId(), point.name()), series);
    }

    static Form filled(DataSet set) {
        DataSet.Wish wish = set.wish();
        Form form = Form.empty()
                .fill("version", set.version())
                .fill("name", wish.name())
                .fill("description", wish.description())
                .fill("openness", wish.openness().key());
        wish.readers().forEach(role -> form.fill("read-" + role.key(), "on"));
        wish.writers().forEach(role -> form.fill("write-" + role.key(), "on"));
        wish.writingKeys().forEach(key -> form.fill("key-" + key, "write"));
        wish.readingKeys().forEach(key -> form.fill("key-" + key, "read"));
        wish.things().forEach(thing -> form.fill("thing-" + thing, "on"));
        wish.datastreams().forEach(datastream -> form.fill("datastream-" + datastream, "on"));
        return form;
    }

    /// What the form says of what there is; nothing else can be put into a data set.
    DataSet.Wish wish(Form form, Flaws flaws) {
        Set<Long> readingKeys = new HashSet<>();
        Set<Long> writingKeys = new HashSet<>();
        for (long key : keys.names().keySet()) {
            switch (form.value("key-" + key)) {
                case "read" -> readingKeys.add(key);
                case "write" -> writingKeys.add(key);
                default -> {}
            }
        }
        List<MeasuringPoint> all = points.list();
        DataSet.Openness openness =
                flaws.read(DataSet.Openness.PUBLIC, () -> DataSet.Openness.of(form.value("openness")));
        return flaws.end(() -> new DataSet.Wish(
                form.value("name").strip(),
                form.value("description").strip(),
                openness,
                roles(form, "read-"),
                roles(form, "write-"),
                readingKeys,
                writingKeys,
                chosen(form, "thing-", all.stream().map(MeasuringPoint::thingId).toList()),
                chosen(
                        form,
                        "datastream-",
                        all.stream()
                                .flatMap(point -> point.series().stream())
                                .map(MeasuringPoint.Series::datastreamId)
                                .toList())));
    }

    private static Set<Role> roles(Form form, String prefix) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : List.of(Role.VIEWER, Role.EDITOR)) {
            if (form.isChecked(prefix + role.key())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static Set<Long> chosen(Form form, String prefix, Collection<Long> ids) {
        Set<Long> chosen = new HashSet<>();
        for (long id : ids) {
            if (form.isChecked(prefix + id)) {
                chosen.add(id);
            }
        }
        return chosen;
    }
}
