package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.sensorthings.EntityModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The two forms of the explorer: what to look at, and then what there is to say about it. Each set has fields of its
/// own, so it is chosen first; nothing here needs a script.
///
/// @param set        the one field of the first form
/// @param chosen     the set whose fields these are
/// @param conditions three fields for each
/// @param canAdd     whether there may be one more
/// @param along      checkboxes for what the entities lead to
/// @param fields     time and summary, where the set has them, and how many
/// @param more       options as a program writes them
record ExplorerForm(
        Field set,
        String chosen,
        List<List<Field>> conditions,
        boolean canAdd,
        List<Field> along,
        List<Field> fields,
        List<Field> more) {

    static final String ALONG = "expand-";
    private static final List<String> OF_OBSERVATIONS = List.of("datastream", "from", "to", "by");

    ExplorerForm {
        conditions = List.copyOf(conditions);
        along = List.copyOf(along);
        fields = List.copyOf(fields);
        more = List.copyOf(more);
    }

    /// @param series asked for the Datastreams there are only where the form chooses among them
    static ExplorerForm of(Frame frame, Form form, Supplier<List<Field.Choice>> series) {
        EntityModel entity = find(form).orElse(EntityModel.all().getFirst());
        int begun = ExplorerCondition.of(form).stream()
                .mapToInt(ExplorerCondition::number)
                .max()
                .orElse(0);
        int rows = Math.clamp(begun + (form.value("do").equals("more") ? 1L : 0), 1, ExplorerCondition.MOST);
        List<List<Field>> conditions = new ArrayList<>();
        for (int number = 1; number <= rows; number++) {
            conditions.add(ExplorerCondition.fields(frame, form, entity, number));
        }
        return new ExplorerForm(
                form.field("set", frame.say("sensors.explorer.set"))
                        .select(EntityModel.all().stream()
                                .map(one -> Field.Choice.of(
                                        one.set(), one.set() + " – " + frame.say("sensors.model." + one.name())))
                                .toList()),
                entity.set(),
                conditions,
                rows < ExplorerCondition.MOST,
                ways(entity)
                        .map(way -> form.field(ALONG + way, way).type("checkbox"))
                        .toList(),
                fields(frame, form, entity, series),
                Stream.of("filter", "expand", "select", "orderby")
                        .map(name -> text(frame, form, name))
                        .toList());
    }

    /// Empty if none was chosen, or one that does not exist.
    static Optional<EntityModel> find(Form form) {
        return EntityModel.all().stream()
                .filter(one -> one.set().equals(form.value("set")))
                .findFirst();
    }

    /// Names of what the entity leads to.
    static Stream<String> ways(EntityModel entity) {
        return Stream.concat(entity.ways().stream(), entity.shortcuts().stream())
                .map(EntityModel.Way::name);
    }

    /// What other sets do not have is shown there only if an address says it all the same, with what is wrong about it.
    private static List<Field> fields(Frame frame, Form form, EntityModel entity, Supplier<List<Field.Choice>> series) {
        boolean isOfObservations = entity.set().equals(ExplorerQuestion.OBSERVATIONS);
        return List.of(
                        form.field("datastream", frame.say("sensors.explorer.datastream"))
                                .hint(frame.say("sensors.explorer.datastream.hint"))
                                .type("number")
                                .suggest(isOfObservations ? series.get() : List.of())
                                .optional(),
                        form.field("from", frame.say("sensors.explorer.from"))
                                .type("date")
                                .optional(),
                        form.field("to", frame.say("sensors.explorer.to"))
                                .type("date")
                                .optional(),
                        form.field("by", frame.say("sensors.explorer.by"))
                                .hint(frame.say("sensors.explorer.by.hint"))
                                .select(choices(frame, "sensors.explorer.by.", ExplorerQuestion.BUCKETS, true)),
                        form.field("method", frame.say("sensors.explorer.method"))
                                .select(choices(frame, "sensors.explorer.method.", ExplorerQuestion.METHODS, false)),
                        form.field("top", frame.say("sensors.explorer.top"))
                                .hint(frame.say("sensors.explorer.top.hint"))
                                .type("number")
                                .optional())
                .stream()
                .filter(field -> isOfObservations
                        || field.name().equals("top")
                        || OF_OBSERVATIONS.contains(field.name())
                                && !field.value().isEmpty())
                .toList();
    }

    private static Field text(Frame frame, Form form, String name) {
        return form.field(name, frame.say("sensors.explorer." + name))
                .hint(frame.say("sensors.explorer." + name + ".hint"))
                .optional();
    }

    private static List<Field.Choice> choices(Frame frame, String prefix, List<String> keys, boolean none) {
        List<Field.Choice> choices = new ArrayList<>();
        if (none) {
            choices.add(Field.Choice.of("", frame.say(prefix + "none")));
        }
        keys.forEach(key -> choices.add(Field.Choice.of(key, frame.say(prefix + key))));
        return choices;
    }

    /// For the summary of what is wrong.
    List<Field> all() {
        return Stream.of(
                        Stream.of(set),
                        conditions.stream().flatMap(List::stream),
                        along.stream(),
                        fields.stream(),
                        more.stream())
                .flatMap(some -> some)
                .toList();
    }

    /// Whether the options for programs say something, or something about them is wrong.
    boolean isMoreSaid() {
        return more.stream()
                .anyMatch(field -> !field.value().isEmpty() || !field.error().isEmpty());
    }
}
