/// What one running Stadtkern stands on: its data folder and the lock on it, the database (embedded or given), the
/// disk, and the commands of `bin/stadtkern`. Knows nothing of towns. Start reading at
/// [de.stadtkern.installation.DataFolder] and [de.stadtkern.installation.Database].
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package de.stadtkern.installation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
