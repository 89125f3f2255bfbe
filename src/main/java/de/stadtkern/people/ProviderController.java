package de.stadtkern.people;

import de.stadtkern.identity.LoginProviders;
import de.stadtkern.identity.Logins;
import de.stadtkern.identity.ProviderLogins;
import de.stadtkern.identity.SessionCookie;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.util.WebUtils;

/// Logging in with a provider of OpenID Connect, and, for admins, which ones there are.
@Controller
class ProviderController {

    private static final String PATH = "/providers";
    private static final String COOKIE = "provider";

    private final LoginProviders providers;
    private final ProviderLogins logins;
    private final Menu menu;
    private final Pages pages;

    ProviderController(LoginProviders providers, ProviderLogins logins, Menu menu, Pages pages) {
        this.providers = providers;
        this.logins = logins;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param example what a provider has to know as redirect address
    record ProvidersView(List<Menu.Entry> menu, String example, Listing.Shown list) {}

    @GetMapping("/login/provider/{id}")
    View begin(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        ProviderLogins.Begun begun = logins.begin(id, back(request, id));
        setCookie(
                request, response, begun.remember() + "~" + encode(LoginController.next(next)), Duration.ofMinutes(10));
        return pages.next(begun.address());
    }

    @GetMapping("/login/provider/{id}/back")
    View back(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest request,
            HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        String[] remembered = (cookie == null ? "" : cookie.getValue()).split("~", 2);
        setCookie(request, response, "", Duration.ZERO);
        Logins.Opened opened = logins.finish(
                id,
                code,
                state,
                remembered[0],
                back(request, id),
                LoginController.place(request).device());
        SessionCookie.set(request, response, opened);
        return pages.next(LoginController.next(remembered.length > 1 ? decode(remembered[1]) : ""));
    }

    /// A cookie takes few characters.
    private static String encode(String path) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decode(String cookie) {
        try {
            return new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException notOurs) {
            return "";
        }
    }

    private static String back(HttpServletRequest request, long id) {
        return LinkMail.address(request) + "/login/provider/%d/back".formatted(id);
    }

    private static void setCookie(
            HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(COOKIE, value)
                .path("/login/provider")
                .maxAge(age)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    @GetMapping(PATH)
    View list(Frame frame, Form asked, HttpServletRequest request) {
        Listing<LoginProviders.Provider> listing = listing(frame, request);
        long example = listing.rows().isEmpty() ? 1 : listing.rows().getLast().id();
        return pages.page(
                "people/providers.jte",
                frame,
                new ProvidersView(menu.entries(frame, PATH), back(request, example), listing.shown(asked)));
    }

    @GetMapping(PATH + ".{ending}")
    void file(
            Frame frame,
            Form asked,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String ending)
            throws IOException {
        listing(frame, request).write(asked, "providers", ending, response);
    }

    private Listing<LoginProviders.Provider> listing(Frame frame, HttpServletRequest request) {
        return new Listing<>(
                frame,
                PATH,
                "people.providers.caption",
                List.of(
                        new TableColumn<>(
                                "name",
                                frame.say("people.providers.name"),
                                false,
                                provider -> TableCell.link(provider.name(), PATH + "/" + provider.id())),
                        new TableColumn<>(
                                "state",
                                frame.say("people.state"),
                                false,
                                provider -> TableCell.text(frame.say(
                                        provider.active() ? "people.providers.offered" : "people.providers.inactive"))),
                        new TableColumn<>(
                                "issuer",
                                frame.say("people.providers.issuer"),
                                false,
                                provider -> TableCell.text(provider.issuer())),
                        new TableColumn<>(
                                "back",
                                frame.say("people.providers.back"),
                                false,
                                provider -> TableCell.text(back(request, provider.id())))),
                providers.list());
    }

    /// A new one under the number 0.
    @GetMapping(PATH + "/{id}")
    View show(Frame frame, @PathVariable long id) {
        return pages.page("people/own-form.jte", frame, view(frame, filled(id), id));
    }

    private Form filled(long id) {
        Form form = Form.empty();
        find(id).ifPresent(provider -> form.fill("version", provider.version())
                .fill("name", provider.name())
                .fill("issuer", provider.issuer())
                .fill("client", provider.clientId())
                .fill("claim", provider.roleClaim())
                .fill("words", provider.roleWords())
                .fill("active", provider.active() ? "on" : ""));
        return form;
    }

    private Optional<LoginProviders.Provider> find(long id) {
        Optional<LoginProviders.Provider> found = providers.list().stream()
                .filter(provider -> provider.id() == id)
                .findFirst();
        if (id != 0 && found.isEmpty()) {
            throw new Problem(Problem.Kind.MISSING, "provider-unknown", "There is no login provider %d.".formatted(id));
        }
        return found;
    }

    @PostMapping(PATH + "/{id}")
    View save(Frame frame, Form form, @PathVariable long id) {
        find(id);
        boolean accepted = form.accepts(
                frame,
                "people",
                () -> providers.save(
                        new LoginProviders.Provider(
                                id,
                                form.value("name"),
                                form.value("issuer").strip(),
                                form.value("client"),
                                form.value("secret"),
                                form.value("claim"),
                                form.value("words"),
                                form.isChecked("active")),
                        form.value("version")));
        return accepted
                ? pages.next(PATH, Notice.of("people.saved"))
                : pages.refused(
                        "people/own-form.jte", frame, view(frame, form.overtakenBy(() -> filled(id), "secret"), id));
    }

    private AccountController.OwnForm view(Frame frame, Form form, long id) {
        Field secret = form.field("secret", frame.say("people.providers.secret"))
                .type("password")
                .autocomplete("off");
        return new AccountController.OwnForm(
                menu.entries(frame, PATH),
                new FormPage(
                        id == 0 ? frame.say("people.providers.new") : form.value("name"),
                        "",
                        PATH + "/" + id,
                        frame.say("people.save"),
                        List.of(
                                form.version(),
                                form.field("name", frame.say("people.providers.name")),
                                form.field("issuer", frame.say("people.providers.issuer"))
                                        .hint(frame.say("people.providers.issuer.hint")),
                                form.field("client", frame.say("people.providers.client")),
                                id == 0
                                        ? secret
                                        : secret.hint(frame.say("people.providers.secret.hint"))
                                                .optional(),
                                form.field("claim", frame.say("people.providers.claim"))
                                        .hint(frame.say("people.providers.claim.hint"))
                                        .optional(),
                                form.field("words", frame.say("people.providers.words"))
                                        .type("textarea")
                                        .hint(frame.say("people.providers.words.hint"))
                                        .optional(),
                                form.field("active", frame.say("people.providers.active"))
                                        .type("checkbox")),
                        List.of()));
    }
}
