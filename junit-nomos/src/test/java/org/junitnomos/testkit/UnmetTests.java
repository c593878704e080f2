package org.junitnomos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.TestAbortedException;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class UnmetTests {
    private static final String SETTING = "nomos.requirements";

    private String before;

    @BeforeEach
    void remember() {
        before = System.getProperty(SETTING);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(SETTING);
        } else {
            System.setProperty(SETTING, before);
        }
    }

    @Test
    void skipsWithTheReason() {
        System.setProperty(SETTING, "skip");

        assertThat(Unmet.judge("needs a moon").isDisabled()).isTrue();
        assertThat(Unmet.judge("needs a moon").getReason()).contains("needs a moon");
        assertThat(Unmet.unmet("needs a moon"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("needs a moon");
    }

    @Test
    void failsWithTheSameReasonWhereItMustBeThere() {
        System.setProperty(SETTING, "fail");

        assertThatThrownBy(() -> Unmet.judge("needs a moon"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("needs a moon");
        assertThat(Unmet.unmet("needs a moon"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("needs a moon");
    }

    @Test
    void letsATestRunThatHasWhatItNeeds() {
        System.setProperty(SETTING, "fail");

        assertThat(Unmet.judge(null).isDisabled()).isFalse();
    }
}
