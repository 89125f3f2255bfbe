package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which day a day is compared with.
class LikeDaysTest {

    @Test
    void aWeekdayMeetsItsWeekday() {
        assertThat(like("2026-06-10", 364, "2026-06-01")).isEqualTo("2025-06-11");
        assertThat(like("2026-06-10", 28, "2026-06-01")).isEqualTo("2026-05-13");
    }

    @Test
    void aFeastMeetsTheSameFeastWhereverItLies() {
        assertThat(like("2026-04-06", 364, "2026-03-01")).as("Easter Monday").isEqualTo("2025-04-21");
        assertThat(like("2024-03-31", 364, "2024-03-01"))
                .as("Easter, after March")
                .isEqualTo("2023-04-09");
        assertThat(like("2026-12-25", 364, "2026-12-01")).isEqualTo("2025-12-25");
    }

    @Test
    void aPlainDayIsNotComparedWithAFeast() {
        assertThat(like("2026-04-20", 364, "2026-04-01"))
                .as("Easter Monday then")
                .isEqualTo("none");
        assertThat(like("2026-04-06", 28, "2026-04-06")).as("Easter Monday now").isEqualTo("none");
    }

    @Test
    void aDayThatIsAFeastInSomeLandsOnlyMeetsItsDateIfBothAreWorkdays() {
        assertThat(like("2025-10-31", 364, "2025-10-01"))
                .as("Friday and Thursday")
                .isEqualTo("2024-10-31");
        assertThat(like("2026-10-31", 364, "2026-10-01"))
                .as("Saturday and Friday")
                .isEqualTo("none");
    }

    @Test
    void aWeekOfAdventMeetsTheSameWeekOfAdvent() {
        assertThat(like("2023-12-09", 364, "2023-12-01"))
                .as("Saturday of the first week")
                .isEqualTo("2022-12-03");
        assertThat(like("2023-12-10", 364, "2023-12-01")).as("second Sunday").isEqualTo("2022-12-04");
        assertThat(like("2023-11-30", 364, "2023-11-01")).as("a week too early").isEqualTo("none");
        assertThat(like("2026-12-01", 7, "2026-12-01")).as("within a year").isEqualTo("2026-11-24");
    }

    @Test
    void overManyYearsLikesAreOfTheSameWeekdayAndNeverTwiceTheSame() {
        for (int year = 2000; year < 2060; year++) {
            LocalDate first = LocalDate.of(year, 1, 1);
            var days = new LikeDays(first, 364);
            Set<LocalDate> seen = new HashSet<>();
            int found = 0;
            for (LocalDate day = first; day.getYear() == year; day = day.plusDays(1)) {
                var like = days.of(day);
                if (like.isPresent()) {
                    found++;
                    assertThat(seen.add(like.get()))
                            .as("%s with %s", day, like.get())
                            .isTrue();
                    assertThat(like.get()).isBefore(first);
                    if (!Occasions.hasFixedDate(day)) {
                        assertThat(like.get().getDayOfWeek()).as("%s", day).isEqualTo(day.getDayOfWeek());
                    }
                }
            }
            assertThat(found).as("days of %d that have a like", year).isGreaterThan(300);
        }
    }

    private static String like(String day, int shift, String first) {
        return new LikeDays(LocalDate.parse(first), shift)
                .of(LocalDate.parse(day))
                .map(LocalDate::toString)
                .orElse("none");
    }
}
