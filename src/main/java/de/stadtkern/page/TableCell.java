package de.stadtkern.page;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param value   by which is sorted and which stands in files: a text, a word, a number or an `Instant`; null for
/// nothing
/// @param text    for people
/// @param address where it leads, empty for nowhere
/// @param below   what stands below the text on a page, null for nothing
public record TableCell(
        @Nullable Object value,
        String text,
        String address,
        @Nullable Below below) {

    public TableCell(@Nullable Object value, String text, String address) {
        this(value, text, address, null);
    }

    /// What a page shows in a cell besides its text, and no file.
    public sealed interface Below {}

    /// A button.
    ///
    /// @param what it is about: several such buttons stand in a table
    public record Act(String address, String label, String what) implements Below {}

    /// A button with a question before it, for what cannot be undone.
    ///
    /// @param what it is about: several such buttons stand in a table
    public record Confirm(String address, String label, String what, String question) implements Below {}

    /// A longer text, to be opened.
    public record More(String summary, String what, String text) implements Below {}

    /// What can be chosen in a form around the table.
    public record Choice(String name, String value, String label, boolean isChosen) implements Below {}

    /// What was before and is now.
    public record Differences(List<Difference> list) implements Below {
        private static final int MANY = 4;
        private static final int LONG = 200;

        public Differences {
            list = List.copyOf(list);
        }

        /// Whether a table shows them only when they are asked for.
        public boolean isLong() {
            return list.size() > MANY
                    || list.stream()
                                    .mapToInt(one ->
                                            one.before().length() + one.after().length())
                                    .sum()
                            > LONG;
        }
    }

    /// As in [#word].
    record Word(String key, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// @param before empty where there was nothing
    /// @param after  empty where there is nothing any more
    public record Difference(String field, String before, String after) {}

    public static TableCell text(String text) {
        return new TableCell(text, text, "");
    }

    public static TableCell link(String text, String address) {
        return new TableCell(text, text, address);
    }

    /// One of a few words of ours: files for programs have its key, whatever language the reader has.
    ///
    /// @param text the word in the reader's language
    public static TableCell word(String key, String text) {
        return new TableCell(new Word(key, text), text, "");
    }

    public static TableCell number(@Nullable Double number, String text) {
        return new TableCell(number, text, "");
    }

    public static TableCell time(@Nullable Instant time, String text) {
        return new TableCell(time, text, "");
    }

    /// In a file the differences are one text.
    public static TableCell differences(List<Difference> differences) {
        String said = String.join(
                "; ",
                differences.stream()
                        .map(one -> "%s: %s → %s".formatted(one.field(), one.before(), one.after()))
                        .toList());
        return new TableCell(said, "", "", new Differences(differences));
    }

    public TableCell with(@Nullable Below below) {
        return new TableCell(value, text, address, below);
    }
}
