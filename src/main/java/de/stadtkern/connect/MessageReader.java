package de.stadtkern.connect;

import de.stadtkern.connect.MessageReading.Channel;
import de.stadtkern.connect.MessageReading.Known;
import de.stadtkern.connect.RunningTotal.Piece;
import de.stadtkern.connect.RunningTotal.Seen;
import de.stadtkern.connect.RunningTotal.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Understands one message as its mapping says. Writes nothing: what it gives and what is to be remembered comes back
/// together.
public final class MessageReader {

    private static final int MOST_RECORDS = 200_000;
    private static final int MOST_REFUSALS = 20;
    private static final int MOST_KEY = 200;

    private final SourceMapping mapping;
    private final Known known;
    private final Instant received;
    private final List<SourceRow> rows = new ArrayList<>();
    private final Map<Channel, RunningTotal> totals = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final List<MessageRefusal> refusals = new ArrayList<>();
    private int repeated;
    private int left;
    private int beginnings;

    private MessageReader(SourceMapping mapping, Known known, Instant received) {
        this.mapping = mapping;
        this.known = known;
        this.received = received;
    }

    /// @param received when the message came in
    public static MessageReading read(SourceMapping mapping, String text, Instant received, Known known) {
        return new MessageReader(mapping, known, received).read(text);
    }

    private MessageReading read(String text) {
        MessageRecords.Parsed parsed = MessageRecords.parse(mapping.form(), text);
        if (parsed.refusal() != null) {
            refuse(parsed.refusal());
            // What cannot be read cannot be looked through either, so it is not kept.
            return reading("");
        }
        List<JsonPath.Record> records = new ArrayList<>();
        parsed.roots().forEach(root -> records.addAll(records(root)));
        Set<String> own = records.stream().limit(MOST_RECORDS).map(this::device).collect(Collectors.toSet());
        List<Personal.Found> personal = new ArrayList<>();
        parsed.roots().forEach(root -> personal.addAll(Personal.removeFrom(root, own)));
        String kept = JsonText.storable(MessageRecords.text(mapping.form(), parsed.roots()));
        if (!personal.isEmpty()) {
            personal.stream()
                    .limit(MOST_REFUSALS)
                    .forEach(found -> refuse(MessageRefusal.of(found.path(), found.what())));
            return reading(kept);
        }
        if (records.size() > MOST_RECORDS) {
            refuse(MessageRefusal.of("", MessageRefusal.Kind.TOO_MANY_RECORDS, MOST_RECORDS));
            return reading(kept);
        }
        var time = new MessageTime(mapping.time(), received, records.size() == 1);
        records.forEach(record -> read(record, time));
        if (rows.isEmpty() && totals.isEmpty() && repeated == 0 && left == 0 && refusals.isEmpty()) {
            refuse(MessageRefusal.of("", MessageRefusal.Kind.NOTHING_FOUND));
        }
        return reading(kept);
    }

    private MessageReading reading(String kept) {
        return new MessageReading(rows, totals, keys, repeated, left, beginnings, refusals, kept);
    }

    private List<JsonPath.Record> records(JsonNode root) {
        if (mapping.form() instanceof SourceMapping.Csv) {
            List<JsonPath.Record> lines = new ArrayList<>();
            root.forEach(line -> lines.add(new JsonPath.Record(root, line, List.of())));
            return lines;
        }
        return mapping.each() == null
                ? List.of(new JsonPath.Record(root, root, List.of()))
                : mapping.each().records(root, MOST_RECORDS);
    }

    private void refuse(MessageRefusal refusal) {
        if (refusals.size() < MOST_REFUSALS && !refusals.contains(refusal)) {
            refusals.add(refusal);
        }
    }

    private String device(JsonPath.Record record) {
        JsonPath path = mapping.device().path();
        return path == null ? mapping.device().is() : text(path, record, "");
    }

    private static String text(@Nullable JsonPath path, JsonPath.Record record, String missing) {
        JsonNode node = path == null ? null : path.find(record);
        return node == null || node.isContainer() ? missing : node.asString();
    }

    private boolean fulfils(SourceMapping.@Nullable When when, JsonPath.Record record) {
        return when == null || when.is().contains(text(when.path(), record, when.missing())) != when.not();
    }

    private void read(JsonPath.Record record, MessageTime time) {
        if (!mapping.when().stream().allMatch(when -> fulfils(when, record))) {
            left++;
            return;
        }
        String device = device(record);
        if (device.isBlank() || device.length() > MOST_KEY || JsonText.refusalOfText(device) != null) {
            refuse(MessageRefusal.of(place(mapping.device().path()), MessageRefusal.Kind.NO_DEVICE));
            return;
        }
        if (!mapping.points().others()
                && mapping.points().known().stream()
                        .noneMatch(point -> point.key().equals(device))) {
            refuse(MessageRefusal.of(device, MessageRefusal.Kind.UNKNOWN_DEVICE));
            return;
        }
        MessageTime.Read moment = time.read(record, device);
        if (moment.refusal() != null) {
            refuse(moment.refusal());
            return;
        }
        String key = key(record, device);
        if (!key.isEmpty() && (known.hasSeen(key) || !keys.add(key))) {
            repeated++;
            return;
        }
        Instant at = Objects.requireNonNull(moment.moment());
        for (int value = 0; value < mapping.values().size(); value++) {
            read(record, device, at, value, time);
        }
    }

