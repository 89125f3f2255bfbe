/// What can go wrong that a caller can act on, said as RFC 9457 problem details. Start reading at
/// [de.stadtkern.problem.Problem]; the one place that knows the status codes is `ProblemAdvice`.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package de.stadtkern.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
