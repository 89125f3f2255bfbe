package de.stadtkern.people;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Frame;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// What somebody who is logged in finds beside their pages; `people/area.jte` shows it.
@Component
public class Menu {

    private final Rights rights;

    Menu(Rights rights) {
        this.rights = rights;
    }

    public record Entry(String address, String text, boolean current) {}

    /// @param current address of the page that is open
    public List<Entry> entries(Frame frame, String current) {
        List<String> addresses = new ArrayList<>(List.of(
                "/account", "/account/password", "/account/passkeys", "/account/second-factor", "/account/sessions"));
        if (rights.isAddingFactor()) {
            addresses = new ArrayList<>(List.of("/account/passkeys", "/account/second-factor"));
        }
        if (rights.allow(Role.EDITOR, Area.PLATFORM)) {
            addresses.add("/imports");
            addresses.add("/watches");
        }
        if (rights.allow(Role.EDITOR, Area.FOOTFALL)) {
            addresses.add("/counters");
        }
        if (rights.allow(Role.EDITOR, Area.CHAT)) {
            addresses.add("/knowledge");
            addresses.add("/answers");
        }
        if (rights.allow(Role.STEWARD, Area.CHAT)) {
            addresses.add("/chat/settings");
        }
        if (rights.allow(Role.STEWARD, Area.PLATFORM)) {
            addresses.add("/data-sets");
            addresses.add("/sources");
        }
        if (rights.allow(Role.ADMIN, Area.TOWN)) {
            addresses.add("/town");
            addresses.add("/town/areas");
            addresses.add("/town/login");
            if (CityContext.current().isDefault()) {
                addresses.add("/towns");
            }
            addresses.add("/people");
            addresses.add("/keys");
            addresses.add("/providers");
            addresses.add("/changes");
            addresses.add("/failed-logins");
        }
        if (rights.allow(Role.OPERATOR, Area.TOWN)) {
            addresses.add("/operation");
            addresses.add("/mail");
        }
        return addresses.stream()
                .map(address -> new Entry(
                        address,
                        frame.say("people.menu%s".formatted(address.replace('/', '.'))),
                        address.equals(current)))
                .toList();
    }
}
