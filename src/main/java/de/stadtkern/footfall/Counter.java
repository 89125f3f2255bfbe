package de.stadtkern.footfall;

import de.stadtkern.identity.Version;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A place where passers-by are counted: a Thing with Datastreams that count.
///
/// @param hoursUntil hours before it have a row; null before the first look
record Counter(long id, Wish wish, java.time.@Nullable Instant hoursUntil) {

    /// What a Datastream of a counter counts.
    enum Role {
        /// Everybody.
        TOTAL,
        IN,
        OUT,
        /// A part of the street.
        ZONE,
        /// A kind of passer-by.
        CLASS;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Role of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /// @param name of the direction, zone or class; may be empty
    record Channel(long datastreamId, Role role, String name) {

        boolean isPart() {
            return role != Role.TOTAL;
        }
    }

    /// What a sign says, in each of its languages.
    enum Topic {
        /// What the device perceives.
        SEES,
        /// What leaves the device.
        SENDS,
        /// What cannot be known from it.
        UNSEEN,
        /// How long what is kept.
        KEPT;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Languages of a sign; `easy` is Einfache Sprache.
    static final List<String> TONGUES = List.of("de", "en", "easy");

    static List<String> textKeys() {
        return Stream.of(Topic.values())
                .flatMap(topic -> TONGUES.stream().map(tongue -> topic.key() + "." + tongue))
                .toList();
    }

    /// What somebody says of it.
    ///
    /// @param since     when it began to count here; null if nobody said
    /// @param texts     of the sign, by topic and language such as `sees.de`; what is not said is absent
    /// @param simulated no device stands behind the values
    /// @param shown     whether the public sees it
    /// @param sumForAll also who may not read the Datastreams of its parts: directions, zones, classes
    record Wish(
            String slug,
            long thingId,
            String name,
            String place,
            String section,
            String technique,
            String mounting,
            @Nullable LocalDate since,
            String responsible,
            String contact,
            Map<String, String> texts,
            boolean simulated,
            boolean shown,
            boolean sumForAll,
            List<Channel> channels) {

        Wish {
            var said = new TreeMap<String, String>();
            texts.forEach((key, text) -> {
                if (!text.isBlank()) {
                    said.put(key, text);
                }
            });
            texts = java.util.Collections.unmodifiableMap(said);
            channels = List.copyOf(channels);
        }

        /// Datastreams whose sum is everybody: totals, else both directions, else zones, else classes.
        List<Long> counted() {
            for (List<Role> roles :
                    List.of(List.of(Role.TOTAL), List.of(Role.IN, Role.OUT), List.of(Role.ZONE), List.of(Role.CLASS))) {
                List<Long> found = channels.stream()
                        .filter(channel -> roles.contains(channel.role()))
                        .map(Channel::datastreamId)
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }

        /// Whether everybody is who went in and who went out, so that either can have a factor of its own.
        boolean countsDirections() {
            List<Long> counted = counted();
            return Stream.of(Role.IN, Role.OUT)
                    .allMatch(role -> channels.stream()
                            .anyMatch(one -> one.role() == role && counted.contains(one.datastreamId())));
        }

        /// Whether both directions are counted, be it beside everybody.
        boolean dividesByDirection() {
            return !of(Role.IN).isEmpty() && !of(Role.OUT).isEmpty();
        }

        /// Datastreams of zones and classes.
        List<Long> parts() {
            return Stream.of(Role.ZONE, Role.CLASS)
                    .flatMap(role -> of(role).stream())
                    .toList();
        }

        /// Whether its hours are.
        boolean isMadeOfTheSame(Wish other) {
            return counted().equals(other.counted())
                    && of(Role.IN).equals(other.of(Role.IN))
                    && of(Role.OUT).equals(other.of(Role.OUT))
                    && Set.copyOf(parts()).equals(Set.copyOf(other.parts()));
        }

        /// As people call a direction; empty where nobody said.
        String nameOf(Role direction) {
            return channels.stream()
                    .filter(channel ->
                            channel.role() == direction && !channel.name().isBlank())
                    .map(Channel::name)
                    .distinct()
                    .collect(Collectors.joining(", "));
        }

        /// Datastreams that count it; all of everybody for the total.
        List<Long> of(Role role) {
            return role == Role.TOTAL
                    ? counted()
                    : channels.stream()
                            .filter(channel -> channel.role() == role)
                            .map(Channel::datastreamId)
                            .toList();
        }

        /// The same at another address.
        Wish at(String other) {
            return new Wish(
                    other,
                    thingId,
                    name,
                    place,
                    section,
                    technique,
                    mounting,
                    since,
                    responsible,
                    contact,
                    texts,
                    simulated,
                    shown,
                    sumForAll,
                    channels);
        }

        List<Long> datastreams() {
            return channels.stream().map(Channel::datastreamId).toList();
        }

        String text(Topic topic, String tongue) {
            return texts.getOrDefault(topic.key() + "." + tongue, "");
        }
    }

    String version() {
        return Version.of(Counters.tree(this));
    }

    String address() {
        return FootfallController.PATH + "/" + wish.slug();
    }
}
