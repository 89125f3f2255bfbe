package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewObservation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// A file and its mapping, read without a store. Begins as an hourly count in local time with a header `Zeit;Anzahl`;
/// each step changes one thing. Values are printed as `TIME NUMBER`, several joined by ` | `.
final class FileScenario {

    private String format = "";
    private String time = "column: Zeit, format: iso, zone: Europe/Berlin";
    private String more = "";
    private String points = "point: {key: m1, name: Marktplatz}";
    private String values = value("Anzahl", "");
    private String header = "Zeit;Anzahl\n";
    private Charset charset = StandardCharsets.UTF_8;
    private String mark = "";
    private boolean packed;

    private final List<NewObservation> observations = new ArrayList<>();
    private final List<Mapping.Point> pointsSeen = new ArrayList<>();

    static String value(String column, String extra) {
        return """
            - column: %s
              name: %s
              unit: {name: Stück}
              property: {name: Zahl, aggregation: sum}
              %s
            """.formatted(column, column, extra);
    }

    FileScenario format(String fields) {
        format = fields;
        return this;
    }

    FileScenario time(String fields) {
        time = fields;
        return this;
    }

    FileScenario header(String line) {
        header = line.isEmpty() ? "" : line + "\n";
        return this;
    }

    FileScenario points(String yaml) {
        points = yaml;
        return this;
    }

    FileScenario values(String... entries) {
        values = String.join("", entries);
        return this;
    }

    FileScenario more(String yaml) {
        more = yaml;
        return this;
    }

    FileScenario charset(Charset other, String byteOrderMark) {
        charset = other;
        mark = byteOrderMark;
        return this;
    }

    FileScenario packed() {
        packed = true;
        return this;
    }

    String yaml() {
        return "format: {%s}\ntime: {%s}\n%s\n%s\nvalues:\n%s".formatted(format, time, more, points, values);
    }

    /// The values of these lines, then the refusals.
    String read(String... lines) {
        return read((mark + header + String.join("\n", lines) + "\n").getBytes(charset));
    }

    String read(byte[] content) {
        observations.clear();
        pointsSeen.clear();
        try {
            ImportReport report = run(packed ? gzip(content) : content);
            return observations.stream().map(this::print).collect(Collectors.joining(" | "))
                    + report.refusals().stream().map(refusal -> "\n" + refusal).collect(Collectors.joining());
        } catch (Problem problem) {
            return String.valueOf(problem.getMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    ImportReport run(byte[] content) throws IOException {
        var file = new SourceFile("werte.csv", content.length, () -> new ByteArrayInputStream(content));
        return new FileImport(file, Mapping.read(yaml()), new ImportListener() {}).run(new Seen(), new Out());
    }

    private final class Seen implements LineReader.Targets {

        @Override
        public long[] datastreams(Mapping.Point point) {
            int count = (int)
                    values.lines().filter(line -> line.startsWith("- column")).count();
            long[] ids = new long[count];
            for (int value = 0; value < count; value++) {
                ids[value] = pointsSeen.size() * 10L + value;
            }
            pointsSeen.add(point);
            return ids;
        }

        @Override
        public long feature(NewFeature feature) {
            return 1;
        }
    }

    private String print(NewObservation value) {
        boolean one = pointsSeen.size() == 1 && observations.stream().allMatch(each -> each.datastreamId() == 0);
        String name = one
                ? ""
                : pointsSeen.get((int) value.datastreamId() / 10).name() + "/" + value.datastreamId() % 10 + " ";
        return name
                + value.start()
                + (value.end() == null ? "" : "/" + value.end())
                + " "
                + (value.json() == null ? Samples.number(value.number()) : value.json())
                + (value.details() == null || value.details().resultQuality() == null
                        ? ""
                        : " " + value.details().resultQuality());
    }

    static byte[] gzip(byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private final class Out implements FileImport.Out {

        @Override
        public void batch(List<NewObservation> batch) {
            observations.addAll(batch);
        }

        @Override
        public void flush() {}

        @Override
        public long written() {
            return observations.size();
        }

        @Override
        public long existing() {
            return 0;
        }
    }
}
