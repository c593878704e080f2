package org.junitnomos.deploy.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Finds and removes things of one kind. Works on what a ledger says, in the JVM that owns them as well as after its
 * death.
 */
interface Remover {
    ResourceKind kind();

    /** Returns those of the entries that are still there, probing each now. */
    List<LedgerEntry> present(List<LedgerEntry> entries) throws IOException;

    /**
     * Begins to remove what is there of the entries; all of them first, nobody waits for one before the next.
     *
     * @throws IOException if one of them cannot be removed; the others were tried
     */
    void remove(List<LedgerEntry> entries) throws IOException;

    /** How long all of them together may take to vanish after they were told to. */
    default Duration limit() {
        return Duration.ofSeconds(4);
    }

    /** How long to look out for one that was about to be created when its maker died. */
    default Duration grace() {
        return Duration.ofMillis(800);
    }

    /** Whether it makes sense to try once more to remove it. */
    default boolean canRetry(LedgerEntry entry) {
        return true;
    }
}
