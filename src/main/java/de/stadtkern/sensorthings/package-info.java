/// The observations of a town and their API: the eight entities of OGC SensorThings 1.1, the store of Observations
/// with its totals and roll-ups, and the HTTP edge under `/sta/v1.1`.
///
/// Everything that writes Observations goes through [de.stadtkern.sensorthings.ObservationWriter]; pages and
/// importers, which think in measuring points rather than in entities, use
/// [de.stadtkern.sensorthings.MeasuringPoints].
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem", "city", "identity"})
package de.stadtkern.sensorthings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
