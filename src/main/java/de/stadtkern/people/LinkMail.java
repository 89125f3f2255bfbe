package de.stadtkern.people;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.Outbox;
import de.stadtkern.page.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Writes the mails that carry a link to choose a password.
@Component
class LinkMail {

    private final Accounts accounts;
    private final Outbox outbox;
    private final Texts texts;

    LinkMail(Accounts accounts, Outbox outbox, Texts texts) {
        this.accounts = accounts;
        this.outbox = outbox;
        this.texts = texts;
    }

    @Transactional
    public void forgotten(String mail, HttpServletRequest request) {
        accounts.forgotten(mail).ifPresent(link -> send(link, "people.mail.reset", ownAddress(request)));
    }

    void invited(Accounts.Link link, HttpServletRequest request) {
        send(link, "people.mail.invite", address(request));
    }

    private void send(Accounts.Link link, String text, String address) {
        Locale locale = Locale.of(link.account().language());
        String town = CityContext.current().name();
        outbox.put(
                link.account().login(),
                texts.say(locale, text + ".subject", town),
                texts.say(
                        locale,
                        text + ".body",
                        link.account().name(),
                        town,
                        address + "/link/" + link.token(),
                        link.valid().toHours()));
    }

    /// As the browser of somebody we know called us.
    static String address(HttpServletRequest request) {
        return request.getScheme() + "://" + request.getServerName() + port(request);
    }

    /// Of any town: its first own name, which its proxy serves, else the name it has on this machine.
    static String address(City city, HttpServletRequest request) {
        return city.hosts().isEmpty()
                ? request.getScheme() + "://" + city.slug() + ".localhost" + port(request)
                : "https://" + city.hosts().getFirst();
    }

    /// With its colon; empty for the usual one.
    private static String port(HttpServletRequest request) {
        int port = request.getServerPort();
        return port == (request.isSecure() ? 443 : 80) ? "" : ":" + port;
    }

    /// For whoever is not logged in: never a host name that only the request claims, or mails would carry links to
    /// it.
    private static String ownAddress(HttpServletRequest request) {
        City city = CityContext.current();
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        boolean known = city.hosts().contains(host) || host.equals("localhost") || host.endsWith(".localhost");
        return known ? address(request) : address(city, request);
    }
}
