package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.sql.SQLException;
import java.util.Map;

/// A batch was not written for a reason that is not the caller's.
final class WriteFailed extends RuntimeException {

    WriteFailed(Throwable cause) {
        super(cause);
    }

    /// SQLSTATE classes 22 (a value PostgreSQL cannot hold) and 23 (a constraint).
    static boolean isAboutTheData(Throwable failed) {
        return failed instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"));
    }

    static RuntimeException orProblem(Throwable failed) {
        if (failed instanceof Problem problem) {
            return problem;
        }
        if (isAboutTheData(failed) && failed instanceof SQLException sql) {
            return new Problem(
                    Problem.Kind.INVALID,
                    "value-not-storable",
                    "PostgreSQL cannot store this Observation: %s"
                            .formatted(firstLine(String.valueOf(sql.getMessage()))),
                    Map.of("field", "result"));
        }
        return new WriteFailed(failed);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }
}
