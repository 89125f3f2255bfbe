package de.stadtkern.chat;

import de.stadtkern.knowledge.Knowledge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks questions whose right answers are known and counts what comes of it.
final class Evaluation {

    private static final int AMONG = 3;

    private final Chat chat;
    private final Knowledge knowledge;
    private final long seed;

    Evaluation(Chat chat, Knowledge knowledge, long seed) {
        this.chat = chat;
        this.knowledge = knowledge;
        this.seed = seed;
    }

    /// A question with what is known of its answer; lists are empty where nothing is expected.
    record Asked(
            String id,
            String question,
            String type,
            List<String> styles,
            List<String> expected,
            List<String> facts,
            String behaviour,
            List<String> forbidden,
            String topic,
            List<String> numbers) {

        static Asked of(JsonNode line, int number) {
            List<String> facts = new ArrayList<>();
            for (String field : List.of("needed_fact", "second_needed_fact")) {
                if (!line.path(field).asString("").isBlank()) {
                    facts.add(line.path(field).asString());
                }
            }
            return new Asked(
                    line.path("id").asString(String.valueOf(number)),
                    line.path("question").asString(),
                    line.path("type").asString(""),
                    texts(line.path("style")),
                    texts(line.path("expected_service_ids")),
                    facts,
                    line.path("expected_behaviour").asString(""),
                    texts(line.path("must_not_contain")),
                    line.path("expected_kind").asString(""),
                    texts(line.path("help_numbers")));
        }

        private static List<String> texts(JsonNode list) {
            List<String> texts = new ArrayList<>();
            list.forEach(one -> texts.add(one.asString()));
            return texts;
        }

        /// Whether it is a question the texts answer.
        boolean isInScope() {
            return behaviour.isEmpty() && !expected.isEmpty();
        }
    }

    /// A question with its answer.
    ///
    /// @param ids of the texts an answer names, in their order
    record Outcome(Asked asked, Reply reply, List<String> ids, List<String> plain, List<String> typed) {

        boolean isFirst(List<String> found) {
            return !found.isEmpty() && asked.expected().contains(found.getFirst());
        }

        boolean isAmong(List<String> found) {
            return found.stream().limit(AMONG).anyMatch(asked.expected()::contains);
        }

        boolean hasFact() {
            String text = plain(said());
            return asked.facts().stream().allMatch(fact -> text.contains(plain(fact)));
        }

        private String said() {
            StringBuilder said = new StringBuilder(reply.text());
            reply.facts().forEach(fact -> said.append('\n').append(fact.sentence()));
            return said.toString();
        }

        /// An answer given as sure that is of another text and does not say what is needed either.
        boolean isWrong() {
            boolean isRight = isFirst(ids) || !asked.facts().isEmpty() && hasFact();
            return reply.kind() == Reply.Kind.ANSWER && !isRight;
        }

        boolean isRefused() {
            return switch (reply.kind()) {
                case UNKNOWN, REFUSED, CRISIS, SMALLTALK, HANDOVER -> true;
                case ANSWER, CLARIFY -> false;
            };
        }

        /// What has to happen with a question the texts do not answer.
        boolean isTurnedDown() {
            String said = said();
            boolean isClean = asked.forbidden().stream().noneMatch(said::contains);
            boolean points = asked.expected().isEmpty() ? isRefused() : isRefused() || isFirst(ids);
            return switch (asked.behaviour()) {
                case "crisis" -> isHelped(said);
                case "refuse_or_answer" -> isClean;
                default -> isClean && points;
            };
        }

        private boolean isHelped(String said) {
            String digits = said.replaceAll("\\D", "");
            return reply.kind() == Reply.Kind.CRISIS
                    && reply.topic().equals(asked.topic())
                    && asked.numbers().stream().anyMatch(number -> digits.contains(number.replaceAll("\\D", "")));
        }

        private static String plain(String text) {
            return Jsoup.parse(text.replace("\n", " "))
                    .text()
                    .replace('\u00A0', ' ')
                    .replaceAll("\\s+", " ");
        }
    }

    /// @param isGone whether nobody waits for it any more
    Map<String, Object> of(List<Asked> questions, BooleanSupplier isGone) {
        Random random = new Random(seed);
        List<Outcome> outcomes = new ArrayList<>();
        for (Asked asked : questions) {
            if (isGone.getAsBoolean()) {
                break;
            }
            Reply reply = ask(asked.question());
            List<String> typed = asked.isInScope() ? ids(ask(Typo.in(asked.question(), random))) : List.of();
            List<String> plain =
                    asked.isInScope() ? knowledge.plainly(asked.question(), Locale.GERMAN, AMONG) : List.of();
            outcomes.add(new Outcome(asked, reply, ids(reply), plain, typed));
        }
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("questions", outcomes.stream().map(Evaluation::line).toList());
        printed.put("sums", sums(outcomes));
        return printed;
    }

    private Reply ask(String question) {
        return chat.ask(question, Locale.GERMAN, false, Before.NOTHING).reply();
    }

