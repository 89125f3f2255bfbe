package de.stadtkern.people;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Account;
import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.Outbox;
import de.stadtkern.page.Form;
import de.stadtkern.page.Texts;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Changes one's own account, and tells the old mail address when there is a new one: if somebody else did it, the
/// owner shall know.
@Component
class Profile {

    private final Accounts accounts;
    private final Outbox outbox;
    private final Texts texts;

    Profile(Accounts accounts, Outbox outbox, Texts texts) {
        this.accounts = accounts;
        this.outbox = outbox;
        this.texts = texts;
    }

    @Transactional
    public void change(Form form) {
        Account before = accounts.changeProfile(
                form.value("mail"), form.value("current"), form.value("name"), form.value("language"));
        Account now = accounts.own();
        if (before.hasMail() && !before.login().equals(now.login())) {
            Locale locale = Locale.of(now.language());
            String town = CityContext.current().name();
            outbox.put(
                    before.login(),
                    texts.say(locale, "people.mail.moved.subject", town),
                    texts.say(locale, "people.mail.moved.body", now.name(), town, now.login()));
        }
    }
}
