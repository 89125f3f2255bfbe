package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A state in one word, other than that of any other state. A form carries it along, and whoever saves one that was
/// overtaken is told instead of taking back what somebody else has just done.
public final class Version {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final int BYTES = 12;

    private Version() {}

    /// @param state anything that becomes JSON
    public static String of(Object state) {
        byte[] text = JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @param seen    that of what the form showed
    /// @param current that of what is stored, read under a lock
    public static void require(String seen, String current) {
        if (!seen.equals(current)) {
            throw Problem.field("version", "changed-meanwhile", "Somebody else changed this meanwhile.");
        }
    }
}