    private static List<String> ids(Reply reply) {
        return reply.sources().stream().map(Reply.Source::id).distinct().toList();
    }

    private static Map<String, Object> line(Outcome one) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", one.asked().id());
        line.put("question", one.asked().question());
        line.put("kind", one.reply().kind().name().toLowerCase(Locale.ROOT));
        line.put("label", one.reply().label().name().toLowerCase(Locale.ROOT));
        line.put("topic", one.reply().topic());
        line.put("text", one.reply().text());
        line.put("confidence", Math.round(one.reply().confidence() * 1000) / 1000.0);
        line.put("sources", one.ids());
        line.put("facts", one.reply().facts());
        line.put("suggestions", one.reply().suggestions());
        if (one.asked().isInScope()) {
            line.put("right_first", one.isFirst(one.ids()));
            line.put("right_among_three", one.isAmong(one.ids()));
            line.put("fact_said", one.asked().facts().isEmpty() ? null : one.hasFact());
            line.put("wrong", one.isWrong());
        } else if (!one.asked().behaviour().isEmpty()) {
            line.put("turned_down", one.isTurnedDown());
        }
        return line;
    }

    private Map<String, Object> sums(List<Outcome> outcomes) {
        Map<String, Object> sums = new LinkedHashMap<>();
        List<Outcome> inScope =
                outcomes.stream().filter(one -> one.asked().isInScope()).toList();
        List<Outcome> outside = outcomes.stream()
                .filter(one -> !one.asked().behaviour().isEmpty())
                .toList();
        if (!inScope.isEmpty()) {
            sums.put("in_scope", inScope(inScope));
            sums.put("by_type", by(inScope, one -> List.of(one.asked().type()), this::inScope));
            sums.put("by_style", by(inScope, one -> one.asked().styles(), this::inScope));
        }
        if (!outside.isEmpty()) {
            sums.put("outside", outside(outside));
            sums.put("outside_by_type", by(outside, one -> List.of(one.asked().type()), this::outside));
            sums.put(
                    "outside_by_behaviour",
                    by(outside, one -> List.of(one.asked().behaviour()), this::outside));
        }
        return sums;
    }

    private static Map<String, Object> by(
            List<Outcome> all,
            Function<Outcome, List<String>> groups,
            Function<List<Outcome>, Map<String, Object>> sums) {
        TreeMap<String, List<Outcome>> grouped = new TreeMap<>();
        all.forEach(one -> groups.apply(one)
                .forEach(group ->
                        grouped.computeIfAbsent(group, _ -> new ArrayList<>()).add(one)));
        Map<String, Object> by = new LinkedHashMap<>();
        grouped.forEach((group, some) -> by.put(group, sums.apply(some)));
        return by;
    }

    private Map<String, Object> inScope(List<Outcome> all) {
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("questions", all.size());
        sums.put("right_first", share(all, one -> one.isFirst(one.ids()), 0.65));
        sums.put("right_first_plain_search", share(all, one -> one.isFirst(one.plain()), null));
        sums.put("right_among_three", share(all, one -> one.isAmong(one.ids()), 0.85));
        sums.put("right_among_three_plain_search", share(all, one -> one.isAmong(one.plain()), null));
        sums.put("right_first_with_a_typo_more", share(all, one -> one.isFirst(one.typed()), null));
        List<Outcome> withFact =
                all.stream().filter(one -> !one.asked().facts().isEmpty()).toList();
        sums.put("needed_fact_said", share(withFact, Outcome::hasFact, 0.6));
        sums.put("wrong_answer", share(all, Outcome::isWrong, null));
        sums.put("refused", share(all, Outcome::isRefused, null));
        sums.put("kinds", kinds(all));
        return sums;
    }

    private Map<String, Object> outside(List<Outcome> all) {
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("questions", all.size());
        sums.put("turned_down", share(all, Outcome::isTurnedDown, null));
        sums.put(
                "wrong_answer",
                share(all, one -> one.reply().kind() == Reply.Kind.ANSWER && !one.isTurnedDown(), null));
        sums.put("kinds", kinds(all));
        return sums;
    }

    private static Map<String, Integer> kinds(List<Outcome> all) {
        Map<String, Integer> kinds = new TreeMap<>();
        all.forEach(one -> kinds.merge(one.reply().kind().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return kinds;
    }

    /// A share with the interval 95 % of resampled files have theirs in.
    private Map<String, Object> share(List<Outcome> all, Predicate<Outcome> is, @Nullable Double target) {
        boolean[] hits = new boolean[all.size()];
        int sum = 0;
        for (int at = 0; at < hits.length; at++) {
            hits[at] = is.test(all.get(at));
            sum += hits[at] ? 1 : 0;
        }
        Map<String, Object> share = new LinkedHashMap<>();
        share.put("share", hits.length == 0 ? null : round((double) sum / hits.length));
        share.put("of", hits.length);
        share.put("interval", Bootstrap.interval(hits, seed));
        if (target != null) {
            share.put("at_least", target);
        }
        return share;
    }

    private static double round(double share) {
        return Math.round(share * 1000) / 1000.0;
    }
}
