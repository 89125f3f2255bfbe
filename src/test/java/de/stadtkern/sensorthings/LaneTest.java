package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What a town's lane answers when something goes wrong that is nobody's data.
@StadtkernTest
class LaneTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    WriterConnections connections;

    @Autowired
    BatchWriter writer;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private NewObservation row;

    @BeforeEach
    void aTownWithADatastream() {
        sta = new SensorThingsScenario(context, port);
        row = NewObservation.of(sta.datastream("Markt"), Instant.parse("2025-01-01T10:00:00Z"), 1);
    }

    @Test
    void anErrorOfTheMachineEndsNobodysWriting() {
        try (var lane = new Lane(sta.town.city(), connections, writer, () -> {
            throw new OutOfMemoryError("as it might be");
        })) {
            assertThat(lane.write(List.of(row), Duplicates.INSERT)).hasSize(1);
            assertThat(lane.write(List.of(row), Duplicates.INSERT)).hasSize(1);
        }
        assertThat(sta.list("/Observations", "result")).isEqualTo("1, 1");
    }

    @Test
    void whoComesAfterItsEndIsSentAway() {
        var lane = new Lane(sta.town.city(), connections, writer, () -> {});
        lane.close();
        assertThatThrownBy(() -> lane.write(List.of(row), Duplicates.INSERT))
                .isInstanceOf(Problem.class)
                .hasMessage("Too many Observations wait to be written; please try again in a moment.");
    }
}
