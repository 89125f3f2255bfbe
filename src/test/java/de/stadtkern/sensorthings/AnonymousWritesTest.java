package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.stadtkern.StadtkernTest;
import de.stadtkern.installation.DiskSpace;
import de.stadtkern.problem.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@StadtkernTest
class AnonymousWritesTest {

    @Autowired
    ApplicationContext context;

    @Test
    void withoutTheSettingNothingCanBeWrittenAndTheAnswerNamesIt() {
        SensorThingsController closed = new SensorThingsController(
                new SensorThingsProperties(false),
                context.getBean(EntityReader.class),
                context.getBean(EntityWriter.class),
                context.getBean(NewObservations.class),
                context.getBean(DiskSpace.class));
        var request = new MockHttpServletRequest("POST", "/sta/v1.1/Things");
        var response = new MockHttpServletResponse();
        for (Problem refused : new Problem[] {
            catchThrowableOfType(Problem.class, () -> closed.post(request, response)),
            catchThrowableOfType(Problem.class, () -> closed.patch(request, response)),
            catchThrowableOfType(Problem.class, () -> closed.delete(request, response))
        }) {
            assertThat(refused.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
            assertThat(refused.name()).isEqualTo("anonymous-writes-off");
            assertThat(refused.getMessage()).contains("stadtkern.sensorthings.anonymous-writes");
        }
    }
}
