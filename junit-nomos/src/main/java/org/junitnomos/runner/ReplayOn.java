package org.junitnomos.runner;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingNames;

/**
 * What a run was recorded on: a replay on something else would show something else, so it is refused.
 *
 * @param backend name of the backend
 * @param system the system under test, as the backend tells it before the deploy
 * @param version version of this library; null if unknown, as it is for classes that were never packed
 */
record ReplayOn(String backend, String system, @Nullable String version) {
    private static final String SEPARATOR = "; ";

    static ReplayOn of(RunInfo info, String system) {
        return new ReplayOn(
                info.scenario().backend(),
                system.replace(SEPARATOR, ", "),
                ReplayOn.class.getPackage().getImplementationVersion());
    }

    /** Writes it as the setting takes it. */
    String text() {
        return backend + SEPARATOR + system + (version == null ? "" : SEPARATOR + version);
    }

    /**
     * Refuses to replay here what was recorded on something else.
     *
     * @throws IllegalArgumentException naming what differs
     */
    void require(String recorded) {
        var parts = recorded.split(SEPARATOR, -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("Setting '" + SettingNames.REPLAY_ON + "' is \"" + recorded
                    + "\", expected backend, system under test and version, as in \"" + text() + "\".");
        }
        var differences = new ArrayList<String>();
        add(differences, "backend", parts[0], backend);
        add(differences, "system under test", parts[1], system);
        if (parts.length == 3 && version != null) {
            add(differences, "version of junit-nomos", parts[2], version);
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("This replays a run that was recorded on something else (setting '"
                    + SettingNames.REPLAY_ON + "'): " + String.join("; ", differences)
                    + ". Nothing was started. Replay it with the settings and dependencies that it had, or leave "
                    + SettingNames.REPLAY_ON + " out to run the test here all the same.");
        }
    }

    private static void add(ArrayList<String> differences, String what, String recorded, String here) {
        if (!recorded.equals(here)) {
            differences.add(what + " was '" + recorded + "', here it is '" + here + "'");
        }
    }
}
