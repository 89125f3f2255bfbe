/// Stadtkern: a town's smart-city programme in one process. Each package below is a module with one front door; the
/// arrows between them point downwards only and are checked by a test.
@NullMarked
package de.stadtkern;

import org.jspecify.annotations.NullMarked;
