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
}
