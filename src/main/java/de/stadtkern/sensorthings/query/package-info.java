/// What a caller asks of SensorThings, from the address to one SQL statement:
/// [de.stadtkern.sensorthings.query.Request] is the parsed tree, [de.stadtkern.sensorthings.query.RequestParser]
/// makes it from path and options, and [de.stadtkern.sensorthings.query.Statements] turns it into SQL with bound
/// values. Nothing here touches a database.
@NullMarked
package de.stadtkern.sensorthings.query;

import org.jspecify.annotations.NullMarked;
