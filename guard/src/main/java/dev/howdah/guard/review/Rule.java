package dev.howdah.guard.review;

import java.util.ArrayList;
import java.util.List;

/**
 * What a policy says to one matter.
 *
 * @param matter what it is about
 * @param demand what is asked
 * @param copyKept whether a copy of what is removed is kept first; only for {@link Matter#DROP}
 * @param because how it came to be, one step after the other: the level, the profile's own word, the client
 */
public record Rule(Matter matter, Demand demand, boolean copyKept, List<String> because) {
    public Rule {
        because = List.copyOf(because);
    }

    /** The last step, which decided. */
    public String deciding() {
        return because.getLast();
    }

    /** The same rule after a step that asks for something else. */
    Rule then(Demand other, String step) {
        List<String> steps = new ArrayList<>(because);
        steps.add(step);
        return new Rule(matter, other, copyKept, steps);
    }

    /** What is asked, for people: {@code type, with a copy kept}. */
    public String words() {
        return demand.word() + (copyKept && demand != Demand.REFUSE ? ", with a copy kept" : "");
    }
}
