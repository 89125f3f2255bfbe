/// SensorThings over MQTT (OGC 18-088, chapter 14): a broker in the same process, to which Observations are published
/// and from which whoever subscribes hears what changed.
///
/// The broker is HiveMQ's; what it lets in and gives out is decided here. Start reading at [de.stadtkern.mqtt.Broker],
/// then at [de.stadtkern.mqtt.Gate], which every packet meets.
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "problem", "city", "identity", "sensorthings"})
package de.stadtkern.mqtt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
