package de.stadtkern.city;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param nightlyAt when each town is archived, in its own time, such as `02:30`; empty for never
/// @param keep      how many of these archives are kept for each town
@ConfigurationProperties("stadtkern.backup")
record BackupProperties(
        @Nullable LocalTime nightlyAt, @DefaultValue("7") int keep) {}
