/// What people want to hear of: a limit, a silence or a deviation of a Datastream is told by mail, web-hook or feed,
/// once when it begins and once when it is over.
///
/// A `Watch` says what is meant, `WatchJob` looks every few seconds, `Incidents` remembers and tells. Start reading at
/// `Watches`.
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "city", "identity", "page", "people", "sensorthings"})
package de.stadtkern.watches;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
