package de.stadtkern.footfall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// All that somebody said of the time of a counter: its opening hours and its periods.
record CounterTimes(List<CounterPeriod> periods, OpeningHours opening, ZoneId zone) {

    CounterTimes {
        periods = List.copyOf(periods);
    }

    /// What stands above whatever came in the hour that begins then.
    Optional<HourState> state(Instant hour) {
        Optional<HourState> known = opening.isClosed(hour, zone) ? Optional.of(HourState.CLOSED) : Optional.empty();
        for (CounterPeriod period : periods) {
            if (period.touches(hour)) {
                switch (period.kind()) {
                    case BLOCKED -> {
                        return Optional.of(HourState.BLOCKED);
                    }
                    case CLOSED -> known = Optional.of(HourState.CLOSED);
                    case OUTAGE -> known = known.or(() -> Optional.of(HourState.MISSING));
                    case NOTE, BREAK -> {}
                }
            }
        }
        return known;
    }

    /// Whether nobody can pass or nobody is to come.
    boolean isExcused(Instant hour) {
        return state(hour).filter(HourState::isExcused).isPresent();
    }
}
