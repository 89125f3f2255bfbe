package de.stadtkern.watches;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.problem.Problem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How the bound town's web-hooks are, for whoever operates it.
@Service
public class HookFigures {

    private static final int MOST = 10;

    private final JdbcClient jdbc;
    private final Rights rights;

    HookFigures(JdbcClient jdbc, Rights rights) {
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /// @param watch name of the watch it tells of
    /// @param host  where it goes to; the rest of the address may be a secret
    /// @param again whether it is tried again by itself
    public record Failed(long id, String watch, String host, Instant at, String failure, boolean again) {}

    /// Those of the last seven days that have not arrived, the newest first.
    public List<Failed> failed() {
        rights.require(Role.OPERATOR, Area.TOWN);
        return jdbc.sql("""
            select h.id, coalesce(w.name, '') as watch, h.address, h.created_at, h.failure, h.next_at is not null as again
            from watch_hook h left join watch w on w.id = h.watch_id
            where h.sent_at is null and h.failure <> '' and h.created_at > now() - interval '7 days' order by h.id desc limit ?
            """)
                .param(MOST)
                .query((row, _) -> new Failed(
                        row.getLong("id"),
                        row.getString("watch"),
                        host(row.getString("address")),
                        row.getTimestamp("created_at").toInstant(),
                        row.getString("failure"),
                        row.getBoolean("again")))
                .list();
    }

    private static String host(String address) {
        try {
            return String.valueOf(URI.create(address).getHost());
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    /// Sends one that failed once more, within seconds.
    public void tryNow(long id) {
        rights.require(Role.OPERATOR, Area.TOWN);
        int found = jdbc.sql("update watch_hook set next_at = now() where id = ? and sent_at is null and failure <> ''")
                .param(id)
                .update();
        if (found == 0) {
            throw new Problem(
                    Problem.Kind.MISSING, "hook-unknown", "There is no web-hook %d that has failed.".formatted(id));
        }
    }
}
