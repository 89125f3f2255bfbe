package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TongueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Was kostet der Reisepass? | de",
                "wo bekomme ich einen parkausweis | de",
                "How much is a passport? | en",
                "where can I register my dog | en",
                "Pasaport için nereye başvuru yapabilirim? | tr",
                "Скільки коштує паспорт і де його отримати? | uk",
                "Сколько стоит паспорт и где его получить? | ru",
                "كم سعر جواز السفر؟ | ar",
                "Où est la mairie et quand est-elle ouverte ? | fr",
                "Gdzie mogę dostać paszport? | pl",
            })
    void theLanguageIsKnownByItsWords(String asked, String language) {
        assertThat(Tongue.of(asked)).hasValue(Locale.forLanguageTag(language));
    }

    @Test
    void aNumberHasNoLanguage() {
        assertThat(Tongue.of("12345")).isEmpty();
    }
}
