package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// All numbers and names are invented.
class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Schreiben Sie an o.petrenko@post.example bitte | Schreiben Sie an [E-Mail-Adresse] bitte",
                "meine mail ist hans punkt meier at gmx punkt de | meine mail ist [E-Mail-Adresse]",
                "h.meier (at) web (dot) de | [E-Mail-Adresse]",
                "IBAN DE02 1203 0000 0000 2020 51 | IBAN [IBAN]",
                "konto de02120300000000202052 | konto [IBAN]",
                "IT60 X054 2811 1010 0000 0123 456 | [IBAN]",
                "Ruf unter 0171 3920045 an | Ruf unter [Telefonnummer] an",
                "+49 (0)171 39-200-45 | [Telefonnummer]",
                "0 1 7 1 3 9 2 0 0 4 5 | [Telefonnummer]",
                "Tel.: 23125456 | Tel.: [Telefonnummer]",
                "null eins fünf eins zweiundzwanzig dreiunddreißig vierundvierzig | [Telefonnummer]",
                "idnr 12345678901 | idnr [Steuernummer]",
                "Steuernummer 181/815/08155 | Steuernummer [Steuernummer]",
                "Perso L01X00T47 abgelaufen | Perso [Ausweisnummer] abgelaufen",
                "Rentenversicherung 12 190367 K 006 | Rentenversicherung [Versicherungsnummer]",
                "Mein Auto M-AB 1234 ist weg | Mein Auto [Kennzeichen] ist weg",
                "kennzeichen m ab 1234 | kennzeichen [Kennzeichen]",
                "geboren am 04.07.1988 | geboren am [Geburtsdatum]",
                "am 4. Juli 1988 geboren | am [Geburtsdatum] geboren",
                "Ich wohne in der Lange Gasse 14, 80331 Neustadt | Ich wohne [Anschrift]",
                "wohne in hauptstr. 5 | wohne in [Anschrift]",
                "Mein Name ist Olga Petrenko | Mein Name ist [Name]",
                "my name is john smith | my name is [Name]",
                "Mit freundlichen Grüßen Jens Krause | Mit freundlichen Grüßen [Name]",
                "Was sagt Frau Schneider dazu? | Was sagt Frau [Name] dazu?",
            })
    void whatIdentifiesSomebodyIsTakenOut(String typed, String masked) {
        assertThat(Masking.mask(typed)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kostet das noch 35 Euro oder 1.500.000 Euro?",
                "Aufenthalt nach § 60 Abs. 5 und SGB II 20",
                "DIN A 4 kopieren",
                "Offen 08.00 - 12.00 Uhr am 01.02.2027?",
                "Haushalt 2026/2027",
                "Die 115 ist besetzt, und 112 auch",
                "Telefonseelsorge 0800 1110111",
                "eure nummer 089 233-96000 geht nicht",
                "Gilt das für 80331 München?",
                "Ich wohne seit 12 Jahren hier mit 3 Kindern",
                "Seit 12.05.2001 verheiratet",
                "drei oder vier Kinder",
                "Ich bin Krankenschwester von den Philippinen",
                "Bürgerbüro Ruppertstraße 19 offen?",
                "Kann ich meinen Stellplatz 12 abgeben?",
                "Ist der Spielplatz 3 neu?",
                "Klasse B 96 und BE",
            })
    void whatOnlyLooksSimilarStays(String typed) {
        assertThat(Masking.mask(typed)).isEqualTo(typed);
    }

    @Test
    void theKindsAreToldWithoutTheirValues() {
        assertThat(Masking.masked("0171 3920045, o.petrenko@post.example").kinds())
                .containsExactlyInAnyOrder(Masking.Kind.PHONE, Masking.Kind.EMAIL);
    }

    @Test
    void maskedTextIsMaskedOnce() {
        String once = Masking.mask("Mein Name ist Olga Petrenko, geb. 04.07.1988, Tel. 0171 3920045");
        assertThat(Masking.mask(once)).isEqualTo(once);
    }
}
