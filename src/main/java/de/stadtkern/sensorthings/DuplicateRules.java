package de.stadtkern.sensorthings;

import java.util.List;
import java.util.Map;

/// Under which rule each Observation of a write goes: the one the writer asks for, or its Datastream's.
///
/// @param ofDatastreams of those that say another than insert
record DuplicateRules(Duplicates asked, Map<Long, Duplicates> ofDatastreams) {

    Duplicates of(NewObservation row) {
        return asked == Duplicates.BY_DATASTREAM
                ? ofDatastreams.getOrDefault(row.datastreamId(), Duplicates.INSERT)
                : asked;
    }

    /// Whether nobody needs to look for what is there already.
    boolean onlyInsert(List<NewObservation> rows) {
        return asked == Duplicates.INSERT
                || asked == Duplicates.BY_DATASTREAM && ofDatastreams.isEmpty()
                || rows.stream().allMatch(row -> of(row) == Duplicates.INSERT);
    }
}
