package de.stadtkern.chat;

import de.stadtkern.city.City;
import de.stadtkern.identity.Version;
import de.stadtkern.problem.Problem;
import java.util.Map;

/// What a town says about its chat.
///
/// @param days   for how long talks are kept
/// @param office who helps where the chat does not, empty where the town has not said
/// @param phone  of that office
record ChatSetting(int days, String office, String phone) {

    /// As long as a town has said nothing else.
    static final ChatSetting USUAL = new ChatSetting(30, "", "");

    static final int LEAST_DAYS = 1;
    static final int MOST_DAYS = 365;
    private static final int LONGEST_OFFICE = 200;
    private static final String PHONE = "[+0-9][0-9 ()/.-]{2,39}";

    ChatSetting {
        office = office.strip();
        phone = phone.strip();
    }

    void requireDays() {
        if (days < LEAST_DAYS || days > MOST_DAYS) {
            throw Problem.field("days", "days-invalid", "A whole number from 1 to 365.");
        }
    }

    void requireOffice() {
        if (office.length() > LONGEST_OFFICE) {
            throw Problem.field("office", "office-too-long", "At most 200 characters.");
        }
    }

    void requirePhone() {
        if (!phone.isEmpty() && !phone.matches(PHONE)) {
            throw Problem.field("phone", "phone-invalid", "A telephone number such as +49 3641 49-0.");
        }
    }

    Map<String, String> tree() {
        return Map.of("days", String.valueOf(days), "office", office, "phone", phone);
    }

    String version() {
        return Version.of(tree());
    }

    /// Who is there for people: what the town has said here, else what stands in its imprint.
    record Contact(String office, String phone, String mail) {

        static Contact of(ChatSetting setting, City town) {
            return new Contact(
                    setting.office.isEmpty() ? legal(town, "operator", town.name()) : setting.office,
                    setting.phone,
                    legal(town, "mail", ""));
        }

        private static String legal(City town, String name, String otherwise) {
            String said = town.legal().get(name);
            return said == null || said.isBlank() ? otherwise : said.strip();
        }

        /// As an address that dials.
        String dial() {
            return "tel:" + phone.replaceAll("[^+0-9]", "");
        }
    }
}
