package de.stadtkern.mqtt;

import de.stadtkern.problem.Problem;
import org.springframework.stereotype.Component;

/// Who subscribes to what.
@Component
class Subscriptions {

    void open() {}

    void close() {}

    void add(String client, String filter) {
        throw new Problem(Problem.Kind.NOT_OFFERED, "not-yet", "Not yet: " + client + filter);
    }
}
