package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.TestTown;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of directions and of small numbers in a browser, with pictures in `target/screens`.
class DirectionsInBrowserTest extends CountersInBrowser {

    private DividedTown busy;
    private DividedTown quiet;

    @BeforeAll
    void townsThatCountBothDirections() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        LocalHours clock = LocalHours.ofDays(FootfallScenario.BERLIN, today.minusDays(60), today.minusDays(1));
        var random = new SplittableRandom(1);
        busy = new DividedTown(context, TestTown.create(cities, port));
        quiet = new DividedTown(context, TestTown.create(cities, port));
        for (int at = 0; at < clock.size(); at++) {
            int hour = clock.hour(at);
            double all = Math.max(0, 400 * Math.sin((hour - 5) / 18.0 * Math.PI));
            double share = 0.72 - 0.022 * (hour - 6);
            double in = Math.rint(all * share * (0.8 + 0.4 * random.nextDouble()));
            busy.hour(clock.start(at), in, Math.rint(all - all * share));
            quiet.hour(clock.start(at), random.nextInt(4), random.nextInt(9));
        }
        busy.register().keep().calibrate("1.1", "1.05", today.minusDays(10).toString());
        quiet.register().keep();
        quiet.street.hour(clock.start(clock.size() - 5).toString(), 12);
        quiet.street.register("markt");
        quiet.keep();
    }

    @Test
    void everybodySeesWhichWayPeopleGo() {
        look(busy.street, "directions", "/footfall/kirchplatz/directions");
        look(busy.street, "directions-year", directionsOf(365));
        look(busy.street, "directions-embedded", "/embed/footfall/kirchplatz/directions");
        look(busy.street, "place-with-directions", "/footfall/kirchplatz");
        look(quiet.street, "directions-hidden", "/footfall/kirchplatz/directions");
        look(quiet.street, "directions-hidden-embedded", "/embed/footfall/kirchplatz/directions");
        look(quiet.street, "directions-none", "/footfall/kirchplatz/directions?from=2001-01-01&to=2001-01-02");
        look(quiet.street, "directions-undivided", "/footfall/markt/directions");
    }

    private static String directionsOf(int days) {
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        return "/footfall/kirchplatz/directions?from=%s&to=%s".formatted(today.minusDays(days), today);
    }

    @Test
    void editorsSetTheSmallestNumber() {
        look(busy.street, "privacy", "/counters/privacy");
        look(busy.street, "counter-with-open-parts", "/counters/1");
        Page page = page(busy.street, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(busy.street, "/counters/privacy"));
        page.locator("#smallest").fill("1");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".form-errors").textContent()).contains("ganze Zahl von 3 bis 100");
        PageCheck.of(page, "footfall-privacy-wrong");
        page.locator("#smallest").fill("7");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator("main").textContent()).contains("Rückgängig");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aTimeThatEndsBeforeItBeginsIsSaidAtItsField() {
        Page page = page(busy.street, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(busy.street, "/footfall/kirchplatz/directions?from=2026-05-05&to=2026-05-01"));
        assertThat(page.locator(".form-errors").textContent()).contains("Das Ende liegt nach dem Beginn");
        PageCheck.of(page, "footfall-directions-wrong");
        assertThat(complaints).isEmpty();
    }
}
