package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    /// The longest line that is looked for has 16 million letters of two bytes; while the memory for it grows, a
    /// quarter of that is there twice.
    @Test
    void aFileWithoutEndOfLinesNeedsMemoryForOneLongLineAtMost() throws IOException {
        var endless = new Endless("Zeit;Anzahl\n", "9", 200);
        assertThat(importOf(endless).refused()).isEqualTo(1);
        assertThat(endless.most()).isBetween(30L << 20, 60L << 20);
    }

    @Test
    void behindAStrayQuoteTheMemoryForALongLineIsGivenBack() throws IOException {
        var stray = new Endless("Zeit;Anzahl\n2024-05-01T10:00;\"7\n", "2024-05-01T11:00;1\n", 60);
        ImportReport report = importOf(stray);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.lines()).isGreaterThan(3_000_000);
        assertThat(stray.most()).isGreaterThan(30L << 20);
        assertThat(stray.last()).isLessThan(8L << 20);
    }

    private static ImportReport importOf(Endless endless) throws IOException {
        var file = new SourceFile("endless", endless.size, () -> endless);
        var samples = new Samples(Mapping.read(MAPPING));
        return new FileImport(file, Mapping.read(MAPPING), new ImportListener() {}).run(samples, samples);
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

    /// A beginning and then the same again and again. Looks at the memory in use every few megabytes.
    private static final class Endless extends InputStream {
        private static final int LOOK = 4 << 20;

        private final byte[] beginning;
        private final byte[] again;
        private final long size;
        private final long before = used();
        private final List<Long> looks = new ArrayList<>();
        private long at;

        Endless(String beginning, String again, int megabytes) {
            this.beginning = beginning.getBytes(StandardCharsets.UTF_8);
            this.again = again.getBytes(StandardCharsets.UTF_8);
            this.size = (long) megabytes << 20;
        }

        private static long used() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        long most() {
            return Collections.max(looks);
        }

        long last() {
            return looks.getLast();
        }

        @Override
        public int read() {
            if (at == size) {
                return -1;
            }
            long place = at++;
            if (place % LOOK == LOOK - 1) {
                looks.add(used() - before);
            }
            return place < beginning.length
                    ? beginning[(int) place]
                    : again[(int) ((place - beginning.length) % again.length)];
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
