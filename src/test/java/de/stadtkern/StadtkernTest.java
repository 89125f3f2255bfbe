package de.stadtkern;

import de.stadtkern.city.TownsOfAClass;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;

/// A whole Stadtkern with its embedded PostgreSQL, a web server on a free port and writes allowed. All tests with
/// this annotation share one process; each makes its own towns with [TestTown], which leave with
/// it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "stadtkern.demo=false",
            "stadtkern.mqtt.port=0",
            "stadtkern.sensorthings.anonymous-writes=true",
            "stadtkern.sources.private-addresses=true",
            "stadtkern.knowledge.private-addresses=true",
            "stadtkern.backup.nightly-at=",
            "stadtkern.identity.monitoring-token=a-token-for-tests-only-0123456789"
        })
@ContextConfiguration(initializers = TestDataFolder.class)
@TestExecutionListeners(
        listeners = TownsOfAClass.class,
        mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
public @interface StadtkernTest {}
