@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "city"})
package de.stadtkern.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
