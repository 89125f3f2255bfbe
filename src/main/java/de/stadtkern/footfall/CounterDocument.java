package de.stadtkern.footfall;

import java.time.Instant;

/// What belongs to a counter on paper, without its content.
///
/// @param alt   what a picture shows; empty for a PDF
/// @param bytes how large it is
/// @param shown whether it stands on "What is measured here?"
record CounterDocument(
        long id,
        long counterId,
        String title,
        String alt,
        String mediaType,
        int bytes,
        int width,
        int height,
        boolean shown,
        Instant addedAt) {

    boolean isPicture() {
        return mediaType.startsWith("image/");
    }

    /// Under which it is saved.
    String fileName() {
        return "document-%d.%s".formatted(id, mediaType.substring(mediaType.indexOf('/') + 1));
    }
}
