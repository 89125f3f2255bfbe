package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A form with one small file among its fields. It is received when this is made, so whoever makes it has asked before
/// whether it may come; that is why controllers do not simply take it as an argument.
public final class FileForm {

    /// A file that is too large for its purpose is received up to here, so that what was typed beside it is kept.
    private static final long MOST = 64L << 20;

    private final Form form;
    private final byte @Nullable [] file;

    private FileForm(Form form, byte @Nullable [] file) {
        this.form = form;
        this.file = file;
    }

    /// @param field of the file
    /// @param most  bytes of it that can be of use; of a larger file one more is read, so that it can be refused
    public static FileForm receive(HttpServletRequest request, String field, int most) {
        long length = request.getContentLengthLong();
        if (length < 0 || length > MOST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "form-too-large",
                    "This form has more than %d MB, or does not say how much.".formatted(MOST >> 20));
        }
        String type = request.getContentType();
        byte[] file = type != null && type.startsWith("multipart/form-data") ? read(request, field, most) : null;
        return new FileForm(Form.of(request), file);
    }

    /// A browser sends a part without a name where no file was chosen.
    private static byte @Nullable [] read(HttpServletRequest request, String field, int most) {
        try {
            Part part = request.getPart(field);
            if (part == null
                    || part.getSubmittedFileName() == null
                    || part.getSubmittedFileName().isEmpty()) {
                return null;
            }
            try (InputStream content = part.getInputStream()) {
                return content.readNBytes(most + 1);
            }
        } catch (ServletException | IOException unreadable) {
            throw new Problem(
                    Problem.Kind.INVALID, "form-unreadable", "The form is damaged or was not sent as a whole.");
        }
    }

    /// What was typed.
    public Form form() {
        return form;
    }

    /// What was chosen, if anything was.
    public Optional<byte[]> file() {
        return Optional.ofNullable(file);
    }
}
