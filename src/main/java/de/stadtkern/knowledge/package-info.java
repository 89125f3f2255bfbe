/// What can be found and quoted: texts that staff bring in and what modules offer by `Passages`, one index per town.
///
/// Texts are rows ([de.stadtkern.knowledge.Documents] writes them, cut into sections); the index of Lucene beside them
/// is a cache that `TownIndex` brings up to date before each search and can be thrown away at any time. Start reading
/// at [de.stadtkern.knowledge.Knowledge].
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "city", "identity", "installation", "page", "people", "seams"})
package de.stadtkern.knowledge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
