/// How many people pass a place: the register of counters, their hours with state and version, what is usual there, and
/// the pages that say so.
///
/// `Counters` is the register. `HoursJob` keeps the hours (`HourKeeper`, `HourRule`) behind what Datastreams get;
/// `HourMarks` marks them. `LearnJob` learns what is usual and fills gaps. Pages read prepared rows only:
/// `FootfallController` for everybody, `CountersController` for editors.
///
/// `Calibrations` keeps factors that follow from counts by hand (`ReferenceCounts`); `Factors` applies them when
/// somebody reads.
///
/// `Suppression` says which directions, zones and classes of an hour everybody may read, where hours are read;
/// `Balance` and `PartSums` add up those.
///
/// The methods need no database. `HourlySeries` holds the counts of a place on its `LocalHours`; `Usual` says what is
/// usual at each hour; `Forecaster` learns (`Boosting` over `Features`) and forecasts, `GapFilling` fills, `FaultWatch`
/// flags. [de.stadtkern.footfall.FootfallCommand] measures all of them on a file. How well they do stands in
/// `docs/footfall.md`.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "installation",
            "problem",
            "city",
            "identity",
            "page",
            "people",
            "connect",
            "sensorthings",
            "seams"
        })
package de.stadtkern.footfall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
