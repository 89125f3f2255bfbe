/// Imports as people and programs ask for them: an upload that any process finds again, a mapping clicked together
/// with a look at how it is understood, work that survives a restart, and the way back.
///
/// What a file means and how it is read is decided in `connect`; here is what remembers it. Start reading at
/// `ImportJobs`, which both edges use: `ImportController` for programs and `ImportPageController` for people.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "installation",
            "problem",
            "city",
            "identity",
            "page",
            "people",
            "sensorthings",
            "connect"
        })
package de.stadtkern.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
