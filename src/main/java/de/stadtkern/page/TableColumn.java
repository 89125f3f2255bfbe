package de.stadtkern.page;

import java.util.function.Function;

/// A column of a table whose rows are `T`: the same on the page and in files.
///
/// @param key     in addresses and files for programs
/// @param numeric whether it is set to the right
public record TableColumn<T>(String key, String title, boolean numeric, Function<T, TableCell> cell) {}
