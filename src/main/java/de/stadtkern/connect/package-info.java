/// Files of measured values on their way in and out: what a mapping says about a file, the import that never loses
/// good lines to bad ones, and the export that can be imported again.
///
/// A [de.stadtkern.connect.Mapping] is data, a YAML file; `MappingReader` checks it. [de.stadtkern.connect.Imports]
/// runs an import: `SourceFile` opens, `CsvReader` cuts into lines, `LineReader` understands them, `FileImport`
/// writes them in batches through the one `ObservationWriter`. [de.stadtkern.connect.Exports] is the way out.
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem", "city", "sensorthings"})
package de.stadtkern.connect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
