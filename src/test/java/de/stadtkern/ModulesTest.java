package de.stadtkern;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    /// The beans as code that a build of the jar leaves beside the classes (decision 0012).
    private static final String GENERATED = "__";

    @Test
    void theArrowsBetweenTheModulesPointDownwardsOnly() {
        ApplicationModules.of(Stadtkern.class, simpleNameContaining(GENERATED)).verify();
    }
}
