package de.stadtkern;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// The same as [StadtkernTest] where an operator has set all limits of reading very low: pages of three entities or 2
/// KB, one heavy request at a time, five seconds for each and one for others.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "stadtkern.demo=false",
            "stadtkern.mqtt.port=0",
            "stadtkern.sensorthings.anonymous-writes=true",
            "stadtkern.backup.nightly-at=",
            "stadtkern.sensorthings.default-page=2",
            "stadtkern.sensorthings.largest-page=3",
            "stadtkern.sensorthings.largest-answer=2KB",
            "stadtkern.sensorthings.light-time=1s",
            "stadtkern.sensorthings.heavy-time=5s",
            "stadtkern.sensorthings.heavy-at-once=1",
            "stadtkern.sensorthings.largest-cost=100"
        })
@ContextConfiguration(initializers = TestDataFolder.class)
public @interface TightStadtkernTest {}
