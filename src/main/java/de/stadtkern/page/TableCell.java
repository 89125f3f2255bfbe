package de.stadtkern.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// @param value   by which is sorted and which stands in files: a text, a number or an `Instant`; null for nothing
/// @param text    for people
/// @param address where it leads, empty for nowhere
public record TableCell(@Nullable Object value, String text, String address) {

    public static TableCell text(String text) {
        return new TableCell(text, text, "");
    }

    public static TableCell link(String text, String address) {
        return new TableCell(text, text, address);
    }

    public static TableCell number(@Nullable Double number, String text) {
        return new TableCell(number, text, "");
    }

    public static TableCell time(@Nullable Instant time, String text) {
        return new TableCell(time, text, "");
    }
}
