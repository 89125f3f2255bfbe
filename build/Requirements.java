import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says what this machine lacks for building Stadtkern, before Maven says it less clearly. Looks for a JDK in the given
 * folders, or without any where one usually is.
 * Runs from source on whatever Java runs Maven (11 or newer), so it uses nothing newer.
 */
class Requirements {
    public static void main(String[] arguments) throws Exception {
        List<String> missing = new ArrayList<>();
        Stream<Path> jdks = arguments.length == 0 ? jdks() : Stream.of(arguments).map(Path::of);
        if (jdks.noneMatch(Requirements::isJdk25)) {
            missing.add("No JDK 25 was found. Looked at JAVA_HOME, JAVA25_HOME, the Java that runs Maven, /usr/lib/jvm, ~/.jdks, ~/.sdkman"
                    + " and /Library/Java/JavaVirtualMachines.\n  Way out: install one (for example Temurin 25, package 'temurin-25-jdk') or set"
                    + " JAVA25_HOME to its folder.");
        }
        nodeProblem().ifPresent(missing::add);
        if (!missing.isEmpty()) {
            System.err.println("\nStadtkern cannot be built on this machine yet:\n");
            missing.forEach(text -> System.err.println("- " + text + "\n"));
            System.exit(1);
        }
    }

    private static Stream<Path> jdks() {
        Stream<Path> named = Stream.of(System.getenv("JAVA_HOME"), System.getenv("JAVA25_HOME"), System.getProperty("java.home"))
                .filter(home -> home != null)
                .map(Path::of);
        Path home = Path.of(System.getProperty("user.home"));
        Stream<Path> usual = Stream.of(Path.of("/usr/lib/jvm"), Path.of("/usr/java"), Path.of("/opt"), home.resolve(".jdks"), home.resolve(".m2/jdks"),
                        home.resolve(".sdkman/candidates/java"), home.resolve(".jabba/jdk"), Path.of("/Library/Java/JavaVirtualMachines"),
                        home.resolve("Library/Java/JavaVirtualMachines"))
                .flatMap(Requirements::children);
        return Stream.concat(named, usual.flatMap(jdk -> Stream.of(jdk, jdk.resolve("Contents/Home"))));
    }

    private static Stream<Path> children(Path folder) {
        try {
            return Files.isDirectory(folder) ? Files.list(folder) : Stream.empty();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static boolean isJdk25(Path jdk) {
        try {
            return (Files.exists(jdk.resolve("bin/javac")) || Files.exists(jdk.resolve("bin/javac.exe")))
                    && Pattern.compile("JAVA_VERSION=\"25[.\"]").matcher(Files.readString(jdk.resolve("release"))).find();
        } catch (IOException noJdk) {
            return false;
        }
    }

    private static java.util.Optional<String> nodeProblem() throws InterruptedException {
        String wayOut = "\n  Way out: install Node 20 or newer (22 recommended) with npm, from your system's packages or nodejs.org.";
        try {
            Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
            String version = new String(node.getInputStream().readAllBytes()).trim();
            if (node.waitFor() != 0 || !version.matches("v\\d+.*")) {
                return java.util.Optional.of("'node --version' did not answer with a version but with: " + version + wayOut);
            }
            int major = Integer.parseInt(version.substring(1).split("\\.")[0]);
            return major >= 20 ? java.util.Optional.empty() : java.util.Optional.of("Node " + version + " is too old." + wayOut);
        } catch (IOException notFound) {
            return java.util.Optional.of("Node is missing; the front end is built with it." + wayOut);
        }
    }
}
