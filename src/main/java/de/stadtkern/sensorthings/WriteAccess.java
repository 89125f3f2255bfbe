package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Whether the request at hand may change observations. Until there are accounts, one setting decides for everybody.
@Component
public class WriteAccess {

    private final SensorThingsProperties properties;

    WriteAccess(SensorThingsProperties properties) {
        this.properties = properties;
    }

    public void require() {
        if (!properties.anonymousWrites()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "anonymous-writes-off",
                    "Writing without an account is switched off. The operator can allow it with the setting"
                            + " stadtkern.sensorthings.anonymous-writes=true.",
                    Map.of("setting", "stadtkern.sensorthings.anonymous-writes"));
        }
    }
}
