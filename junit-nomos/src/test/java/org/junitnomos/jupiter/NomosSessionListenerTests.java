package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class NomosSessionListenerTests {
    private static final String ORDER = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME;
    private static final String GROUP = "nomos.group-topologies";

    private static LauncherSession open() {
        return LauncherFactory.openSession(LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .addLauncherSessionListeners(new NomosSessionListener())
                .build());
    }

    @Test
    void isFoundByLaunchers() {
        assertThat(ServiceLoader.load(LauncherSessionListener.class))
                .hasAtLeastOneElementOfType(NomosSessionListener.class);
    }

    @Test
    void leavesTheOrderAloneUnlessAsked() {
        var session = open();
        assertThat(System.getProperty(ORDER)).isNull();
        session.close();
    }

    @Test
    void ordersByTopologyWhileTheSessionLasts() {
        System.setProperty(GROUP, "true");
        try {
            var session = open();
            assertThat(System.getProperty(ORDER)).isEqualTo(ByTopology.class.getName());
            session.close();
            assertThat(System.getProperty(ORDER)).isNull();
        } finally {
            System.clearProperty(GROUP);
        }
    }

    @Test
    void keepsAnOrderThatTheUserChose() {
        System.setProperty(GROUP, "true");
        System.setProperty(ORDER, ClassOrderer.ClassName.class.getName());
        try {
            open().close();
            assertThat(System.getProperty(ORDER)).isEqualTo(ClassOrderer.ClassName.class.getName());
        } finally {
            System.clearProperty(GROUP);
            System.clearProperty(ORDER);
        }
    }
}
