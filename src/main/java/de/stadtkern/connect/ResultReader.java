package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewObservation.Details;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The result of a line's value, and what the mapping keeps beside it.
final class ResultReader {

    private static final int LONGEST_EXACT = 15;
    private static final int FEATURES_KEPT = 10_000;

    private final Mapping mapping;
    private final Texts missing;
    private final LineReader.Targets targets;
    private final Map<String, Long> features = new HashMap<>();
    private final Places[] places;
    private double number;
    private @Nullable String json;

    /// Where the fields of one of the mapping's values stand.
    private record Places(
            int result, int[] quality, int qualityJson, int[] parameters, int parametersJson, int featureJson) {

        static Places of(Columns columns, Mapping.Value value) {
            return new Places(
                    columns.place(value.column()),
                    places(columns, value.quality()),
                    columns.placeOrNone(value.qualityJson()),
                    places(columns, value.parameters()),
                    columns.placeOrNone(value.parametersJson()),
                    columns.placeOrNone(value.featureJson()));
        }

        private static int[] places(Columns columns, List<Mapping.Note> notes) {
            return notes.stream().mapToInt(note -> columns.place(note.column())).toArray();
        }
    }

    ResultReader(Mapping mapping, Columns columns, Texts missing, LineReader.Targets targets) {
        this.mapping = mapping;
        this.missing = missing;
        this.targets = targets;
        this.places = mapping.values().stream()
                .map(value -> Places.of(columns, value))
                .toArray(Places[]::new);
    }

    /// The number that was read last; without meaning if [#json] is there.
    double number() {
        return number;
    }

    @Nullable
    String json() {
        return json;
    }

    void read(CsvLine line, int value) throws Unreadable {
        number = 0;
        json = null;
        int place = places[value].result();
        switch (mapping.values().get(value).kind()) {
            case NUMBER -> readNumber(line, place);
            case TEXT -> json = JsonText.quoted(text(line, place));
            case JSON -> readJson(line, place, mapping.values().get(value));
        }
    }

    private void readNumber(CsvLine line, int place) throws Unreadable {
        Mapping.Format format = mapping.format();
        int from = line.from[place];
        int to = line.to[place];
        double read = NumberText.read(line.letters, from, to, format.decimal(), format.thousands());
        if (Double.isNaN(read)) {
            throw new Unreadable(
                    place, Reason.of(format.decimal() == ',' ? Reason.Kind.NO_COMMA_NUMBER : Reason.Kind.NO_NUMBER));
        }
        if (to - from > LONGEST_EXACT && Math.abs(read) > 1L << 53) {
            readLongInteger(line, place, read);
        } else {
            number = read;
        }
    }

    /// Identifiers and totals of 17 digits must not be rounded.
    private void readLongInteger(CsvLine line, int place, double read) {
        String digits = line.field(place);
        if (digits.matches("-?[1-9]\\d*") && !NumberText.isExact(digits, read)) {
            json = digits;
        } else {
            number = read;
        }
    }

    private void readJson(CsvLine line, int place, Mapping.Value wish) throws Unreadable {
        String text = checkedJson(line, place);
        if (wish.isMulti() && !JsonText.isArray(text, wish.observed().size())) {
            throw new Unreadable(
                    place, Reason.of(Reason.Kind.NO_JSON_ARRAY, wish.observed().size()));
        }
        double read = JsonText.numberOf(text);
        if (!Double.isNaN(read) && NumberText.isExact(text, read)) {
            number = read;
        } else {
            json = text;
        }
    }

    /// Null if there is nothing beside the result.
    @Nullable
    Details details(CsvLine line, int value, @Nullable Instant validStart, @Nullable Instant validEnd)
            throws Unreadable {
        Mapping.Value wish = mapping.values().get(value);
        Places here = places[value];
        String quality = beside(line, here.quality(), wish.quality(), here.qualityJson());
        String parameters = beside(line, here.parameters(), wish.parameters(), here.parametersJson());
        if (parameters != null && !parameters.startsWith("{")) {
            throw new Unreadable(here.parametersJson(), Reason.of(Reason.Kind.NO_JSON_OBJECT));
        }
        Long feature = feature(line, here.featureJson());
        return quality == null && parameters == null && validStart == null && validEnd == null && feature == null
                ? null
                : new Details(feature, validStart, validEnd, quality, parameters);
    }

    private @Nullable Long feature(CsvLine line, int place) throws Unreadable {
        if (place < 0 || missing.has(line, place)) {
            return null;
        }
        String json = checkedJson(line, place);
        if (json.equals("null")) {
            return Details.NO_FEATURE;
        }
        Long known = features.get(json);
        if (known == null) {
            known = targets.feature(described(json, place));
            if (features.size() == FEATURES_KEPT) {
                features.clear();
            }
            features.put(json, known);
        }
        return known;
    }

    private static NewFeature described(String json, int place) throws Unreadable {
        try {
            return new NewFeature(json);
        } catch (Problem none) {
            throw new Unreadable(place, Reason.of(Reason.Kind.NO_FEATURE));
        }
    }

    private @Nullable String beside(CsvLine line, int[] fields, List<Mapping.Note> notes, int jsonPlace)
            throws Unreadable {
        if (jsonPlace >= 0) {
            return missing.has(line, jsonPlace) ? null : checkedJson(line, jsonPlace);
        }
        StringBuilder object = null;
        for (int at = 0; at < fields.length; at++) {
            if (missing.has(line, fields[at])) {
                continue;
            }
            String text = text(line, fields[at]);
            if (text.equals(notes.get(at).usual())) {
                continue;
            }
            object = object == null ? new StringBuilder("{") : object.append(',');
            object.append(JsonText.quoted(notes.get(at).column())).append(':').append(plain(text));
        }
        return object == null ? null : object.append('}').toString();
    }

    private static String plain(String text) {
        return text.matches("-?(0|[1-9]\\d{0,14})(\\.\\d{1,15})?") ? text : JsonText.quoted(text);
    }

    private static String text(CsvLine line, int place) throws Unreadable {
        String text = line.field(place);
        if (JsonText.refusalOfText(text) instanceof Reason reason) {
            throw new Unreadable(place, reason);
        }
        return text;
    }

    private static String checkedJson(CsvLine line, int place) throws Unreadable {
        String text = line.field(place);
        if (JsonText.refusal(text) instanceof Reason reason) {
            throw new Unreadable(place, reason);
        }
        return text;
    }
}
