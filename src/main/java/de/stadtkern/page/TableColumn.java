package de.stadtkern.page;

import java.util.function.Function;

/// A column of a table whose rows are `T`: the same on the page and in files.
///
/// @param key      in addresses and files for programs
/// @param numeric  whether it is set to the right
/// @param sortable whether readers can have the table sorted by it
public record TableColumn<T>(String key, String title, boolean numeric, boolean sortable, Function<T, TableCell> cell) {

    public TableColumn(String key, String title, boolean numeric, Function<T, TableCell> cell) {
        this(key, title, numeric, true, cell);
    }

    public static <T> TableColumn<T> unsorted(String key, String title, Function<T, TableCell> cell) {
        return new TableColumn<>(key, title, false, false, cell);
    }

    /// Of a table that is shown whole.
    public static <T> TableColumn<T> of(String title, Function<T, TableCell> cell) {
        return new TableColumn<>("", title, false, false, cell);
    }

    /// The same of numbers that are written already.
    public static <T> TableColumn<T> ofNumbers(String title, Function<T, String> number) {
        return new TableColumn<>("", title, true, false, row -> TableCell.text(number.apply(row)));
    }
}
