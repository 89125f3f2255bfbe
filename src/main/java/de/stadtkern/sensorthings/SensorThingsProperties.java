package de.stadtkern.sensorthings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param anonymousWrites whether the API may be written by whoever reaches it, without an account
/// @param deleteSets      whether DELETE of a set with `$filter` deletes what matches
/// @param defaultPage     how many entities an answer has unless `$top` says otherwise
/// @param largestPage     how many it has at most, whatever `$top` says
/// @param largestAnswer   how large it may become; what does not fit is on the next page
/// @param lightTime       how long a statement of a plain request may take
/// @param heavyTime       how long one of a request with `$filter`, `$expand`, `$orderby`, `$apply` or CSV may take
/// @param heavyAtOnce     how many of those are answered at the same time
/// @param largestCost     what the plan of a statement of those may cost at most, in PostgreSQL's unit; it is asked for
///                        where one takes longer than a second; 0: never
/// @param corsOrigins     pages of which origins may read `/sta` and `/api` in a browser, without a login: `*` for all,
/// several with commas, empty for none
@ConfigurationProperties("stadtkern.sensorthings")
record SensorThingsProperties(
        @DefaultValue("false") boolean anonymousWrites,
        @DefaultValue("false") boolean deleteSets,
        @DefaultValue("100") int defaultPage,
        @DefaultValue("1000000") int largestPage,
        @DefaultValue("1GB") DataSize largestAnswer,
        @DefaultValue("15s") Duration lightTime,
        @DefaultValue("60s") Duration heavyTime,
        @DefaultValue("8") int heavyAtOnce,
        @DefaultValue("1000000000") int largestCost,
        @DefaultValue("*") List<String> corsOrigins) {

    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s*]+");

    SensorThingsProperties {
        if (defaultPage < 1 || largestPage < defaultPage || largestAnswer.toBytes() < 1) {
            throw new IllegalArgumentException("A page has at least one entity, and the largest is not smaller");
        }
        if (lightTime.toSeconds() < 1 || heavyTime.compareTo(lightTime) < 0 || heavyAtOnce < 1) {
            throw new IllegalArgumentException(
                    "A request has at least a second, a heavy one not less than a light one");
        }
        corsOrigins = List.copyOf(corsOrigins);
        for (String origin : corsOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "'%s' is no origin: 'https://example.org', without a path, or '*'".formatted(origin));
            }
        }
    }
}
