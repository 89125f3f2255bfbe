/// What belongs to no capability alone: the start page, the search, the statements the law wants. Start
/// reading at `StartController`.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"problem", "city", "identity", "knowledge", "page", "sensors", "sensorthings", "seams"})
package de.stadtkern.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
