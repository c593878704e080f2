package org.junitnomos.jupiter;

import org.apiguardian.api.API;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Says when JUnit is too old, lets runs hear how what stands around their tests ended, and switches on
 * {@link ByTopology} when the setting {@code nomos.group-topologies} asks for it; found by every launcher.
 *
 * <p>It starts nothing. What test classes share is kept in the store of the session, which closes it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class NomosSessionListener implements LauncherSessionListener {
    private static final String PROPERTY = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME;

    /** Creates the listener; the launcher calls this. */
    public NomosSessionListener() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!JupiterVersion.check()) {
            return; // what follows cannot be loaded, and the tests of others are to run
        }
        var listener = new AfterLastWord();
        Runs.setListener(session, listener);
        session.getLauncher().registerTestExecutionListeners(listener);
        if (System.getProperty(PROPERTY) == null && Environment.groupsTopologies()) {
            System.setProperty(PROPERTY, ByTopology.class.getName());
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (ByTopology.class.getName().equals(System.getProperty(PROPERTY)) && Environment.groupsTopologies()) {
            System.clearProperty(PROPERTY);
        }
    }
}
