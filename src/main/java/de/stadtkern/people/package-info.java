/// The pages about people and their rights: login, one's own account, people, who changed what, mail.
///
/// What they show and do is decided in `identity`; these pages lie above the frame, `identity` below it. Start reading
/// at `LoginController`.
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "city", "identity", "page"})
package de.stadtkern.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
