@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem", "city", "sensorthings"})
package de.stadtkern.connect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
