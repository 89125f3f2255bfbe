package de.stadtkern.connect;

import java.util.List;

/// Why something of a message did not come into the store. Logs and programs get the English sentence, pages say it in
/// the reader's language by its kind.
///
/// @param where     the path in the message, the channel or the device it is about; never a value
/// @param arguments what the sentence names, in the order in which it does
public record MessageRefusal(String where, Kind kind, List<String> arguments) {

    public enum Kind {
        NO_JSON("is no JSON: it breaks off or goes wrong at character %s"),
        NO_TABLE("is no table with a line of names and columns"),
        TOO_MANY_RECORDS("holds more than %s records"),
        PICTURE("holds a picture, which could show people; the counter must not send any"),
        TRACK("tells one person or track from others; the counter must send sums only"),
        DEVICE_OF_PERSON("is the address of somebody's device; counting devices means following people"),
        PLATE("is a number plate"),
        PERSON_RECORD("says where single people or things stood; the counter must send sums only"),
        NO_DEVICE("does not say which counter it comes from"),
        UNKNOWN_DEVICE("is no counter that the mapping lists"),
        NO_TIME("does not say when it was, or not as in %s"),
        SKIPPED_HOUR("is an hour that the clocks of %s skip in spring"),
        NO_OFFSET("has no offset, and the mapping has no time.zone"),
        FUTURE("lies more than a day in the future"),
        NO_NUMBER("is no number"),
        NO_COUNT("is no count: it is negative"),
        NO_TOTAL("is no running total: a whole number that is not negative"),
        IMPLAUSIBLE("rose by %s, more than %s an hour allow; it is counted on from here"),
        NOTHING_FOUND("holds nothing the mapping looks for");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    public MessageRefusal {
        arguments = List.copyOf(arguments);
    }

    static MessageRefusal of(String where, Kind kind, Object... arguments) {
        return new MessageRefusal(
                JsonText.storable(where),
                kind,
                List.of(arguments).stream().map(String::valueOf).toList());
    }

    /// Whether it is about what could tell people apart.
    public boolean isPersonal() {
        return switch (kind) {
            case PICTURE, TRACK, DEVICE_OF_PERSON, PLATE, PERSON_RECORD -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        String said = kind.sentence.formatted(arguments.toArray());
        return where.isEmpty() ? "The message " + said : "'%s' %s".formatted(where, said);
    }
}
