/// People and machines who may do things: accounts, roles, sessions, API keys, and versions of what they change.
///
/// [de.stadtkern.identity.Rights] is what other modules call: who is it, and may they. Whoever asks is found out by
/// `IdentityFilter` from the session's cookie or an API key and bound as [de.stadtkern.identity.Caller] for the
/// request. All of it lies in the town's schema; the pages are in `people`, above the frame they are shown in.
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem", "city"})
package de.stadtkern.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
