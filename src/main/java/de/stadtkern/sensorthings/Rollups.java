package de.stadtkern.sensorthings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class Rollups {

    List<Bucket> hours(long datastreamId, Instant from, Instant to) {
        return List.of();
    }

    List<Bucket> days(long datastreamId, LocalDate from, LocalDate to) {
        return List.of();
    }
}
