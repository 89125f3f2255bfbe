package de.stadtkern.footfall;

import de.stadtkern.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A file that can belong to a counter: a PDF, or a picture. What it is stands in its first bytes, not in its name.
/// Pictures come out of here without what cameras write into them (place, time, device).
///
/// @param width in pixels; 0 for a PDF
record DocumentFile(String mediaType, byte[] content, int width, int height) {

    static final int LARGEST = 8 << 20;
    static final String FIELD = "file";
    private static final String PDF = "application/pdf";

    static DocumentFile of(byte[] content) {
        if (content.length > LARGEST) {
            throw Problem.field(
                    FIELD,
                    "document-large",
                    "A file has at most %d MB.".formatted(LARGEST >> 20),
                    Map.of("megabytes", LARGEST >> 20));
        }
        if (startsWith(content, 0, "%PDF-")) {
            if (!new String(content, StandardCharsets.ISO_8859_1).contains("%%EOF")) {
                throw broken();
            }
            return new DocumentFile(PDF, content, 0, 0);
        }
        if (startsWith(content, 0, "\u0089PNG\r\n\u001a\n")) {
            return Photo.redrawn(content, "png");
        }
        if (startsWith(content, 0, "\u00ff\u00d8\u00ff")) {
            return Photo.redrawn(content, "jpeg");
        }
        if (startsWith(content, 0, "RIFF") && startsWith(content, 8, "WEBP")) {
            return WebpFile.stripped(content);
        }
        throw Problem.field(
                FIELD,
                "document-kind",
                "A document is a PDF, a picture a PNG, a JPEG or a WebP; this file is none of them, whatever its name"
                        + " says.");
    }

    static boolean startsWith(byte[] content, int at, String signature) {
        byte[] wanted = signature.getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= at + wanted.length
                && java.util.Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
    }

    static Problem broken() {
        return Problem.field(FIELD, "document-broken", "This file is damaged or not whole.");
    }

    static Problem tooManyPixels() {
        return Problem.field(
                FIELD, "document-pixels", "This picture has too many pixels: at most 64 million, 16,000 on a side.");
    }

    boolean isPicture() {
        return !mediaType.equals(PDF);
    }
}
