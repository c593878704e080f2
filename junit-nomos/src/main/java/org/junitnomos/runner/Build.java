package org.junitnomos.runner;

import java.util.Map;

/** The build that runs the tests of this JVM, as far as it shows inside; knows how one test is run again. */
interface Build {
    /**
     * Writes the command that runs one test again, and nothing else, from where the build was started.
     *
     * @param test the test
     * @param settings by name, those that are environment variables only included
     */
    String command(TestSelection test, Map<String, String> settings);

    /** Finds the build of a test. */
    static Build of(TestSelection test) {
        var jvm = Surroundings.ofThisJvm();
        var maven = MavenBuild.of(jvm, test);
        if (maven != null) {
            return maven;
        }
        var gradle = GradleBuild.of(jvm, test);
        return gradle != null ? gradle : new UnknownBuild();
    }
}
