package de.stadtkern.knowledge;

import java.time.Instant;
import java.util.List;

/// Something that is on at a time: of what is repeated, one time.
///
/// @param uid        as its calendar calls it, the same for all its times
/// @param text       more about it, may be empty
/// @param place      may be empty
/// @param categories as its calendar names them
/// @param url        where more stands, empty for nowhere else than here
/// @param end        the same as the start where it is not said
/// @param isAllDay   then start and end are midnight of the town
public record Event(
        String uid,
        String title,
        String text,
        String place,
        List<String> categories,
        String url,
        Instant start,
        Instant end,
        boolean isAllDay) {

    public Event {
        categories = List.copyOf(categories);
    }
}
