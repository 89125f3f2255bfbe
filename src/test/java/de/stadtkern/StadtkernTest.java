package de.stadtkern;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// A whole Stadtkern with its embedded PostgreSQL, a web server on a free port and writes allowed. All tests with
/// this annotation share one process; each makes its own town with [TestTown].
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
            "stadtkern.backup.nightly-at=",
            "stadtkern.identity.monitoring-token=a-token-for-tests-only-0123456789"
        })
@ContextConfiguration(initializers = TestDataFolder.class)
public @interface StadtkernTest {}
