package de.stadtkern.people;

import de.stadtkern.identity.Logins;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.SessionCookie;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// In and out.
@Controller
class LoginController {

    private final Logins logins;
    private final Rights rights;
    private final Pages pages;

    LoginController(Logins logins, Rights rights, Pages pages) {
        this.logins = logins;
        this.rights = rights;
        this.pages = pages;
    }

    @GetMapping("/login")
    View show(Frame frame, Form form) {
        if (rights.person().isPresent()) {
            return pages.next(next(form));
        }
        return pages.page("people/form-page.jte", frame, view(frame, form));
    }

    @PostMapping("/login")
    View login(Frame frame, Form form, HttpServletRequest request, HttpServletResponse response) {
        Logins.Place place = new Logins.Place(
                request.getRemoteAddr(),
                Device.of(request.getHeader(HttpHeaders.USER_AGENT)),
                SessionCookie.browser(request));
        Logins.Opened[] opened = new Logins.Opened[1];
        if (!form.accepts(
                frame, "people", () -> opened[0] = logins.login(form.value("login"), form.value("password"), place))) {
            return pages.refused("people/form-page.jte", frame, view(frame, form));
        }
        logins.logout(SessionCookie.read(request));
        SessionCookie.set(request, response, opened[0]);
        return pages.next(opened[0].mustChangePassword() ? "/first" : next(form));
    }

    @PostMapping("/logout")
    View logout(HttpServletRequest request, HttpServletResponse response) {
        logins.logout(SessionCookie.read(request));
        SessionCookie.clear(request, response);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return pages.next("/login", Notice.of("people.logged-out"));
    }

    private static FormPage view(Frame frame, Form form) {
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
                List.of(new FormPage.Link("/forgotten", frame.say("people.forgotten.title"))));
    }

    /// Back to where the login was needed; addresses elsewhere are not followed.
    private static String next(Form form) {
        String next = form.value("next");
        boolean ours = next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().allMatch(character -> character > ' ' && character < 127 && character != '\\');
        return ours ? next : "/account";
    }
}
