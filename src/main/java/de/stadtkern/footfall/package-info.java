/// How many people pass a place, and what can be said from it: the methods. From the hours of any counter come what is
/// usual there, a forecast with bands, filled gaps with an interval, and faults that explain themselves.
///
/// Nothing here needs a database. `HourlySeries` holds the counts of a place on its `LocalHours`; `Usual` says what is
/// usual at each hour; `Forecaster` learns (`Boosting` over `Features`) and forecasts, `GapFilling` fills, `FaultWatch`
/// flags. [de.stadtkern.footfall.FootfallCommand] measures all of them on a file. How well they do stands in
/// `docs/footfall.md`.
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem", "connect"})
package de.stadtkern.footfall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
