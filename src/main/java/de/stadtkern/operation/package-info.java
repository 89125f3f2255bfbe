/// Watching over a running Stadtkern: whether it is well, its figures for a monitoring system, the id and the line in
/// the log of each request, and the page of whoever operates it.
///
/// The other modules count what they do themselves; this one collects it. Health is at `/actuator/health`, figures at
/// `/actuator/prometheus`, the page at `/operation`. Start reading at `Health` and `OperationController`.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "installation",
            "problem",
            "city",
            "identity",
            "sensorthings",
            "sensors",
            "page",
            "people",
            "imports",
            "watches",
            "mqtt"
        })
package de.stadtkern.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
