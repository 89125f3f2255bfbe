package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Hands out the town's logo.
@Controller
class TownLogoController {

    /// Also whoever opens the picture by itself sees a picture and nothing that runs.
    private static final String ONLY_A_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final TownLogos logos;

    TownLogoController(TownLogos logos) {
        this.logos = logos;
    }

    @GetMapping("/logo/{name}")
    void logo(HttpServletResponse response, @PathVariable String name) throws IOException {
        TownLogo logo = TownLogo.of(name).orElseThrow(TownLogoController::unknown);
        byte[] content = logos.findShown(name).orElseThrow(TownLogoController::unknown);
        response.setContentType(logo.mediaType());
        response.setContentLength(content.length);
        response.setHeader("Content-Security-Policy", ONLY_A_PICTURE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                CacheControl.maxAge(Duration.ofDays(365))
                        .cachePublic()
                        .immutable()
                        .getHeaderValue());
        response.getOutputStream().write(content);
    }

    private static Problem unknown() {
        return new Problem(Problem.Kind.MISSING, "logo-unknown", "This town shows no logo of that name.");
    }
}
