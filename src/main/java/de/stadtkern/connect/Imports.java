package de.stadtkern.connect;

import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.ObservationWriter;
import java.io.IOException;
import java.util.Objects;
import org.springframework.stereotype.Service;

/// The front door for files on their way in, for the bound town.
///
/// An import can be stopped or fail at any time and be run again: what is in the store already is recognised by its
/// Datastream and phenomenonTime and left as it is.
@Service
public class Imports {

    private final MeasuringPoints points;
    private final ObservationWriter writer;
    private final DataSets dataSets;

    Imports(MeasuringPoints points, ObservationWriter writer, DataSets dataSets) {
        this.points = points;
        this.writer = writer;
        this.dataSets = dataSets;
    }

    /// Refuses a mapping that names Datastreams or Things the caller may not write. To be asked before [#run], which
    /// may
    /// work for somebody who is not there any more.
    public void requireWrite(Mapping mapping) {
        dataSets.requireWrite(mapping.values().stream()
                .map(Mapping.Value::datastream)
                .filter(Objects::nonNull)
                .toList());
        mapping.points().known().stream()
                .map(Mapping.Point::thing)
                .filter(Objects::nonNull)
                .forEach(dataSets::requireWriteOfThing);
    }

    /// Imports the good lines of a file and returns when they are in the store.
    public ImportReport run(SourceFile file, Mapping mapping, ImportListener listener) throws IOException {
        try (var out = new ImportWriter(writer, mapping.duplicates(), listener.along())) {
            return dataSets.seeingAll(() -> new FileImport(file, mapping, listener)
                    .run(new StoreTargets(points, mapping.points(), mapping.values()), out));
        }
    }

    /// How the beginning of the file is understood; stores nothing.
    public Preview preview(SourceFile file, Mapping mapping) throws IOException {
        var samples = new Samples(mapping, Preview.VALUES);
        var beginning = new ImportListener() {
            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        ImportReport report = new FileImport(file, mapping, beginning).run(samples, samples);
        return new Preview(samples.values(), report);
    }

    /// Reads the whole file as an import would and stores nothing.
    public ImportReport dryRun(SourceFile file, Mapping mapping, ImportListener listener) throws IOException {
        var samples = new Samples(mapping);
        return new FileImport(file, mapping, listener).run(samples, samples);
    }
}
