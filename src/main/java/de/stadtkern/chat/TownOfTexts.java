package de.stadtkern.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which town texts are of: whom most of them name as responsible.
final class TownOfTexts {

    private static final Pattern RESPONSIBLE =
            Pattern.compile("\"(?:authority|owner)\"\\s*:\\s*\"([^\"\\\\]{1,100})\"");
    private static final Pattern OFFICE =
            Pattern.compile("^(Stadtverwaltung|Landeshauptstadt|Stadt|Gemeinde|Markt|Amt)\\s+");

    private TownOfTexts() {}

    static String name(Path texts) throws IOException {
        Matcher found = RESPONSIBLE.matcher(Files.readString(texts));
        Map<String, Long> named = found.results()
                .collect(Collectors.groupingBy(one -> one.group(1).strip(), Collectors.counting()));
        return named.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> OFFICE.matcher(most.getKey()).replaceFirst(""))
                .filter(name -> !name.isBlank())
                .orElse("Musterstadt");
    }
}
