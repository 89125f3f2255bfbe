package de.stadtkern.sensorthings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The requirements of OGC 18-088 a test proves, without the common beginning of their addresses. `docs/conformance.md`
/// is made from these.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requirement {
    String[] value();
}