    private static String place(@Nullable JsonPath path) {
        return path == null ? "" : path.text();
    }

    private String key(JsonPath.Record record, String device) {
        if (mapping.key().isEmpty()) {
            return "";
        }
        // A field that is left out is 0: The Things Stack leaves out what is empty, 0 or false.
        return device + " "
                + mapping.key().stream().map(path -> text(path, record, "0")).collect(Collectors.joining(" "));
    }

    private void read(JsonPath.Record record, String device, Instant at, int place, MessageTime time) {
        SourceMapping.Value value = mapping.values().get(place);
        if (!fulfils(value.when(), record)) {
            return;
        }
        JsonNode node = value.path().find(record);
        Double missing = value.missing();
        if (node == null && missing == null) {
            return;
        }
        double raw = node != null ? MessageRecords.number(node, mapping.form()) : Objects.requireNonNull(missing);
        double number = raw * value.factor();
        if (!Double.isFinite(number)) {
            refuse(MessageRefusal.of(value.path().text(), MessageRefusal.Kind.NO_NUMBER));
            return;
        }
        Map<String, Object> quality = quality(record);
        switch (value.kind()) {
            case LEVEL -> rows.add(row(device, place, at, null, number, quality));
            case COUNT -> count(device, place, at, number, quality, time);
            case TOTAL -> total(record, device, place, at, number, quality);
        }
    }

    private Map<String, Object> quality(JsonPath.Record record) {
        Map<String, Object> quality = new LinkedHashMap<>();
        for (SourceMapping.Quality wanted : mapping.quality()) {
            JsonNode node = wanted.path().find(record);
            if (node != null) {
                quality.put(wanted.name(), MessageRecords.plain(node));
            }
        }
        return quality;
    }

    private SourceRow row(
            String device,
            int place,
            Instant start,
            @Nullable Instant end,
            double number,
            Map<String, Object> quality) {
        String channel = mapping.values().get(place).target().key();
        return new SourceRow(device, channel, place, start, end, number, quality);
    }

    private void count(
            String device, int place, Instant at, double number, Map<String, Object> quality, MessageTime time) {
        SourceMapping.Value value = mapping.values().get(place);
        if (number < 0) {
            refuse(MessageRefusal.of(value.path().text(), MessageRefusal.Kind.NO_COUNT));
            return;
        }
        Instant other = time.other(at, Objects.requireNonNull(value.interval()));
        boolean forward = at.isBefore(other);
        rows.add(row(device, place, forward ? at : other, forward ? other : at, number, quality));
    }

    private void total(
            JsonPath.Record record, String device, int place, Instant at, double number, Map<String, Object> quality) {
        SourceMapping.Value value = mapping.values().get(place);
        if (number < 0 || number != Math.rint(number) || number > 9e15) {
            refuse(MessageRefusal.of(value.path().text(), MessageRefusal.Kind.NO_TOTAL));
            return;
        }
        Channel channel = new Channel(device, value.target().key());
        var seen = new Seen((long) number, at, frame(record), JsonText.storable(text(mapping.session(), record, "")));
        RunningTotal before = totals.containsKey(channel) ? totals.get(channel) : known.total(channel);
        Step step = before == null
                ? RunningTotal.first(seen)
                : before.next(seen, new RunningTotal.Rule(value.bits(), value.interval(), mapping.mostPerHour()));
        switch (step.what()) {
            case FIRST -> beginnings++;
            case KNOWN -> repeated++;
            case IMPLAUSIBLE ->
                refuse(MessageRefusal.of(
                        device + " " + channel.key(),
                        MessageRefusal.Kind.IMPLAUSIBLE,
                        step.amount(),
                        mapping.mostPerHour()));
            case COUNTED, LATE -> rows.addAll(counted(device, place, step, quality));
        }
        if (step.what() != RunningTotal.What.KNOWN) {
            totals.put(channel, step.next());
        }
    }

    /// -1 where the mapping knows of no frame counter; one that is left out is 0.
    private long frame(JsonPath.Record record) {
        if (mapping.frame() == null) {
            return -1;
        }
        String text = text(mapping.frame(), record, "0");
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
    }

    private List<SourceRow> counted(String device, int place, Step step, Map<String, Object> quality) {
        if (!step.lost()) {
            return List.of(row(device, place, step.from(), step.to(), (double) step.amount(), quality));
        }
        Map<String, Object> marked = new LinkedHashMap<>(quality);
        marked.put("resolution", step.what() == RunningTotal.What.LATE ? "late" : "lost");
        if (step.reset()) {
            marked.put("total", "reset");
        }
        List<Piece> pieces = RunningTotal.spread(step.from(), step.to(), step.amount());
        if (pieces.size() > 1) {
            // Whoever wants the whole again finds it: the parts are even because nothing more is known.
            marked.put("stretch", step.from() + "/" + step.to());
        }
        return pieces.stream()
                .map(piece -> row(device, place, piece.from(), piece.to(), (double) piece.amount(), marked))
                .toList();
    }
}
