package de.stadtkern.chat;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to what a town says about its chat: stewards set it, and can take that back.
@Service
class ChatSettings implements Versioned {

    static final String KIND = "chat-setting";
    static final String SUBJECT = "1";

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final TalkStore talks;
    private final Rights rights;
    private final Changes changes;

    ChatSettings(JdbcClient jdbc, TalkStore talks, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.talks = talks;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.STEWARD, Area.CHAT);
    }

    ChatSetting find() {
        return jdbc.sql("select days, office, phone from chat_setting")
                .query((row, _) -> new ChatSetting(row.getInt(1), row.getString(2), row.getString(3)))
                .optional()
                .orElse(ChatSetting.USUAL);
    }

    ChatSetting.Contact contact() {
        return ChatSetting.Contact.of(find(), CityContext.current());
    }

    /// Fewer days hold at once: what is older is gone with this change.
    ///
    /// @param version of the setting the steward saw
    /// @param flaws   of reading it
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long set(String version, ChatSetting setting, Flaws flaws) {
        require();
        lock();
        ChatSetting before = find();
        if (flaws.isFine("days")) {
            flaws.check(setting::requireDays);
        }
        flaws.check(() -> Version.require(version, before.version()))
                .check(setting::requireOffice)
                .check(setting::requirePhone)
                .end();
        return put(before, setting);
    }

    private void lock() {
        jdbc.sql("lock table chat_setting in share row exclusive mode").update();
    }

    private long put(ChatSetting before, ChatSetting setting) {
        jdbc.sql("""
            insert into chat_setting (days, office, phone) values (?, ?, ?)
            on conflict (one) do update set days = excluded.days, office = excluded.office, phone = excluded.phone
            """).params(setting.days(), setting.office(), setting.phone()).update();
        talks.deleteOlder(setting.days());
        return changes.record(
                        new Changes.Subject(
                                Area.CHAT, KIND, SUBJECT, CityContext.current().name()),
                        before.tree(),
                        setting.tree(),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode state(String subject) {
        return JSON.valueToTree(find().tree());
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        lock();
        ChatSetting setting = state == null
                ? ChatSetting.USUAL
                : new ChatSetting(
                        Integer.parseInt(state.path("days").asString()),
                        state.path("office").asString(),
                        state.path("phone").asString());
        put(find(), setting);
    }
}
