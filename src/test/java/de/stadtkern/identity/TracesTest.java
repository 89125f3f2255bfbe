package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.city.TownJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever says who of the staff did what goes when its date has come, two years unless set otherwise.
@StadtkernTest
class TracesTest extends TownWithPeople {

    private static final int OLD = 800;
    private static final int YOUNG = 100;

    @Test
    void noTableNamesSomebodyThatIsNotAgedHere() {
        assertThat(people.text("""
            select string_agg(table_name || '.' || column_name, ' ' order by table_name, column_name)
            from information_schema.columns
            where table_schema = current_schema() and table_name <> 'migration_history'
              and (column_name in ('account_id', 'login', 'who', 'recipient', 'note') or column_name like '%\\_by')
            """))
                .isEqualTo("account.login account_link.account_id account_role.account_id api_key.created_by"
                        + " change.account_id change.who failed_login.account_id footfall_reference.counted_by"
                        + " import_job.created_by import_mapping.changed_by known_browser.account_id"
                        + " login_identity.account_id mail.recipient passkey.account_id"
                        + " passkey_challenge.account_id recovery_code.account_id session.account_id"
                        + " totp.account_id watch_incident.acknowledged_by watch_incident.note");
    }

    @Test
    void whatIsOlderGoesAndWhatIsYoungerStays() {
        traces("alt", OLD);
        traces("jung", YOUNG);
        clean();
        assertThat(left("change", "title")).isEqualTo("jung");
        assertThat(left("mail", "recipient")).isEqualTo("jung");
        assertThat(left("api_key", "name")).isEqualTo("jung");
        assertThat(left("import_job", "file_name")).isEqualTo("jung");
        assertThat(left("footfall_reference", "key || ' ' || counted_by")).isEqualTo("alt , jung jung");
        assertThat(left("import_mapping", "name || ' ' || changed_by")).isEqualTo("alt , jung jung");
        assertThat(left("watch_incident", "watch_name || ' ' || acknowledged_by || ' ' || note"))
                .isEqualTo("dauert an alt  , dauert an jung jung jung, jung jung jung");
    }

    @Test
    void whoLeftIsDeletedWithAllTheirsOnceNoTraceNamesThem() {
        long gone = leftTown("gone@example.org", OLD);
        long named = leftTown("named@example.org", OLD);
        change("x", named, YOUNG);
        long given = leftTown("given@example.org", OLD);
        people.execute("""
            insert into change (who, area, kind, subject, title) values ('x', 'town', 'account', '%d', 'Frau given')
            """.formatted(given));
        leftTown("lately@example.org", YOUNG);
        people.person("here@example.org", Grants.of(Area.TOWN, Role.VIEWER));
        clean();
        assertThat(left("account", "login"))
                .isEqualTo("given@example.org, here@example.org, lately@example.org, named@example.org");
        for (String table :
                "account_role account_link known_browser session totp recovery_code login_identity passkey passkey_challenge failed_login"
                        .split(" ")) {
            assertThat(people.text("select count(*)::text from %s where account_id = %d".formatted(table, gone)))
                    .as(table)
                    .isEqualTo("0");
        }
    }

    @Test
    void aKeyThatIsGoodStaysHoweverOldItIs() {
        key("Zähler", "now() + interval '1 day'", "null", OLD);
        key("entzogen", "now() + interval '1 day'", "now() - interval '800 days'", OLD);
        clean();
        assertThat(left("api_key", "name")).isEqualTo("Zähler");
    }

    /// One of everything that names somebody, so many days old.
    private void traces(String name, int days) {
        change(name, null, days);
        key(name, "now() - interval '%d days'".formatted(days), "null", days);
        execute(days, """
            insert into mail (recipient, subject, body, created_at, next_at) values ('%1$s', 's', '', %2$s, null)
            """, name);
        execute(days, """
            insert into import_job (file_name, file_hash, file_size, stored_size, created_by, created_at, state)
            values ('%1$s', '\\x00', 1, 0, '%1$s', %2$s, 'done')
            """, name);
        execute(days, """
            insert into footfall_counter (slug, thing_id, name) values ('%1$s', 1, '%1$s');
            insert into footfall_reference (counter_id, key, from_at, to_at, counted_by, everybody)
            select id, slug, %2$s, %2$s, slug, 1 from footfall_counter where slug = '%1$s'
            """, name);
        execute(days, """
            insert into import_mapping (name, mapping, changed_by, changed_at) values ('%1$s', '', '%1$s', %2$s)
            """, name);
        execute(days, """
            insert into watch_incident (watch_id, watch_name, datastream_id, kind, began_at, ended_at, feed, tell_at,
              acknowledged_at, acknowledged_by, note)
            values (1, '%1$s', 1, 'limit', %2$s, %2$s, false, now() + interval '1 day', %2$s, '%1$s', '%1$s'),
              (hashtext('%1$s'), 'dauert an %1$s', 1, 'limit', %2$s, null, false, now() + interval '1 day', %2$s, '%1$s', '%1$s')
            """, name);
    }

    private void change(String title, @Nullable Long account, int days) {
        execute(days, """
            insert into change (at, account_id, who, area, kind, subject, title)
            values (%2$s,\
            """ + account + """
            , 'Frau X', 'platform', 'thing', '1', '%1$s')
            """, title);
    }

    private void key(String name, String expires, String revoked, int days) {
        execute(days, """
            insert into api_key (name, token_hash, start, area, role, created_by, created_at, expires_at, revoked_at)
            values ('%1$s', sha256('%1$s'::bytea), 'x', 'platform', 'editor', 'Frau X', %2$s,\
            """ + expires + ", " + revoked + ")", name);
    }

    private void execute(int days, String sql, String name) {
        people.execute(sql.formatted(name, "now() - interval '%d days'".formatted(days)));
    }

    /// Somebody with all an account may have, deactivated so many days ago.
    private long leftTown(String login, int days) {
        long id = people.loggedIn(login, Grants.of(Area.TOWN, Role.ADMIN)).id;
        people.execute(
                "update account set deactivated_at = now() - interval '%d days' where id = %d".formatted(days, id));
        people.execute("insert into totp values (%d, '\\x00', true, 0)".formatted(id));
        people.execute("insert into recovery_code values (%d, '\\x00')".formatted(id));
        people.execute("""
            insert into passkey (account_id, name, credential_id, credential, sign_count, backup_eligible)
            values (%1$d, 'x', sha256('%1$d'::bytea), '\\x00', 0, false)
            """.formatted(id));
        people.execute("insert into passkey_challenge values (sha256('%1$d'::bytea), %1$d, now() + interval '1 day')"
                .formatted(id));
        people.execute(
                "insert into account_link values (sha256('%1$d'::bytea), %1$d, 'reset', now() + interval '1 day')"
                        .formatted(id));
        people.execute(
                "insert into failed_login (account_id, network, reason) values (%d, '', 'password')".formatted(id));
        people.execute("insert into known_browser values (sha256('%1$d'::bytea), %1$d)".formatted(id));
        people.execute("""
            with provider as (
              insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)
              values ('x', 'x', 'x', 'x', '', '', true) returning id
            )
            insert into login_identity select id, '%1$d', %1$d from provider
            """.formatted(id));
        return id;
    }

    private String left(String table, String what) {
        return people.text(
                "select coalesce(string_agg(%1$s, ', ' order by %1$s), '') from %2$s".formatted(what, table));
    }

    private void clean() {
        town.in(() -> {
            context.getBeansOfType(TownJob.class).values().stream()
                    .filter(job -> job.name().endsWith("-cleaning"))
                    .forEach(TownJob::run);
            return true;
        });
    }
}
