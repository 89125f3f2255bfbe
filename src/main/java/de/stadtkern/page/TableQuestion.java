package de.stadtkern.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the address of a page with a table says about the table.
///
/// @param path    of the page
/// @param filters what else the address says, such as the text that is looked for; empty values say nothing
/// @param sort    key of the column, with a minus in front for the other way round; empty: as the page gives them
/// @param page    from 1
public record TableQuestion(String path, Map<String, String> filters, String sort, int page) {

    public TableQuestion {
        Map<String, String> said = new LinkedHashMap<>();
        filters.forEach((name, value) -> {
            if (!value.isBlank()) {
                said.put(name, value);
            }
        });
        filters = java.util.Collections.unmodifiableMap(said);
    }

    public boolean descending() {
        return sort.startsWith("-");
    }

    /// Key of the column it is sorted by, empty for none.
    public String column() {
        return descending() ? sort.substring(1) : sort;
    }

    /// The same sorted by that column; a second time the other way round.
    String sortedBy(String key) {
        return address(path, column().equals(key) && !descending() ? "-" + key : key, 1);
    }

    String onPage(int number) {
        return address(path, sort, number);
    }

    String asFile(FileKind kind) {
        return address(path + "." + kind.ending(), sort, 1);
    }

    /// The same filters at another address, unsorted.
    public String at(String other) {
        return address(other, "", 1);
    }

    private String address(String to, String by, int number) {
        Map<String, String> all = new LinkedHashMap<>(filters);
        if (!by.isEmpty()) {
            all.put("sort", by);
        }
        if (number > 1) {
            all.put("page", String.valueOf(number));
        }
        StringBuilder address = new StringBuilder(to);
        all.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return address.toString();
    }
}
