package de.stadtkern.chat;

import java.util.Optional;
import org.springframework.stereotype.Component;

/// What is answered by a rule, whatever the texts say.
@Component
class Rules {

    Optional<Reply> reply(Asked asked) {
        return Optional.empty();
    }
}
