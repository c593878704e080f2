package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that run fixture classes: they begin with nothing said, and no cluster is left behind. */
interface LeavesNothing {
    @BeforeEach
    default void forget() {
        Fixtures.SAID.clear();
    }

    @AfterEach
    default void nothingIsLeft() {
        assertThat(ScriptedBackends.LIVE).hasValue(0);
    }
}
