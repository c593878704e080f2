package shapes;

import org.junitnomos.scenario.RunContext;

/** What these tests fail with: told from every other by the test, its run and the way to run it. */
final class Planted {
    private Planted() {}

    static void failure(String test, RunContext run) {
        throw new AssertionError("planted in " + test + ", seed " + run.seed() + ", "
                + run.cluster().nodes().size() + " nodes" + System.getProperty("shapes.way", ""));
    }
}
