/// The pages behind the login that belong to no capability: login, one's own account, people and their rights, who
/// changed what, mail, the town's own settings.
///
/// What they show and do is decided in `identity`; these pages lie above the frame, `identity` below it. Start reading
/// at `LoginController`. Other modules put their pages behind the login into the same [de.stadtkern.people.Menu] and
/// the template `people/area.jte`.
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "city", "identity", "page"})
package de.stadtkern.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
