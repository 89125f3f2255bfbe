package de.stadtkern.imports;

import de.stadtkern.problem.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A form with a file, read part by part; says what is wrong with it at the field `file`.
record UploadedForm(HttpServletRequest request, ImportProperties properties) {

    private static final int MOST_TEXT = 512 * 1024;

    Part part(String name) {
        if (request.getContentType() == null || !request.getContentType().startsWith("multipart/form-data")) {
            throw new Problem(
                    Problem.Kind.MEDIA_TYPE,
                    "not-a-form",
                    "An import is a form (multipart/form-data) with file and mapping.");
        }
        Part part;
        try {
            part = request.getPart(name);
        } catch (ServletException | IOException unreadable) {
            throw new Problem(
                    Problem.Kind.INVALID, "form-unreadable", "The form is damaged or was not sent as a whole.");
        } catch (IllegalStateException tooLarge) {
            int most = properties.largestMegabytes();
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "upload-too-large",
                    "An upload has at most %d MB; 'bin/stadtkern import' has no such limit.".formatted(most),
                    java.util.Map.of("field", "file", "megabytes", most));
        }
        if (part == null) {
            throw Problem.field(name, "part-missing", "The form has no part '%s'.".formatted(name));
        }
        return part;
    }

    String text(String name) throws IOException {
        try (InputStream in = part(name).getInputStream()) {
            return new String(in.readNBytes(MOST_TEXT + 1), StandardCharsets.UTF_8);
        }
    }

    /// Without the folders some browsers put in front, and never longer than a line.
    static String fileName(Part file) {
        String given = file.getSubmittedFileName() == null ? "" : file.getSubmittedFileName();
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return name.isEmpty() ? "file" : name.substring(0, Math.min(200, name.length()));
    }
}
