package de.stadtkern.people;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.FirstAdmin;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.problem.Flaws;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// The towns of the installation, and a form for one more.
@Controller
class TownsController {

    private static final String PATH = "/towns";
    private static final String PAGE = "people/towns.jte";

    private final Towns towns;
    private final Menu menu;
    private final Pages pages;

    TownsController(Towns towns, Menu menu, Pages pages) {
        this.towns = towns;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param made the town just made, null otherwise
    record TownsView(List<Menu.Entry> menu, @Nullable Made made, Listing.Shown list, List<Field> fields) {

        /// @param login and password are empty where the town has people already
        record Made(String name, String address, String login, String password) {}
    }

    @GetMapping(PATH)
    View list(Frame frame, Form asked, HttpServletRequest request) {
        return pages.page(PAGE, frame, view(frame, fresh(), asked, null, request));
    }

    @GetMapping(PATH + ".{ending}")
    void file(
            Frame frame,
            Form asked,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String ending)
            throws IOException {
        listing(frame, request).write(asked, "towns", ending, response);
    }

    private Listing<City> listing(Frame frame, HttpServletRequest request) {
        return new Listing<>(
                frame,
                PATH,
                "people.towns.caption",
                List.of(
                        new TableColumn<>(
                                "name",
                                frame.say("people.name"),
                                false,
                                city -> TableCell.link(city.name(), LinkMail.address(city, request) + "/")),
                        new TableColumn<>(
                                "slug", frame.say("people.towns.slug"), false, city -> TableCell.text(city.slug())),
                        new TableColumn<>(
                                "hosts", frame.say("people.towns.hosts"), false, city -> TableCell.text(hosts(city))),
                        new TableColumn<>(
                                "state", frame.say("people.state"), false, city -> TableCell.text(state(frame, city)))),
                towns.list());
    }

    private static String hosts(City city) {
        return city.hosts().isEmpty() ? city.slug() + ".localhost" : String.join(", ", city.hosts());
    }

    private static String state(Frame frame, City city) {
        if (city.id() == CityContext.current().id()) {
            return frame.say("people.towns.here");
        }
        return city.demo() ? frame.say("people.towns.demo") : "";
    }

    /// The page with the password is the answer itself, not one after a redirect: it is shown this once.
    @PostMapping(PATH)
    View create(Frame frame, Form form, HttpServletRequest request) {
        towns.list();
        AtomicReference<Towns.@Nullable Made> made = new AtomicReference<>();
        form.accepts(frame, "people", flaws -> made.set(towns.create(wish(form, flaws), form.value("why"), flaws)));
        Towns.Made town = made.get();
        return town == null
                ? pages.refused(PAGE, frame, view(frame, form, Form.empty(), null, request))
                : pages.page(PAGE, frame, view(frame, fresh(), Form.empty(), town, request));
    }

    /// With the usual settings, but for the names, which only a form may lack.
    private static Form fresh() {
        NewCity usual = NewCity.named("town", "Town");
        Form form = Form.empty().fill("name", "").fill("zone", usual.zone().getId());
        TownFields.fill(form, usual);
        return form;
    }

    private static NewCity wish(Form form, Flaws flaws) {
        NewCity usual = NewCity.named("town", "Town");
        NewCity named = flaws.read(usual, () -> NewCity.named(form.value("slug").strip(), "Town"));
        NewCity placed =
                flaws.read(named, () -> named.withZone(form.value("zone").strip()));
        return TownFields.read(form, placed, flaws);
    }

    private TownsView view(Frame frame, Form form, Form asked, Towns.@Nullable Made made, HttpServletRequest request) {
        List<Field> fields = new ArrayList<>();
        fields.add(TownFields.name(frame, form));
        fields.add(form.field("slug", frame.say("people.towns.slug")).hint(frame.say("people.towns.slug.hint")));
        fields.addAll(TownFields.looks(frame, form));
        fields.add(form.field("zone", frame.say("people.towns.zone")).hint(frame.say("people.towns.zone.hint")));
        fields.addAll(TownFields.languages(frame, form));
        fields.add(form.field("why", frame.say("people.why"))
                .hint(frame.say("people.why.hint"))
                .optional());
        return new TownsView(
                menu.entries(frame, PATH),
                made == null ? null : made(made, request),
                listing(frame, request).shown(asked),
                fields);
    }

    private static TownsView.Made made(Towns.Made made, HttpServletRequest request) {
        return new TownsView.Made(
                made.city().name(),
                LinkMail.address(made.city(), request) + "/login",
                made.access().map(FirstAdmin.Access::login).orElse(""),
                made.access().map(FirstAdmin.Access::password).orElse(""));
    }
}
