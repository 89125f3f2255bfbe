/// The frame and the building blocks every page uses: language, texts, number and time in words, chart, table, form,
/// period chooser, map, QR code, files and PDF, error page, security headers, and how a template becomes an answer.
///
/// A controller takes a [de.stadtkern.page.Frame] as argument and returns [de.stadtkern.page.Pages#page]. Start
/// reading there, or look at all blocks at `/blocks`; the frame's markup is `src/main/jte/page/frame.jte`, its styles
/// are
/// in `frontend/src`.
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "installation", "city", "identity"})
package de.stadtkern.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
