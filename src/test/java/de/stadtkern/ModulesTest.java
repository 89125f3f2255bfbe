package de.stadtkern;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void theArrowsBetweenTheModulesPointDownwardsOnly() {
        ApplicationModules.of(Stadtkern.class).verify();
    }
}
