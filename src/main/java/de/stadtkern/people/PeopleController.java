package de.stadtkern.people;

import de.stadtkern.identity.Account;
import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.SecondFactor;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// The people of the town, for admins.
@Controller
class PeopleController {

    private static final String PATH = "/people";

    private final Accounts accounts;
    private final SecondFactor factor;
    private final Outbox outbox;
    private final LinkMail mail;
    private final Menu menu;
    private final Pages pages;

    PeopleController(Accounts accounts, SecondFactor factor, Outbox outbox, LinkMail mail, Menu menu, Pages pages) {
        this.accounts = accounts;
        this.factor = factor;
        this.outbox = outbox;
        this.mail = mail;
        this.menu = menu;
        this.pages = pages;
    }

    record ListView(List<Menu.Entry> menu, Listing.Shown list) {}

    /// @param link to be handed over by the admin, empty where it went by mail
    record PersonView(
            List<Menu.Entry> menu,
            long id,
            String name,
            String login,
            List<Field> fields,
            String link,
            boolean active,
            boolean factor) {}

    @GetMapping(PATH)
    View list(Frame frame, Form asked) {
        return pages.page(
                "people/people.jte",
                frame,
                new ListView(menu.entries(frame, PATH), listing(frame).shown(asked)));
    }

    @GetMapping(PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        listing(frame).write(asked, "people", ending, response);
    }

    private Listing<Account> listing(Frame frame) {
        Set<Long> holders = factor.holders();
        return new Listing<>(
                frame,
                PATH,
                "people.people.caption",
                List.of(
                        new TableColumn<>(
                                "name",
                                frame.say("people.name"),
                                false,
                                account -> TableCell.link(account.name(), PATH + "/" + account.id())),
                        new TableColumn<>(
                                "mail", frame.say("people.mail"), false, account -> TableCell.text(account.login())),
                        new TableColumn<>(
                                "roles",
                                frame.say("people.rights"),
                                false,
                                account -> TableCell.text(roles(frame, account))),
                        new TableColumn<>(
                                "state",
                                frame.say("people.state"),
                                false,
                                account -> TableCell.text(state(frame, account))),
                        new TableColumn<>(
                                "factor",
                                frame.say("people.menu.account.second-factor"),
                                false,
                                account -> TableCell.text(frame.say(
                                        holders.contains(account.id()) ? "people.factor.yes" : "people.factor.no"))),
                        new TableColumn<>(
                                "last-login",
                                frame.say("people.last-login"),
                                false,
                                account -> lastLogin(frame, account.lastLoginAt()))),
                accounts.list());
    }

    private static TableCell lastLogin(Frame frame, @Nullable Instant at) {
        return TableCell.time(
                at, at == null ? frame.say("people.never") : frame.wording().age(at));
    }

    private static String state(Frame frame, Account account) {
        String state = !account.isActive() ? "inactive" : account.hasPassword() ? "active" : "invited";
        return frame.say("people.state.%s".formatted(state));
    }

    private static String roles(Frame frame, Account account) {
        String roles = Arrays.stream(Area.values())
                .filter(account.grants().roles()::containsKey)
                .map(area -> roleText(frame, account, area))
                .collect(Collectors.joining(", "));
        return roles.isEmpty() ? frame.say("people.role.none") : roles;
    }

    private static String roleText(Frame frame, Account account, Area area) {
        Role role = account.grants().roles().getOrDefault(area, Role.VIEWER);
        String name = frame.say("people.role.%s".formatted(role.key()));
        return area == Area.TOWN ? name : name + " (" + frame.say("people.area.%s".formatted(area.key())) + ")";
    }

    @GetMapping(PATH + "/new")
    View invite(Frame frame) {
        accounts.list();
        Form form = Form.empty().fill("language", frame.wording().locale().getLanguage());
        return pages.page("people/own-form.jte", frame, inviteView(frame, form));
    }

    @PostMapping(PATH + "/new")
    View invited(Frame frame, Form form, HttpServletRequest request) {
        Optional<Accounts.Link>[] link = holder();
        boolean accepted = form.accepts(
                frame,
                "people",
                () -> link[0] = Optional.of(
                        accounts.invite(form.value("mail"), form.value("name"), grants(form), form.value("language"))));
        return accepted
                ? handOver(frame, link[0].orElseThrow(), request)
                : pages.refused("people/own-form.jte", frame, inviteView(frame, form));
    }

