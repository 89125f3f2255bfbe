package de.stadtkern.chat;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Rights;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `chat evaluate`: asks all questions of a file over the texts of another, in a town made for it and discarded
/// afterwards, and prints what was answered and how good that is.
@Component
class ChatCommand implements Command {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Cities cities;
    private final Knowledge knowledge;
    private final Chat chat;
    private final Rights rights;

    ChatCommand(Cities cities, Knowledge knowledge, Chat chat, Rights rights) {
        this.cities = cities;
        this.knowledge = knowledge;
        this.chat = chat;
        this.rights = rights;
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String usage() {
        return "chat evaluate --knowledge FILE --questions FILE.jsonl [--name TOWN] [--seed N]";
    }

    @Override
    public String summary() {
        return "Measures the city chat: asks questions over texts in a town made for it, beside plain search.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        var words = new CommandWords(this, given, Set.of("--knowledge", "--questions", "--name", "--seed"), Set.of());
        if (!words.plain().equals(List.of("evaluate"))) {
            throw words.wrong();
        }
        Path texts = file(words, "--knowledge", terminal);
        List<Evaluation.Asked> questions = questions(file(words, "--questions", terminal));
        long seed = seed(words);
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        City town = cities.create(
                NewCity.named("chat-" + random, words.option("--name").orElse(TownOfTexts.name(texts))));
        try {
            bring(town, texts, terminal);
            terminal.line(JSON.writeValueAsString(CityContext.call(
                    town, () -> new Evaluation(chat, knowledge, seed).of(questions, terminal::isGone))));
        } finally {
            cities.discard(town);
        }
        return 0;
    }

    private void bring(City town, Path texts, Terminal terminal) throws IOException {
        int refused = CityContext.call(
                town,
                () -> rights.asOperator(() -> {
                    try (BufferedReader lines = Files.newBufferedReader(texts)) {
                        return knowledge.bring(lines);
                    }
                }));
        if (refused > 0) {
            terminal.error("%d texts were refused; import-knowledge says why.".formatted(refused));
        }
    }

    private static Path file(CommandWords words, String option, Terminal terminal) {
        Path file = terminal.resolve(words.option(option)
                .orElseThrow(() -> Problem.field(option, "option-missing", "%s is missing.".formatted(option))));
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw Problem.field(option, "file-missing", "There is no file %s to read.".formatted(file));
        }
        return file;
    }

    private static long seed(CommandWords words) {
        String seed = words.option("--seed").orElse("1");
        if (!seed.matches("\\d{1,9}")) {
            throw Problem.field("--seed", "option-wrong", "--seed is a number, not '%.40s'.".formatted(seed));
        }
        return Long.parseLong(seed);
    }

    private static List<Evaluation.Asked> questions(Path file) throws IOException {
        List<Evaluation.Asked> questions = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode object = JSON.readTree(line);
                if (object.path("question").asString("").isBlank()) {
                    throw Problem.field(
                            "--questions",
                            "questions-line",
                            "Line %d of %s has no 'question'.".formatted(number, file.getFileName()));
                }
                questions.add(Evaluation.Asked.of(object, number));
            } catch (JacksonException unreadable) {
                throw Problem.field(
                        "--questions",
                        "questions-line",
                        "Line %d of %s is no JSON: %s"
                                .formatted(number, file.getFileName(), unreadable.getOriginalMessage()));
            }
        }
        return questions;
    }
}
