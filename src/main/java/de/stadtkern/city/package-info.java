/// Which town this request is for, its settings and its database schema.
///
/// A town is a schema. [de.stadtkern.city.CityContext] says for which town the current thread works; the `DataSource`
/// every module gets hands out connections of that town only and refuses whoever has none. The tables of the
/// installation itself (towns, jobs) live in the schema `stadtkern` and are reached from this package alone. Start
/// reading at [de.stadtkern.city.Cities].
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem"})
package de.stadtkern.city;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
