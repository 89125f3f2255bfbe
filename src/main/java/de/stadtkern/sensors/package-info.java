/// The pages about what a town measures: its Things, their Datastreams, and what both last said.
///
/// Start reading at `DatastreamController` for a Datastream's own page, and at
/// [de.stadtkern.sensors.SeriesCards] for the short form of it that other pages show.
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "city", "identity", "page", "people", "seams", "sensorthings"})
package de.stadtkern.sensors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
