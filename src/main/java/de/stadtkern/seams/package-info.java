/// Where modules of the town's work meet: what each can offer to the search, to the chat and to reports, without
/// knowing who asks.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package de.stadtkern.seams;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
