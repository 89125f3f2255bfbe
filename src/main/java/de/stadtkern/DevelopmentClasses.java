package de.stadtkern;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// For development: compiles a class when its source is saved, whereupon devtools restarts Stadtkern. Only what was
/// saved is compiled, and without the checks of the build, so that it takes a second; an IDE that compiles by itself
/// is as good.
@Component
class DevelopmentClasses implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DevelopmentClasses.class);
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes");

    private final Thread watcher;

    DevelopmentClasses() {
        watcher = Thread.ofVirtual().name("development-classes").unstarted(this::watch);
        if (wanted()) {
            watcher.start();
        }
    }

    /// Only below `spring-boot:run` with devtools, whose class loader this is; never in the jar, never in tests.
    private static boolean wanted() {
        return Files.isDirectory(SOURCES)
                && DevelopmentClasses.class
                        .getClassLoader()
                        .getClass()
                        .getSimpleName()
                        .equals("RestartClassLoader");
    }

    private void watch() {
        FileTime seen = FileTime.fromMillis(System.currentTimeMillis());
        try {
            while (true) {
                Thread.sleep(300);
                FileTime before = seen;
                List<Path> saved = savedSince(before);
                if (!saved.isEmpty()) {
                    seen = FileTime.fromMillis(System.currentTimeMillis());
                    compile(saved);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException unreadable) {
            log.warn("Saved classes are not compiled any more until the next start", unreadable);
        }
    }

    private static List<Path> savedSince(FileTime time) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toFile().lastModified() > time.toMillis())
                    .toList();
        }
    }

    private static void compile(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    CLASSES.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-parameters",
                    "-g");
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                log.error("Not compiled:\n{}", messages);
            }
        }
    }

    @Override
    public void destroy() {
        watcher.interrupt();
    }
}
