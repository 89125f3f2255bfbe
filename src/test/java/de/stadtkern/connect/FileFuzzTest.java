package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Thousands of damaged files and mappings: each is either read, with refusals, or refused as a whole with a
/// [Problem]. The seed is in the message of a failure.
class FileFuzzTest {

    private static final String[] PIECES = {
        ";",
        ",",
        "\t",
        "\"",
        "\"\"",
        "\n",
        "\r\n",
        "\r",
        "\u0000",
        "\ufeff",
        "2024-05-01T10:00",
        "2024-10-27T02:00",
        "2024-03-31T02:30",
        "01.05.2024",
        "12",
        "-",
        "NA",
        "1e308",
        "1e999",
        "9999999999999999999",
        "0x1F",
        "NaN",
        "Zeit",
        "Anzahl",
        "ä",
        "\ud83d\ude00",
        "\ud83d",
        " ",
        "'",
        "{",
        "}",
        "[",
        "]",
        ":",
        "#",
        "|",
        "99.99.9999"
    };

    private static final String MAPPING = new FileScenario()
            .time("columns: [Zeit], formats: [iso, 'dd.MM.yyyy', 'd.M.yy H:mm'], zone: Europe/Berlin, duration: PT1H")
            .values(FileScenario.value("Anzahl", "quality: [{column: Anzahl}]"))
            .yaml();

    @Test
    void damagedFilesAreReadOrRefusedAndNothingElseHappens() {
        for (int seed = 0; seed < 6_000; seed++) {
            String content = (seed % 3 == 0 ? "" : "Zeit;Anzahl\n") + pieces(new Random(seed), 60);
            byte[] bytes = content.getBytes(seed % 5 == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
            run(seed, MAPPING, damaged(new Random(seed), seed % 7 == 0 ? FileScenario.gzip(bytes) : bytes));
        }
    }

    @Test
    void damagedMappingsAreReadOrRefusedAndNothingElseHappens() {
        byte[] file = "Zeit;Anzahl\n2024-05-01T10:00;1\n\"x;2\n".getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 4_000; seed++) {
            var random = new Random(seed);
            var mapping = new StringBuilder(MAPPING);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(mapping.length());
                int to = Math.min(mapping.length(), at + random.nextInt(12));
                mapping.replace(at, to, pieces(random, 3));
            }
            run(seed, mapping.toString(), file);
        }
    }

    @Test
    void jsonFieldsAreKeptOrRefusedAndNothingElseHappens() {
        for (int seed = 0; seed < 4_000; seed++) {
            var random = new Random(seed);
            String json = pieces(random, 8);
            Reason refusal = JsonText.refusal(json);
            if (refusal == null) {
                assertThat(json).as("seed %d", seed).doesNotContain("\u0000");
            }
        }
    }

    @Test
    void aFileWithoutEndOfLinesNeedsNoMoreMemoryThanAnother() throws IOException {
        long size = 200L << 20;
        var file = new SourceFile("endless", size, () -> new Endless(size));
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        var samples = new Samples(Mapping.read(MAPPING));
        ImportReport report =
                new FileImport(file, Mapping.read(MAPPING), new ImportListener() {}).run(samples, samples);
        System.gc();
        assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(16L << 20);
        assertThat(report.refused()).isEqualTo(1);
    }

    private static void run(int seed, String mapping, byte[] content) {
        try {
            Mapping read = Mapping.read(mapping);
            var samples = new Samples(read);
            var file = new SourceFile("fuzz.csv", content.length, () -> new ByteArrayInputStream(content));
            new FileImport(file, read, new ImportListener() {}).run(samples, samples);
        } catch (Problem refused) {
            assertThat(refused.getMessage()).isNotBlank();
        } catch (Exception | StackOverflowError other) {
            throw new AssertionError("seed " + seed, other);
        }
    }

    private static String pieces(Random random, int most) {
        var text = new StringBuilder();
        for (int piece = random.nextInt(most); piece >= 0; piece--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static byte[] damaged(Random random, byte[] bytes) {
        for (int change = random.nextInt(3); change > 0 && bytes.length > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /// A header and then one line of nines.
    private static final class Endless extends InputStream {
        private static final byte[] HEADER = "Zeit;Anzahl\n".getBytes(StandardCharsets.UTF_8);
        private final long size;
        private long at;

        Endless(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            if (at == size) {
                return -1;
            }
            return at < HEADER.length ? HEADER[(int) at++] : next();
        }

        private int next() {
            at++;
            return '9';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = 0;
            while (count < length && at < size) {
                into[offset + count++] = (byte) read();
            }
            return count == 0 ? -1 : count;
        }
    }
}
