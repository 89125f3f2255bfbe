package de.stadtkern.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FlawsTest {

    private final Flaws flaws = new Flaws();

    private static Problem at(String field, String name) {
        return Problem.field(field, name, name);
    }

    private static void refuse(String field, String name) {
        throw at(field, name);
    }

    private String end() {
        return catchThrowableOfType(Problem.class, flaws::end).all().stream()
                .map(one -> one.field() + " " + one.name())
                .collect(Collectors.joining(", "));
    }

    @Test
    void allThatIsWrongIsSaidInTheOrderItWasFound() {
        flaws.check(() -> refuse("name", "missing")).check(() -> {}).check(() -> refuse("mail", "invalid"));
        flaws.add(at("colour", "unknown"));
        assertThat(end()).isEqualTo("name missing, mail invalid, colour unknown");
    }

    @Test
    void whatFollowsFromTheFirstFlawOfAFieldIsNotSaid() {
        String mail = flaws.read("", () -> {
            throw at("mail", "invalid");
        });
        flaws.check(() -> refuse("mail", "taken"));
        assertThat(mail + end()).isEqualTo("mail invalid");
    }

    @Test
    void flawsOfOneCheckJoinThoseOfAnother() {
        var inner = new Flaws();
        inner.add(at("zone", "unknown"));
        inner.add(at("name", "long"));
        flaws.add(at("name", "missing"));
        flaws.check(inner::end);
        assertThat(end()).isEqualTo("name missing, zone unknown");
        assertThat(flaws.isFine("colour")).isTrue();
        assertThat(flaws.isFine("colour", "zone")).isFalse();
    }

    @Test
    void whatNoFieldCanMendEndsItAtOnce() {
        flaws.add(at("name", "missing"));
        Problem forbidden = new Problem(Problem.Kind.FORBIDDEN, "no", "No.");
        assertThatThrownBy(() -> flaws.check(() -> {
                    throw forbidden;
                }))
                .isSameAs(forbidden);
    }

    @Test
    void somethingIsMadeOnlyIfNothingIsWrong() {
        assertThat(flaws.end(() -> "made")).isEqualTo("made");
        flaws.add(at("name", "missing"));
        assertThatThrownBy(() -> flaws.end(() -> "made")).hasMessage("missing");
    }

    @Test
    void itAnswersLikeItsFirst() {
        flaws.add(new Problem(Problem.Kind.CONFLICTING, "taken", "Taken.", java.util.Map.of("field", "mail")));
        flaws.add(at("name", "missing"));
        Problem all = catchThrowableOfType(Problem.class, flaws::end);
        assertThat(all.kind() + all.name() + all.getMessage() + all.facts())
                .isEqualTo("CONFLICTINGtakenTaken.{field=mail}");
    }
}
