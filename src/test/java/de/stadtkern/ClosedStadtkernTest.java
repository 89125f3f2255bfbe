package de.stadtkern;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// The same as [StadtkernTest] with the settings a town begins with: nobody writes without rights. Maps ask one other
/// server, and pages of one other origin may read.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "stadtkern.demo=false",
            "stadtkern.mqtt.port=0",
            "stadtkern.page.map-style=https://kacheln.example.org/stile/grau.json",
            "stadtkern.sensorthings.cors-origins=https://karte.example.org"
        })
@ContextConfiguration(initializers = TestDataFolder.class)
public @interface ClosedStadtkernTest {}
