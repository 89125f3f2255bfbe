package de.stadtkern.connect;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/// Why something of a file was not imported. Programs and logs get the English sentence, pages say it in the reader's
/// language by its kind.
///
/// @param arguments what the sentence names, in the order in which it does
public record Reason(Kind kind, List<String> arguments) {

    public enum Kind {
        NO_TIME("is no time as in %s"),
        SKIPPED_HOUR("is an hour that the clocks of %s skip in spring"),
        NO_OFFSET("has no offset, and the mapping has no time.zone"),
        REVERSED("is before the beginning"),
        NO_NUMBER("is no number"),
        NO_COMMA_NUMBER("is no number written with a decimal comma"),
        FIELDS("has %s fields instead of %s"),
        TOO_MANY_FIELDS("has more than %s fields"),
        TOO_LONG("is longer than %s characters"),
        OPEN_QUOTE("has a quote that is not closed"),
        BEHIND_QUOTE("goes on behind a closing quote"),
        NO_POINT("does not say which measuring point it is"),
        UNKNOWN_POINT("is a measuring point that the mapping does not list"),
        TOO_MANY_POINTS("is one measuring point more than the %s a file may have"),
        BROKEN_OFF("is the last one before the packed file breaks off"),
        NO_JSON("is no JSON"),
        NOT_ONE_JSON("is not one JSON value"),
        NO_JSON_OBJECT("is not a JSON object"),
        NO_JSON_ARRAY("is not a JSON array of %s values"),
        NO_FEATURE("describes no FeatureOfInterest with name, description, encodingType and feature"),
        TOO_DEEP("is nested too deeply"),
        NUMBER_RANGE("has a number that is too large or too small"),
        NUL("holds a character that no text has (NUL)"),
        HALF_CHARACTER("holds half a character");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    public Reason {
        arguments = List.copyOf(arguments);
    }

    static Reason of(Kind kind, Object... arguments) {
        return new Reason(kind, List.of(arguments).stream().map(String::valueOf).toList());
    }

    @Override
    @JsonValue
    public String toString() {
        return kind.sentence.formatted(arguments.toArray());
    }
}
