package dev.howdah.agent.tools;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a tool's parameter is for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {
    /** A few words for whoever calls the tool. */
    String value();

    /** The least number. */
    int least() default 1;

    /** The greatest number, or the most elements. */
    int most() default 1_000;
}
