package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whoever asks for a version of the standard that is not spoken here learns which one is.
@RestController
class OtherVersions {

    @GetMapping({"/sta", "/sta/**"})
    void get(HttpServletRequest request) {
        throw RequestRefused.noSuchPath("There is nothing at %s; SensorThings 1.1 is spoken at %s."
                .formatted(request.getRequestURI(), Address.SERVICE));
    }
}
