package de.stadtkern.identity;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownWelcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Gives a town without any people its first admin, with a one-time password that is said once: on the terminal or
/// the page of whoever creates the town, and in the log of the start.
@Component
public class FirstAdmin implements TownWelcome {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    private static final Duration MIGRATION_POLL = Duration.ofSeconds(1);

    private final AccountStore store;
    private final Passwords passwords;
    private final Cities cities;

    FirstAdmin(AccountStore store, Passwords passwords, Cities cities) {
        this.store = store;
        this.passwords = passwords;
        this.cities = cities;
    }

    /// Towns that came before there were accounts, and the first one of a new installation; beside the start, which
    /// need not wait. A command's process says nothing: nobody could log in to it.
    @EventListener
    void townsWithoutPeople(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext) {
            Thread.ofVirtual().name("first-admins").start(this::sayEach);
        }
    }

    private void sayEach() {
        List<City> waiting = new ArrayList<>(cities.list());
        while (!waiting.isEmpty()) {
            for (City city : cities.listReady()) {
                if (waiting.remove(city)) {
                    welcome(city).ifPresent(line -> log.warn("{}: {}", city.name(), line));
                }
            }
            try {
                Thread.sleep(MIGRATION_POLL);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /// What a first admin logs in with, once.
    public record Access(String login, String password) {}

    @Override
    public Optional<String> welcome(City city) {
        return admit(city)
                .map(access -> "The first admin logs in at /login as '%s' with the one-time password  %s"
                        .formatted(access.login(), access.password()));
    }

    /// Makes the first admin of a town that has no people yet; empty where it has some. Nobody is told the password
    /// again.
    public Optional<Access> admit(City city) {
        return CityContext.call(city, () -> {
            if (!store.isEmpty()) {
                return Optional.<Access>empty();
            }
            String password = Token.random().text().substring(0, 20);
            return store.insert(Accounts.FIRST, "Admin", passwords.hash(password), true, "de")
                    .map(id -> {
                        store.setGrants(id, Grants.of(Area.TOWN, Role.ADMIN));
                        return new Access(Accounts.FIRST, password);
                    });
        });
    }
}
