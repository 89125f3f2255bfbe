package de.stadtkern.chat;

import de.stadtkern.chat.CuratedAnswer.Wish;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.knowledge.Wordings;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to answers people of the town wrote: the chat finds the one a question is put like, editors change
/// them and can take it back.
@Service
class CuratedAnswers implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "chat-answer";
    private static final int MOST = 2_000;
    private static final int MOST_WORDINGS = 50;
    private static final int LONGEST_QUESTION = 300;
    private static final int LONGEST_ANSWER = 2_000;
    private static final int LONGEST_ADDRESS = 2_000;
    /// Questions that are alike so much are the same.
    private static final double SAME = 0.8;

    private final CuratedStore store;
    private final Wordings wordings;
    private final Rights rights;
    private final Changes changes;

    CuratedAnswers(CuratedStore store, Wordings wordings, Rights rights, Changes changes) {
        this.store = store;
        this.wordings = wordings;
        this.rights = rights;
        this.changes = changes;
    }

    /// The answer to a question that is put nearly like this, today.
    Optional<CuratedAnswer> find(String question) {
        LocalDate today =
                LocalDate.ofInstant(Instant.now(), CityContext.current().zone());
        record Alike(CuratedAnswer answer, double share) {}
        return store.active().stream()
                .filter(answer -> answer.holdsOn(today))
                .map(answer -> new Alike(
                        answer,
                        answer.questions()
                                .mapToDouble(put -> wordings.alike(question, put))
                                .max()
                                .orElse(0)))
                .filter(alike -> alike.share() >= SAME)
                .max(Comparator.comparingDouble(Alike::share))
                .map(Alike::answer);
    }

    void require() {
        rights.require(Role.EDITOR, Area.CHAT);
    }

    List<CuratedAnswer> list() {
        require();
        return store.list();
    }

    CuratedAnswer get(String id) {
        require();
        return (id.matches("\\d{1,15}") ? store.find(Long.parseLong(id)) : Optional.<CuratedAnswer>empty())
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "answer-unknown", "There is no answer '%.40s'.".formatted(id)));
    }

    @Transactional
    public long create(Wish wish, Flaws flaws) {
        require();
        store.lock();
        check(wish, null, flaws);
        if (store.list().size() >= MOST) {
            flaws.add(Problem.field("question", "answers-too-many", "There are at most %d answers.".formatted(MOST)));
        }
        flaws.end();
        return record(store.write(null, wish, true), null);
    }

    /// @param version of the answer the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(String id, String version, Wish wish, Flaws flaws) {
        CuratedAnswer before = locked(id);
        Version.require(version, before.version());
        check(wish, before.id(), flaws);
        flaws.end();
        return record(store.write(before.id(), wish, before.active()), before);
    }

    @Transactional
    public long activate(String id, boolean active) {
        CuratedAnswer before = locked(id);
        return record(store.write(before.id(), before.wish(), active), before);
    }

    @Transactional
    public long delete(String id) {
        CuratedAnswer before = locked(id);
        store.delete(before.id());
        return record(before.id(), before);
    }

    private CuratedAnswer locked(String id) {
        require();
        store.lock();
        return get(id);
    }

    private void check(Wish wish, @Nullable Long id, Flaws flaws) {
        if (wish.question().isBlank() || wish.question().length() > LONGEST_QUESTION) {
            flaws.add(Problem.field("question", "question-invalid", "A question has 1 to 300 characters."));
        }
        if (wish.wordings().size() > MOST_WORDINGS
                || wish.wordings().stream().anyMatch(put -> put.length() > LONGEST_QUESTION)) {
            flaws.add(Problem.field(
                    "wordings", "wordings-invalid", "There are at most 50 of them, each of at most 300 characters."));
        }
        length("german", wish.german(), flaws);
        length("english", wish.english(), flaws);
        length("easy", wish.easy(), flaws);
        if (wish.german().isBlank()) {
            flaws.add(Problem.field("german", "answer-missing", "Write the answer."));
        }
        if (!wish.sourceUrl().isEmpty()
                && (!wish.sourceUrl().matches("https?://\\S+|/(?!/)\\S*")
                        || wish.sourceUrl().length() > LONGEST_ADDRESS)) {
            flaws.add(Problem.field("source-url", "address-invalid", "It begins with https:// or with a slash."));
        }
        if (wish.from() != null && wish.until() != null && wish.until().isBefore(wish.from())) {
            flaws.add(Problem.field("until", "until-before-from", "The last day is before the first."));
        }
        store.list().stream()
                .filter(other -> id == null || other.id() != id)
                .filter(other -> other.wish().question().equalsIgnoreCase(wish.question()))
                .findFirst()
                .ifPresent(other -> flaws.add(
                        Problem.field("question", "question-taken", "There is an answer to this question already.")));
    }

    private static void length(String field, String text, Flaws flaws) {
        if (text.length() > LONGEST_ANSWER) {
            flaws.add(Problem.field(field, "answer-too-long", "An answer has at most 2000 characters."));
        }
    }

    private long record(long id, @Nullable CuratedAnswer before) {
        Optional<CuratedAnswer> after = store.find(id);
        CuratedAnswer either = after.or(() -> Optional.ofNullable(before)).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.CHAT,
                                KIND,
                                String.valueOf(id),
                                either.wish().question()),
                        before == null ? null : before.tree(),
                        after.map(CuratedAnswer::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(answer -> JSON.valueToTree(answer.tree()))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        store.lock();
        long id = Long.parseLong(subject);
        CuratedAnswer before = store.find(id).orElse(null);
        if (state == null) {
            store.delete(id);
        } else {
            Wish wish = wish(state);
            Flaws flaws = new Flaws();
            check(wish, id, flaws);
            flaws.end();
            store.write(id, wish, state.path("active").asString("").equals("true"));
        }
        record(id, before);
    }

    private static Wish wish(JsonNode state) {
        return new Wish(
                state.path("question").asString(""),
                state.path("wordings").asString("").lines().toList(),
                state.path("german").asString(""),
                state.path("english").asString(""),
                state.path("easy").asString(""),
                state.path("source-title").asString(""),
                state.path("source-url").asString(""),
                day(state.path("from").asString("")),
                day(state.path("until").asString("")));
    }

    private static @Nullable LocalDate day(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }
}
