package de.stadtkern.city;

import java.util.List;
import java.util.Map;

/// What an archive says of itself in its first entry, `contents.json`. The tables follow as `SLUG/TABLE.copy` in
/// PostgreSQL's own COPY text, which every version from 15 on reads; the last entry, `checksums.json`, has the
/// SHA-256, bytes and rows of every entry.
///
/// @param format of this layout
/// @param at     moment of the snapshot, ISO 8601 in UTC
record ArchiveContents(int format, String at, List<Town> towns) {

    static final int FORMAT = 1;

    /// @param schemaVersion the migrations its tables were made by
    /// @param row           its row of `stadtkern.town`, by column
    /// @param tables        in the order in which they can be filled: whoever is referred to comes first
    /// @param sequences     last value given out, by name
    record Town(
            String slug,
            String name,
            String schemaVersion,
            Map<String, Object> row,
            List<Table> tables,
            Map<String, Long> sequences) {

        String entry(Table table) {
            return slug + "/" + table.name() + ".copy";
        }
    }

    record Table(String name, List<String> columns, List<Partition> partitions) {}

    /// @param bound   as PostgreSQL prints it, `FOR VALUES FROM (…) TO (…)`
    /// @param options storage parameters, `name=value`
    record Partition(String name, String bound, List<String> options) {}

    /// What was written or found under one name.
    record Checksum(String sha256, long bytes, long rows) {}
}
