package de.stadtkern.sensorthings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param anonymousWrites whether the API may be written by whoever reaches it, without an account
/// @param deleteSets      whether DELETE of a set with `$filter` deletes what matches
/// @param defaultPage     how many entities an answer has unless `$top` says otherwise
/// @param largestPage     how many it has at most, whatever `$top` says
/// @param largestAnswer   how large it may become; what does not fit is on the next page
@ConfigurationProperties("stadtkern.sensorthings")
record SensorThingsProperties(
        @DefaultValue("false") boolean anonymousWrites,
        @DefaultValue("false") boolean deleteSets,
        @DefaultValue("100") int defaultPage,
        @DefaultValue("1000000") int largestPage,
        @DefaultValue("1GB") DataSize largestAnswer) {

    SensorThingsProperties {
        if (defaultPage < 1 || largestPage < defaultPage || largestAnswer.toBytes() < 1) {
            throw new IllegalArgumentException("A page has at least one entity, and the largest is not smaller");
        }
    }
}
