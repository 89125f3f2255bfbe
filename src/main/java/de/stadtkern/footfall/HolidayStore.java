package de.stadtkern.footfall;

import java.sql.Date;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers school holidays.
@Repository
class HolidayStore {

    private final JdbcClient jdbc;

    HolidayStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Oldest first.
    List<SchoolHoliday> list() {
        return jdbc.sql("select name, from_day, to_day from footfall_holiday order by position")
                .query((row, _) -> new SchoolHoliday(
                        row.getString("name"),
                        row.getDate("from_day").toLocalDate(),
                        row.getDate("to_day").toLocalDate()))
                .list();
    }

    /// In the place of those before.
    void put(List<SchoolHoliday> holidays) {
        jdbc.sql("delete from footfall_holiday").update();
        int position = 0;
        for (SchoolHoliday one : holidays) {
            jdbc.sql("insert into footfall_holiday (position, name, from_day, to_day) values (?, ?, ?, ?)")
                    .params(position++, one.name(), Date.valueOf(one.from()), Date.valueOf(one.to()))
                    .update();
        }
    }
}
