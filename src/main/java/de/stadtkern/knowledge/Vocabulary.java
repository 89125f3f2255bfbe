package de.stadtkern.knowledge;

import de.stadtkern.page.SearchText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/// The words of an index. They are compared as [SearchText] says, so `Straße` and `STRASSE` are one.
final class Vocabulary {

    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_PART = 4;
    private static final int SHORTEST_TYPED_WRONGLY = 5;
    private static final int TWO_MISTAKES = 9;

    private final Map<String, Entry> entries;

    /// The same by their length, since what was typed wrongly is about as long as what was meant.
    private final Map<Integer, List<Lettered>> byLength = new HashMap<>();

    private Vocabulary(Map<String, Entry> entries) {
        this.entries = entries;
        entries.values()
                .forEach(entry -> byLength.computeIfAbsent(entry.plain().length(), _ -> new ArrayList<>())
                        .add(new Lettered(entry, letters(entry.plain()))));
    }

    /// @param letters as bits
    private record Lettered(Entry entry, long letters) {}

    private static long letters(String word) {
        long letters = 0;
        for (int at = 0; at < word.length(); at++) {
            letters |= 1L << word.charAt(at);
        }
        return letters;
    }

    /// @param plain     as it is compared
    /// @param written   the most usual spelling
    /// @param spellings as they stand in the index
    /// @param frequency in how many sections
    record Entry(String plain, String written, List<BytesRef> spellings, int frequency) {}

    static Vocabulary of(IndexReader reader) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        Terms terms = MultiTerms.getTerms(reader, IndexEntry.WORDS);
        if (terms != null) {
            TermsEnum all = terms.iterator();
            for (BytesRef term = all.next(); term != null; term = all.next()) {
                String written = term.utf8ToString();
                String plain = SearchText.plain(written);
                int frequency = all.docFreq();
                Entry known = entries.get(plain);
                List<BytesRef> spellings = known == null ? new ArrayList<>() : known.spellings();
                spellings.add(BytesRef.deepCopyOf(term));
                boolean isMostUsual = frequency > most.getOrDefault(plain, 0);
                if (isMostUsual) {
                    most.put(plain, frequency);
                }
                entries.put(
                        plain,
                        new Entry(
                                plain,
                                isMostUsual || known == null ? written : known.written(),
                                spellings,
                                frequency + (known == null ? 0 : known.frequency())));
            }
        }
        return new Vocabulary(entries);
    }

    Optional<Entry> find(String plain) {
        return Optional.ofNullable(entries.get(plain));
    }

    /// The word, and those that begin with it or hold it.
    List<Entry> holding(String plain) {
        List<Entry> found = new ArrayList<>();
        find(plain).ifPresent(found::add);
        if (plain.length() >= SHORTEST_BEGINNING) {
            for (Entry entry : entries.values()) {
                int at = entry.plain().indexOf(plain);
                if (entry.plain().length() > plain.length() && (at == 0 || at > 0 && plain.length() >= SHORTEST_PART)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    /// Words it may be that was typed wrongly: the nearest ones, the most frequent first.
    List<Entry> near(String plain, int most) {
        if (plain.length() < SHORTEST_TYPED_WRONGLY) {
            return List.of();
        }
        int allowed = plain.length() >= TWO_MISTAKES ? 2 : 1;
        long letters = letters(plain);
        record Near(Entry entry, int mistakes) {}
        List<Near> near = new ArrayList<>();
        for (int length = plain.length() - allowed; length <= plain.length() + allowed; length++) {
            for (Lettered one : byLength.getOrDefault(length, List.of())) {
                // A mistake changes two letters at most, so most words need not be compared.
                if (Long.bitCount(letters ^ one.letters()) > 2 * allowed) {
                    continue;
                }
                Entry entry = one.entry();
                int mistakes = mistakes(plain, entry.plain(), allowed);
                if (mistakes > 0 && mistakes <= allowed) {
                    near.add(new Near(entry, mistakes));
                }
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::mistakes)
                        .thenComparingInt(one -> -one.entry().frequency())
                        .thenComparing(one -> one.entry().plain()))
                .limit(most)
                .map(Near::entry)
                .toList();
    }

    /// Letters more, less or different, or neighbours exchanged; more than `most` is said as one more than that.
    static int mistakes(String one, String other, int most) {
        int[] before = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int at = 0; at < last.length; at++) {
            last[at] = at;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least > most) {
                return most + 1;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
