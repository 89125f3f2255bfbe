package de.stadtkern.people;

import de.stadtkern.identity.LoginProviders;
import de.stadtkern.identity.Logins;
import de.stadtkern.identity.ProviderLogins;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.SessionCookie;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// In and out.
@Controller
class LoginController {

    private static final String PAGE = "people/form-page.jte";

    private final Logins logins;
    private final LoginProviders providers;
    private final ProviderLogins providerLogins;
    private final Rights rights;
    private final Pages pages;

    LoginController(
            Logins logins, LoginProviders providers, ProviderLogins providerLogins, Rights rights, Pages pages) {
        this.logins = logins;
        this.providers = providers;
        this.providerLogins = providerLogins;
        this.rights = rights;
        this.pages = pages;
    }

    /// @param elsewhere where the login at the provider ends
    record LoggedOut(String elsewhere) {}

    @GetMapping("/login")
    View show(Frame frame, Form form) {
        if (rights.person().isPresent()) {
            return pages.next(next(form));
        }
        return pages.page(PAGE, frame, view(frame, form));
    }

    @PostMapping("/login")
    View login(Frame frame, Form form, HttpServletRequest request, HttpServletResponse response) {
        Logins.Opened[] opened = new Logins.Opened[1];
        if (!form.accepts(
                frame,
                "people",
                () -> opened[0] = logins.login(form.value("login"), form.value("password"), place(request)))) {
            return pages.refused(PAGE, frame, view(frame, form));
        }
        logins.logout(SessionCookie.read(request));
        SessionCookie.set(request, response, opened[0]);
        if (opened[0].half()) {
            return pages.next("/login/code?next=" + URLEncoder.encode(next(form), StandardCharsets.UTF_8));
        }
        return pages.next(opened[0].mustChangePassword() ? "/first" : next(form));
    }

    static Logins.Place place(HttpServletRequest request) {
        return new Logins.Place(
                request.getRemoteAddr(),
                Device.of(request.getHeader(HttpHeaders.USER_AGENT)),
                SessionCookie.browser(request));
    }

    @GetMapping("/login/code")
    View code(Frame frame, Form form, HttpServletRequest request) {
        Logins.Awaited awaited = logins.awaited(SessionCookie.read(request));
        return awaited.code()
                ? pages.page(PAGE, frame, codeView(frame, form, awaited))
                : pages.next(passkeyAddress(form), Notice.of("people.passkeys.second"));
    }

    private static String passkeyAddress(Form form) {
        return "/login/passkey?next=" + URLEncoder.encode(next(form), StandardCharsets.UTF_8);
    }

    @PostMapping("/login/code")
    View second(Frame frame, Form form, HttpServletRequest request, HttpServletResponse response) {
        Logins.Opened[] opened = new Logins.Opened[1];
        boolean accepted = form.accepts(
                frame,
                "people",
                () -> opened[0] = logins.second(SessionCookie.read(request), form.value("code"), place(request)));
        if (!accepted) {
            return pages.refused(PAGE, frame, codeView(frame, form, logins.awaited(SessionCookie.read(request))));
        }
        SessionCookie.set(request, response, opened[0]);
        return pages.next(next(form));
    }

    private static FormPage codeView(Frame frame, Form form, Logins.Awaited awaited) {
        List<FormPage.Link> links = new ArrayList<>();
        if (awaited.passkey()) {
            links.add(new FormPage.Link(passkeyAddress(form), frame.say("people.passkeys.login")));
        }
        links.add(new FormPage.Link("/login", frame.say("people.code.again")));
        return new FormPage(
                frame.say("people.code.title"),
                frame.say("people.code.lead"),
                "/login/code",
                frame.say("people.login.submit"),
                List.of(
                        form.field("code", frame.say("people.factor.code")).autocomplete("one-time-code"),
                        form.field("next", "").type("hidden")),
                links);
    }

    @PostMapping("/logout")
    View logout(HttpServletRequest request, HttpServletResponse response) {
        Optional<Long> provider = providerLogins.providerOf(SessionCookie.read(request));
        logins.logout(SessionCookie.read(request));
        SessionCookie.clear(request, response);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return provider.isPresent()
                ? pages.next("/logged-out/" + provider.get())
                : pages.next("/login", Notice.of("people.logged-out"));
    }

    /// Where the login at the provider ends too: a link, because browsers do not let a form lead elsewhere.
    @GetMapping("/logged-out/{provider}")
    View loggedOut(Frame frame, @PathVariable long provider, HttpServletRequest request) {
        return providerLogins
                .logoutAddress(provider, LinkMail.address(request) + "/login")
                .map(address -> pages.page("people/logged-out.jte", frame, new LoggedOut(address)))
                .orElseGet(() -> pages.next("/login", Notice.of("people.logged-out")));
    }

    private FormPage view(Frame frame, Form form) {
        List<FormPage.Link> links = new ArrayList<>();
        for (LoginProviders.Provider provider : providers.active()) {
            links.add(new FormPage.Link(
                    "/login/provider/%d?next=%s"
                            .formatted(provider.id(), URLEncoder.encode(next(form), StandardCharsets.UTF_8)),
                    frame.say("people.login.with", provider.name())));
        }
        links.add(new FormPage.Link(passkeyAddress(form), frame.say("people.passkeys.login")));
        links.add(new FormPage.Link("/forgotten", frame.say("people.forgotten.title")));
        return new FormPage(
                frame.say("people.login.title"),
                frame.say("people.login.lead"),
                "/login",
                frame.say("people.login.submit"),
                List.of(
                        form.field("login", frame.say("people.login.name")).autocomplete("username"),
                        form.field("password", frame.say("people.password"))
                                .type("password")
                                .autocomplete("current-password"),
                        form.field("next", "").type("hidden")),
                links);
    }

    private static String next(Form form) {
        return next(form.value("next"));
    }

    /// Back to where the login was needed.
    static String next(String next) {
        return next(next, "/account");
    }

    /// Addresses elsewhere are not followed.
    static String next(String next, String otherwise) {
        boolean ours = next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().allMatch(character -> character > ' ' && character < 127 && character != '\\');
        return ours ? next : otherwise;
    }
}
