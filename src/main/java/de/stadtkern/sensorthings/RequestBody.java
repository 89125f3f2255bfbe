package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// The JSON a caller sends: bounded in bytes and depth, and refused with the place where it is wrong.
final class RequestBody {

    static final int ENTITY_BYTES = 8 << 20;
    static final int OBSERVATIONS_BYTES = 32 << 20;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER_LENGTH = 400;

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(ENTITY_BYTES)
                    .build())
            .build();

    private RequestBody() {}

    static InputStream of(HttpServletRequest request, int limit) throws IOException {
        requireJson(request.getContentType());
        return limited(request, limit);
    }

    /// Of any type.
    static InputStream limited(HttpServletRequest request, int limit) throws IOException {
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        return new Limited(request.getInputStream(), limit);
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null) {
            return;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !(type.startsWith("application/") && type.endsWith("+json"))) {
            throw new Problem(
                    Problem.Kind.MEDIA_TYPE,
                    "media-type-unknown",
                    "The body is '%s'; send application/json.".formatted(type),
                    Map.of("contentType", type));
        }
    }

    private static Problem tooLarge(int limit) {
        return new Problem(
                Problem.Kind.TOO_LARGE,
                "body-too-large",
                "The body is larger than %d MB; send it in parts.".formatted(limit >> 20),
                Map.of("limitBytes", limit));
    }

    static Problem malformed(JacksonException malformed) {
        TokenStreamLocation at = malformed.getLocation();
        int line = at == null ? 1 : Math.max(1, at.getLineNr());
        int column = at == null ? 1 : Math.max(1, at.getColumnNr());
        return new Problem(
                Problem.Kind.INVALID,
                "json-malformed",
                "The body is not JSON: %s, in line %d, column %d."
                        .formatted(firstLine(malformed.getOriginalMessage()), line, column),
                Map.of("line", line, "column", column));
    }

    /// Without what the parser says of itself: "(start marker at [Source: …])".
    private static String firstLine(@Nullable String message) {
        String line =
                message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        int itself = line.indexOf(" (start marker at ");
        return itself < 0 ? line : line.substring(0, itself);
    }

    /// A body that says nothing of its length beforehand is counted while it is read.
    private static final class Limited extends FilterInputStream {
        private final int limit;
        private long read;

        Limited(InputStream in, int limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
