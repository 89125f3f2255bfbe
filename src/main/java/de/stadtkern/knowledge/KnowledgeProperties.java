package de.stadtkern.knowledge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param privateAddresses whether web sites may be read from addresses inside the own network
/// @param again            after how long a page is looked at again
/// @param mostPages        how many pages of one web site are read
@ConfigurationProperties("stadtkern.knowledge")
record KnowledgeProperties(
        @DefaultValue("false") boolean privateAddresses,
        @DefaultValue("1d") Duration again,
        @DefaultValue("5000") int mostPages) {

    KnowledgeProperties {
        if (!again.isPositive() || mostPages < 1) {
            throw new IllegalArgumentException("The settings of stadtkern.knowledge are larger than 0");
        }
    }
}
