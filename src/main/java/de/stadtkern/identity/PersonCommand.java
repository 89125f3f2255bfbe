package de.stadtkern.identity;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// `person list`, `person link`: the way back in when nobody can log in any more. Whoever may run commands on the
/// machine acts as the operator.
@Component
class PersonCommand implements Command {

    private final Cities cities;
    private final Accounts accounts;
    private final Rights rights;

    PersonCommand(Cities cities, Accounts accounts, Rights rights) {
        this.cities = cities;
        this.accounts = accounts;
        this.rights = rights;
    }

    @Override
    public String name() {
        return "person";
    }

    @Override
    public String usage() {
        return "person list [--town SLUG] | person link LOGIN [--town SLUG]";
    }

    @Override
    public String summary() {
        return "Lists the people of a town; makes a link with which one of them can choose a new password.";
    }

    @Override
    public int run(List<String> words, Terminal terminal) {
        int option = words.indexOf("--town");
        List<String> plain = option < 0 ? words : words.subList(0, option);
        if (option >= 0 && words.size() != option + 2) {
            throw wrong();
        }
        City city = option < 0 ? cities.defaultCity() : cities.getBySlug(words.get(option + 1));
        CityContext.run(
                city,
                () -> rights.asOperator(() -> {
                    if (plain.equals(List.of("list"))) {
                        accounts.list().forEach(account -> terminal.line(line(account)));
                    } else if (plain.size() == 2 && plain.getFirst().equals("link")) {
                        link(plain.getLast(), terminal);
                    } else {
                        throw wrong();
                    }
                    return true;
                }));
        return 0;
    }

    private static String line(Account account) {
        String roles = account.grants().keys().entrySet().stream()
                .map(grant -> grant.getValue() + " of " + grant.getKey())
                .collect(Collectors.joining(", "));
        return "%-40s %s%s".formatted(account.login(), roles, account.isActive() ? "" : "  (deactivated)");
    }

    private void link(String login, Terminal terminal) {
        Account account = accounts.list().stream()
                .filter(one -> one.login().equals(login.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING,
                        "account-unknown",
                        "Nobody has the login '%s'; 'bin/stadtkern person list' shows all.".formatted(login)));
        Accounts.Link link = accounts.newLink(account.id());
        terminal.line("Good once, for %d hours, behind the town's address: /link/%s"
                .formatted(link.valid().toHours(), link.token()));
    }

    private Problem wrong() {
        return new Problem(Problem.Kind.INVALID, "usage", "It is called so: " + usage());
    }
}
