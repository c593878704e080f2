package org.junitnomos.deploy.session;

import java.util.ArrayList;
import java.util.List;

/** Tells people what was still there when it should have been gone. */
final class Leaks {

    private Leaks() {}

    /** One text for each thing; what is on an engine that cannot be asked is not known to be there. */
    static List<String> describe(Removal.Outcome outcome, EngineReach engines) {
        var texts = new ArrayList<String>();
        outcome.removed().forEach(entry -> texts.add(entry.description() + " was still there (removed now)"));
        for (var entry : outcome.left()) {
            boolean unseen = EngineRemover.isOfEngine(entry) && engines.isLost(EngineRemover.engine(entry));
            texts.add(entry.description()
                    + (unseen
                            ? " may still be there: its engine cannot be asked"
                            : " is still there and cannot be removed"));
        }
        return List.copyOf(texts);
    }
}
