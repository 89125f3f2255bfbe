package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The version of an entity as its whole answer shows it (RFC 9110, section 8.8.3).
final class EntityTag {

    private static final int BYTES = 12;

    private EntityTag() {}

    static String of(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "\"" + HexFormat.of().formatHex(hash, 0, BYTES) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether a header of `If-Match` or `If-None-Match` names this version.
    static boolean matches(String header, String tag) {
        for (String one : header.split(",")) {
            String named = one.strip();
            if (named.equals("*") || named.equals(tag) || named.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /// What a caller demands of the version there is before it is changed.
    record Condition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

        static final Condition NONE = new Condition(null, null);

        boolean isNone() {
            return ifMatch == null && ifNoneMatch == null;
        }

        void require(byte[] current) {
            String tag = of(current);
            if (ifMatch != null && !matches(ifMatch, tag) || ifNoneMatch != null && matches(ifNoneMatch, tag)) {
                throw new Problem(
                        Problem.Kind.PRECONDITION,
                        "version-changed",
                        "The entity is not the version you know; read it again. Its ETag is %s.".formatted(tag));
            }
        }
    }
}
