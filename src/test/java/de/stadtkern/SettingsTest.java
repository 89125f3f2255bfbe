package de.stadtkern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/settings.md` is made from the comments of the property records: what the compiler wrote down of them is read
/// here. `mvn test -Dtest=SettingsTest -Dsettings.apply=true` writes the page anew.
class SettingsTest {

    private static final Path PAGE = Path.of("docs/settings.md");
    private static final String HEAD = """
        # Settings

        Made from the comments in the code by `SettingsTest`; do not edit it by hand
        (`mvn test -Dtest=SettingsTest -Dsettings.apply=true`).

        On the command line (`--name=value`), as an environment variable, or in a file `application.properties` in the
        working folder. A duration is a number with its unit: `500ms`, `30s`, `10m`, `4h`, `7d`. What else an operator may
        want to set (port, proxy, log) stands in [operate.md](operate.md).

        """;

    /// One setting as the page shows it.
    private record Setting(String name, String type, String initial, String meaning) {

        String environment() {
            return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        }

        String row() {
            return "| `%s` | `%s` | %s | %s | %s |\n"
                    .formatted(name, environment(), type, initial.isEmpty() ? "" : "`" + initial + "`", meaning);
        }
    }

    @Test
    void thePageSaysWhatTheCodeSays() throws Exception {
        StringBuilder page = new StringBuilder(HEAD);
        String group = "";
        for (Setting setting : settings()) {
            String prefix = setting.name().substring(0, setting.name().lastIndexOf('.'));
            if (!prefix.equals(group)) {
                page.append(group.isEmpty() ? "" : "\n")
                        .append("## ")
                        .append(prefix)
                        .append("\n\n");
                page.append("| setting | environment variable | type | default | meaning |\n|---|---|---|---|---|\n");
                group = prefix;
            }
            page.append(setting.row());
        }
        if (Boolean.getBoolean("settings.apply")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page.toString());
    }

    @Test
    void everySettingSaysWhatItMeans() throws Exception {
        assertThat(settings())
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.name()).isNotEmpty());
    }

    @Test
    void everySettingIsFoundUnderItsEnvironmentVariable() throws Exception {
        for (Setting setting : settings()) {
            StandardEnvironment environment = new StandardEnvironment();
            environment
                    .getPropertySources()
                    .replace(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(
                                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                    Map.of(setting.environment(), "as it was set")));
            assertThat(Binder.get(environment)
                            .bind(setting.name(), String.class)
                            .orElse(""))
                    .as(setting.environment())
                    .isEqualTo("as it was set");
        }
    }

    private static List<Setting> settings() throws IOException, ClassNotFoundException {
        Properties given = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            given.load(file);
        }
        List<Setting> settings = new ArrayList<>();
        try (InputStream metadata =
                SettingsTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property :
                    JsonMapper.shared().readTree(metadata).path("properties").values()) {
                String name = property.path("name").asString();
                settings.add(new Setting(
                        name,
                        type(property.path("type").asString()),
                        given.getProperty(name, property.path("defaultValue").asString("")),
                        property.path("description").asString("").replace('\n', ' ')));
            }
        }
        settings.sort((one, other) -> key(one).compareTo(key(other)));
        return settings;
    }

    /// Those without a group of their own first.
    private static String key(Setting setting) {
        String prefix = setting.name().substring(0, setting.name().lastIndexOf('.'));
        return prefix + " " + setting.name();
    }

    private static String type(String java) throws ClassNotFoundException {
        return switch (java) {
            case "java.lang.Boolean" -> "`true` or `false`";
            case "java.lang.Integer" -> "number";
            case "java.lang.String" -> "text";
            case "java.util.List<java.lang.String>" -> "texts with commas";
            case "java.nio.file.Path" -> "path";
            case "java.time.Duration" -> "duration";
            case "java.time.LocalTime" -> "time of day";
            case "org.springframework.util.unit.DataSize" -> "size: `10MB`, `1GB`";
            default -> alternatives(Class.forName(java));
        };
    }

    private static String alternatives(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(one -> "`" + one.toString().toLowerCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(", "));
    }
}
