package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What of the standard is proven by which test, as `docs/conformance.md` says it. Written anew with
/// `-Dconformance.apply=true`.
class ConformanceTest {

    private static final Path DOCUMENT = Path.of("docs/conformance.md");
    private static final Path CLASSES = Path.of("target/test-classes/de/stadtkern");
    private static final List<String> PACKAGES = List.of("sensorthings", "mqtt");
    private static final List<String> ENTITIES = List.of(
            "thing",
            "location",
            "historical-location",
            "datastream",
            "sensor",
            "observed-property",
            "observation",
            "feature-of-interest");

    /// All requirements of OGC 18-088.
    private static List<String> requirements() {
        List<String> all = new ArrayList<>();
        all.add("datamodel/entity-control-information/common-control-information");
        for (String entity : ENTITIES) {
            all.add("datamodel/" + entity + "/properties");
            all.add("datamodel/" + entity + "/relations");
        }
        all.add("resource-path/resource-path-to-entities");
        for (String name : new String[] {
            "order",
            "status-code",
            "query-status-code",
            "expand",
            "select",
            "orderby",
            "top",
            "skip",
            "count",
            "filter",
            "built-in-filter-operations",
            "built-in-query-functions",
            "pagination"
        }) {
            all.add("request-data/" + name);
        }
        for (String name : new String[] {
            "create-entity",
            "link-to-existing-entities",
            "deep-insert",
            "deep-insert-status-code",
            "update-entity",
            "update-entity-put",
            "update-entity-jsonpatch",
            "delete-entity",
            "historical-location-auto-creation",
            "historical-location-manual-creation"
        }) {
            all.add("create-update-delete/" + name);
        }
        all.add("batch-request/batch-request");
        all.add("multi-datastream/properties");
        all.add("multi-datastream/relations");
        all.add("multi-datastream/constraints");
        all.add("data-array/data-array");
        all.add("create-observations-via-mqtt/observations-creation");
        all.add("receive-updates-via-mqtt/receive-updates");
        return all;
    }

    /// Requirement to tests, `FilterTest: stringsAreSearchedCutAndChanged`.
    private static Map<String, SortedSet<String>> proven() throws IOException, ReflectiveOperationException {
        Map<String, SortedSet<String>> proven = new LinkedHashMap<>();
        requirements().forEach(requirement -> proven.put(requirement, new TreeSet<>()));
        for (String module : PACKAGES) {
            try (Stream<Path> files = Files.list(CLASSES.resolve(module))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.class"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".class", "");
                    add(proven, Class.forName("de.stadtkern." + module + "." + name), name);
                }
            }
        }
        return proven;
    }

    private static void add(Map<String, SortedSet<String>> proven, Class<?> type, String name) {
        add(proven, type.getAnnotation(Requirement.class), name);
        for (Method method : type.getDeclaredMethods()) {
            add(proven, method.getAnnotation(Requirement.class), name + ": " + method.getName());
        }
    }

    private static void add(
            Map<String, SortedSet<String>> proven,
            @org.jspecify.annotations.Nullable Requirement requirement,
            String test) {
        if (requirement != null) {
            for (String id : requirement.value()) {
                SortedSet<String> tests = proven.get(id);
                assertThat(tests)
                        .as("The standard has no requirement '%s' (%s)", id, test)
                        .isNotNull();
                proven.computeIfAbsent(id, unknown -> new TreeSet<>()).add(test);
            }
        }
    }

    @Test
    void theDocumentSaysWhatTheTestsProve() throws IOException, ReflectiveOperationException {
        StringBuilder text = new StringBuilder("""
            # Conformance

            The requirements of OGC SensorThings API 1.1 (18-088), each with the tests that prove it here. A test writes and checks this page. Every id begins with
            `http://www.opengis.net/spec/iot_sensing/1.1/req/`; the service lists those that hold under `serverSettings.conformance`.

            | requirement | state | tests |
            |---|---|---|
            """);
        proven().forEach((id, tests) -> text.append(
                "| `%s` | %s | %s |\n".formatted(id, tests.isEmpty() ? "not yet" : "holds", String.join(", ", tests))));
        if (Boolean.getBoolean("conformance.apply")) {
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("Run this test with -Dconformance.apply=true")
                .isEqualTo(text.toString());
    }

    @Test
    void theServiceClaimsWhatIsProvenAndNothingElse() throws IOException, ReflectiveOperationException {
        List<String> holds = proven().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(LandingPage.CONFORMANCE).containsExactlyElementsOf(holds);
        assertThat(requirements()).hasSize(48);
    }
}
