import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * Writes Spring's beans of the server as code and compiles it into the folder of our classes; bin/stadtkern starts with
 * them (decision 0012). Runs on the class path of the jar. Spring Boot's own goal compiles with the Java that runs Maven,
 * which may be older than ours.
 */
class PreparedConfiguration {
    public static void main(String[] arguments) throws Exception {
        Path classes = Path.of(arguments[0]);
        Path work = Path.of(arguments[1]);
        Path sources = work.resolve("sources");
        Path generated = work.resolve("classes");
        // It empties the folders it writes to, so the classes go into one of their own first.
        SpringApplicationAotProcessor.main(new String[] {
            "de.stadtkern.Stadtkern", sources.toString(), work.resolve("hints").toString(), generated.toString(),
            "de.stadtkern", "stadtkern", "--logging.level.root=warn"
        });
        compile(sources, generated);
        copy(generated, classes);
        System.exit(0); // whatever threads the reading of the configuration has left
    }

    private static void compile(Path sources, Path target) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null); Stream<Path> all = Files.walk(sources)) {
            List<Path> units = all.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-d", target.toString(), "-cp", target + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                    "-proc:none", "-nowarn", "-Xlint:none", "-parameters");
            if (!javac.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(units)).call()) {
                System.exit(1);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
