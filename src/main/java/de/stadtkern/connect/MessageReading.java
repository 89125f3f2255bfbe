package de.stadtkern.connect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a message gave: rows for the store, what is known of running totals from now on, and what was left out.
///
/// @param totals     to be remembered, together with the rows or not at all
/// @param keys       of the messages in it, to be remembered likewise
/// @param repeated   how many records or values were there already
/// @param left       how many records the mapping's conditions leave out
/// @param beginnings totals seen for the first time: they count from here on
/// @param refusals   what was refused; with a personal one there is nothing else
/// @param kept       the message as it may be kept: without what could tell people apart; empty if nothing may
public record MessageReading(
        List<SourceRow> rows,
        Map<Channel, RunningTotal> totals,
        Set<String> keys,
        int repeated,
        int left,
        int beginnings,
        List<MessageRefusal> refusals,
        String kept) {

    /// Of which a running total is known.
    public record Channel(String device, String key) {}

    /// What is known before a message comes.
    public interface Known {

        @Nullable
        RunningTotal total(Channel channel);

        /// Whether a message with this key has come before.
        boolean hasSeen(String key);

        /// Nothing is known.
        Known NOTHING = new Known() {
            @Override
            public @Nullable RunningTotal total(Channel channel) {
                return null;
            }

            @Override
            public boolean hasSeen(String key) {
                return false;
            }
        };
    }

    public MessageReading {
        rows = List.copyOf(rows);
        totals = Map.copyOf(totals);
        keys = Set.copyOf(keys);
        refusals = List.copyOf(refusals);
    }

    public boolean isPersonal() {
        return refusals.stream().anyMatch(MessageRefusal::isPersonal);
    }
}
