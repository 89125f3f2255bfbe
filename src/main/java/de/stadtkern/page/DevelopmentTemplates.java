package de.stadtkern.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// For development: a saved template shows at the next reload of the page.
///
/// JTE's own reloading cannot do it. It gives reloaded templates a class loader of their own, and there a template
/// may not see the package-private record it shows. So the reloaded classes are given a new name (`…Generated_2`) and
/// are defined beside the records, in the same package and the same class loader.
class DevelopmentTemplates implements Templates {

    private static final Path SOURCES = Path.of("src/main/jte");
    private static final Path WORK = Path.of("target/jte-development");
    private static final String PACKAGE = "de.stadtkern";

    private final FrontEndRebuild frontEnd;
    private Map<String, Class<?>> classes = Map.of();
    private FileTime loaded = FileTime.fromMillis(0);
    private int generation;

    DevelopmentTemplates(FrontEndRebuild frontEnd) {
        this.frontEnd = frontEnd;
    }

    /// Only below `spring-boot:run` with devtools, whose class loader this is; never in the jar, never in tests.
    static boolean wanted() {
        return Files.isDirectory(SOURCES)
                && DevelopmentTemplates.class
                        .getClassLoader()
                        .getClass()
                        .getSimpleName()
                        .equals("RestartClassLoader");
    }

    @Override
    public void render(String name, Map<String, Object> parameters, TemplateOutput output) {
        frontEnd.run();
        Class<?> template = find(name);
        try {
            template.getMethod("renderMap", HtmlTemplateOutput.class, HtmlInterceptor.class, Map.class)
                    .invoke(null, new OwaspHtmlTemplateOutput(output), null, parameters);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("Template " + name + " failed", failed);
        }
    }

    /// JTE leaves hyphens out of the names of classes, so they are left out of the names that are asked for as well.
    Class<?> find(String name) {
        Class<?> template = upToDate().get(name.replace("-", ""));
        if (template == null) {
            throw new IllegalStateException("There is no template " + name);
        }
        return template;
    }

    private synchronized Map<String, Class<?>> upToDate() {
        FileTime saved = FrontEndRebuild.newest(SOURCES);
        if (saved.compareTo(loaded) > 0) {
            try {
                classes = load(WORK.resolve(String.valueOf(++generation)).toAbsolutePath());
                loaded = saved;
            } catch (IOException | IllegalAccessException failed) {
                throw new IllegalStateException("The templates could not be loaded again", failed);
            }
        }
        return classes;
    }

    private Map<String, Class<?>> load(Path folder) throws IOException, IllegalAccessException {
        TemplateEngine engine = TemplateEngine.create(
                new DirectoryCodeResolver(SOURCES),
                folder,
                ContentType.Html,
                getClass().getClassLoader(),
                PACKAGE);
        engine.setTrimControlStructures(true);
        List<Path> sources = new ArrayList<>();
        for (String source : engine.generateAll()) {
            sources.add(rename(folder.resolve(source)));
        }
        compile(sources, folder);
        Map<String, Class<?>> byTemplate = new HashMap<>();
        for (Path file : compiled(folder)) {
            Class<?> template = define(folder, folder.relativize(file));
            if (!file.getFileName().toString().contains("$")) {
                byTemplate.put(templateOf(folder.relativize(file)), template);
            }
        }
        return byTemplate;
    }

    private static List<Path> compiled(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private Path rename(Path source) throws IOException {
        Path renamed = Path.of(source.toString().replace("Generated.java", "Generated_" + generation + ".java"));
        Files.writeString(renamed, Files.readString(source).replaceAll("(\\bJte\\w+Generated)\\b", "$1_" + generation));
        return renamed;
    }

    private static void compile(List<Path> sources, Path folder) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-parameters");
            boolean fine = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!fine) {
                throw new IllegalStateException("A template does not compile:\n" + messages);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Class<?> define(Path folder, Path file) throws IOException, IllegalAccessException {
        return MethodHandles.privateLookupIn(neighbour(file), MethodHandles.lookup())
                .defineClass(Files.readAllBytes(folder.resolve(file)));
    }

    private static Class<?> neighbour(Path file) {
        String name = file.toString().replace('/', '.').replace('\\', '.');
        String inPackage = name.substring(0, name.indexOf(".Jte"));
        try {
            return Class.forName(inPackage + ".package-info", false, DevelopmentTemplates.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("The folder of a template is a package with a package-info", missing);
        }
    }

    private static String templateOf(Path file) {
        String path = file.toString().replace('\\', '/').substring(PACKAGE.length() + 1);
        return path.substring(0, path.indexOf("Generated_")).replace("/Jte", "/") + ".jte";
    }
}
