/// Sources that bring values in by themselves and are set up without code: a web-hook, another service that is asked,
/// a foreign broker, a file now and then.
///
/// A `Source` has a mapping, which is data ([de.stadtkern.connect.SourceMapping]); `Messages` takes each message, and
/// writes its rows, what is known of running totals and what became of it in one transaction. `Sources` is the door
/// for the stewards who set them up. Start reading at `Messages`.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "city",
            "connect",
            "identity",
            "installation",
            "page",
            "people",
            "problem",
            "sensorthings"
        })
package de.stadtkern.sources;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
