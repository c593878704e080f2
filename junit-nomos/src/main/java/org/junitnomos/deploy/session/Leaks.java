package org.junitnomos.deploy.session;

import java.util.ArrayList;
import java.util.List;

/** Tells people what was still there when it should have been gone. */
final class Leaks {

    private Leaks() {}

    static List<String> describe(Removal.Outcome outcome) {
        var texts = new ArrayList<String>();
        outcome.removed().forEach(entry -> texts.add(entry.description() + " was still there (removed now)"));
        outcome.left().forEach(entry -> texts.add(entry.description() + " is still there and cannot be removed"));
        return List.copyOf(texts);
    }
}
