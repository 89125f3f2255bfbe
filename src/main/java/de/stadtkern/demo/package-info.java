/// The first town of a fresh installation: the demo town "Jena (Demo)" with real open counts, or a plain one to start
/// with. Nothing else depends on it; it goes with one command.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "installation",
            "problem",
            "city",
            "sensorthings",
            "connect",
            "footfall",
            "identity",
            "knowledge"
        })
package de.stadtkern.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
