package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ASVS 5.0, 6.2.4 and 6.2.11: passwords that leaked often, and words that belong to the account, are refused.
class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "p@ssw0rd2026",
                "PasswortPasswort",
                "iloveyou1234",
                "qwertzuiop123",
                "123456789012",
                "fussball1234",
                "abcabcabcabc",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "verena.muster@example.org",
                "Verena Muster 2026!"
            })
    void whatIsTriedFirstIsRefused(String password) {
        assertThatThrownBy(
                        () -> passwords.requireGood("password", password, "verena.muster@example.org", "Verena Muster"))
                .hasMessage("This password is too easy to guess.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vier gelbe Eimer am Fluss", "ganz andere lange Worte", "kX9-vQ2m-Tz7p", "пять жёлтых вёдер"})
    void wordsThatHaveNothingToDoWithEachOtherAreGoodWithoutDigitsAndSigns(String password) {
        assertThatCode(() -> passwords.requireGood("password", password, "a@example.org", "A"))
                .doesNotThrowAnyException();
    }
}