    @SuppressWarnings("unchecked")
    private static <T> Optional<T>[] holder() {
        return (Optional<T>[]) new Optional<?>[] {Optional.empty()};
    }

    private AccountController.OwnForm inviteView(Frame frame, Form form) {
        List<Field> fields = new ArrayList<>(List.of(
                form.field("name", frame.say("people.name")),
                form.field("mail", frame.say("people.mail")).type("email"),
                AccountController.language(frame, form, "people.invite.language")));
        fields.addAll(roleFields(frame, form));
        return new AccountController.OwnForm(
                menu.entries(frame, PATH),
                new FormPage(
                        frame.say("people.invite.title"),
                        frame.say(outbox.isOn() ? "people.invite.mail" : "people.invite.link"),
                        PATH + "/new",
                        frame.say("people.invite.submit"),
                        fields,
                        List.of()));
    }

    @PostMapping(PATH + "/{id}/link")
    View link(Frame frame, @PathVariable long id, HttpServletRequest request) {
        return handOver(frame, accounts.newLink(id), request);
    }

    /// By mail where there is a mail server; the admin sees the link in any case, because mail may fail.
    private View handOver(Frame frame, Accounts.Link link, HttpServletRequest request) {
        if (outbox.isOn() && link.account().hasMail()) {
            mail.invited(link, request);
        }
        return pages.page(
                "people/person.jte",
                frame,
                view(
                        frame,
                        link.account(),
                        filled(link.account()),
                        LinkMail.address(request) + "/link/" + link.token()));
    }

    @GetMapping(PATH + "/{id}")
    View person(Frame frame, @PathVariable long id) {
        Account account = accounts.get(id);
        return pages.page("people/person.jte", frame, view(frame, account, filled(account), ""));
    }

    private static Form filled(Account account) {
        Form form = Form.empty().fill("version", account.version()).fill("active", account.isActive() ? "on" : "");
        for (Area area : Area.values()) {
            Role role = account.grants().roles().get(area);
            form.fill(area.key(), role == null ? "" : role.key());
        }
        return form;
    }

    private PersonView view(Frame frame, Account account, Form form, String link) {
        List<Field> fields = new ArrayList<>(roleFields(frame, form));
        fields.add(form.version());
        fields.add(form.field("active", frame.say("people.active")).type("checkbox"));
        fields.add(form.field("why", frame.say("people.why"))
                .hint(frame.say("people.why.hint"))
                .optional());
        return new PersonView(
                menu.entries(frame, PATH),
                account.id(),
                account.name(),
                account.login(),
                fields,
                link,
                account.isActive(),
                factor.isOnFor(account.id()));
    }

    @PostMapping(PATH + "/{id}")
    View change(Frame frame, Form form, @PathVariable long id) {
        Account account = accounts.get(id);
        Optional<Long>[] change = holder();
        boolean accepted = form.accepts(
                frame,
                "people",
                () -> change[0] = accounts.setRights(
                        id, form.value("version"), grants(form), form.isChecked("active"), form.value("why")));
        return accepted
                ? pages.next(PATH + "/" + id, new Notice("people.saved", change[0]))
                : pages.refused(
                        "people/person.jte",
                        frame,
                        view(frame, account, form.overtakenBy(() -> filled(accounts.get(id)), "why"), ""));
    }

    private static List<Field> roleFields(Frame frame, Form form) {
        return Arrays.stream(Area.values())
                .map(area -> form.field(area.key(), frame.say("people.area.%s".formatted(area.key())))
                        .hint(area == Area.TOWN ? frame.say("people.area.town.hint") : "")
                        .select(choices(frame)))
                .toList();
    }

    private static List<Field.Choice> choices(Frame frame) {
        List<Field.Choice> choices = new ArrayList<>();
        choices.add(Field.Choice.of("", frame.say("people.role.none")));
        for (Role role : Role.values()) {
            choices.add(Field.Choice.of(role.key(), frame.say("people.role.%s".formatted(role.key()))));
        }
        return choices;
    }

    /// What a form does not know as a role is no role.
    private static Grants grants(Form form) {
        Map<Area, Role> roles = new EnumMap<>(Area.class);
        for (Area area : Area.values()) {
            Arrays.stream(Role.values())
                    .filter(role -> role.key().equals(form.value(area.key())))
                    .forEach(role -> roles.put(area, role));
        }
        return new Grants(roles);
    }
}
