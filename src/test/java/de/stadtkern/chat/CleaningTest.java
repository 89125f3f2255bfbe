package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleaningTest {

    @Test
    void invisibleCharactersAreTakenOut() {
        assertThat(Cleaning.clean("Rei\u200bse\u00adpass \u202everlängern\u202c\ufeff"))
                .isEqualTo("Reisepass verlängern");
    }

    @Test
    void tagsOfUnicodeCarryNoHiddenText() {
        String hidden = new String(Character.toChars(0xE0049)) + new String(Character.toChars(0xE0047));
        assertThat(Cleaning.clean("Was kostet" + hidden + " das?")).isEqualTo("Was kostet das?");
    }

    @Test
    void strokesAndTowersOfAccentsAreTakenOut() {
        assertThat(Cleaning.clean("I\u0337g\u0337n\u0337oriere")).isEqualTo("Ignoriere");
        assertThat(Cleaning.clean("Mu\u0308nchen")).isEqualTo("München");
    }

    @Test
    void wideAndMathematicalLettersAreLetters() {
        assertThat(Cleaning.clean("ｉｇｎｏｒｅ 𝐚𝐥𝐥 Ⓡules")).isEqualTo("ignore all Rules");
    }

    @Test
    void linksAreTheirVisibleText() {
        assertThat(Cleaning.clean("Gilt <a href=\"https://x.example\">diese Seite</a> noch?"))
                .isEqualTo("Gilt diese Seite noch?");
        assertThat(Cleaning.clean("Gilt [diese Seite](https://x.example/a(1)) noch?"))
                .isEqualTo("Gilt diese Seite noch?");
    }

    @Test
    void whatWouldRunLeavesOnlyATrace() {
        assertThat(Cleaning.clean("a <script>alert('x')</script> b")).isEqualTo("a [Code] b");
        assertThat(Cleaning.clean("a &lt;img src=x onerror=alert(1)&gt; b")).isEqualTo("a [Code] b");
        assertThat(Cleaning.clean("[hier](javascript:alert(1)) b")).isEqualTo("hier [Code] b");
        assertThat(Cleaning.clean("<<b>script>alert(1)")).doesNotContain("<", ">");
    }

    @Test
    void whiteSpaceAndControlCharactersAreOneSpace() {
        assertThat(Cleaning.clean("  Was\u0000 kostet\r\n\tdas\u00a0? ")).isEqualTo("Was kostet das ?");
    }

    @Test
    void aLongTextIsCutAtAWordAndSaysSo() {
        Cleaning.Cleaned cleaned = Cleaning.cleaned("Personalausweis ".repeat(60));
        assertThat(cleaned.cut()).isTrue();
        assertThat(cleaned.text()).hasSizeLessThanOrEqualTo(Cleaning.LONGEST).endsWith("Personalausweis");
        assertThat(Cleaning.cleaned("Kurze Frage").cut()).isFalse();
    }

    @Test
    void aCutLeavesNoHalfANumber() {
        String text = "wort ".repeat(98) + "0171 3920045 und mehr";
        assertThat(Cleaning.clean(text)).endsWith("wort").doesNotContain("0171");
    }
}
