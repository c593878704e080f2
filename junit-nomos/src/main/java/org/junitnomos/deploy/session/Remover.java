package org.junitnomos.deploy.session;

import java.io.IOException;
import java.util.List;

/**
 * Find and remove things of one kind. Works on what a ledger says, in the JVM that owns them as well as after its
 * death.
 */
interface Remover {
    ResourceKind kind();

    /** Return those of the entries that are still there, probing each now. */
    List<LedgerEntry> present(List<LedgerEntry> entries) throws IOException;

    /**
     * Begin to remove what is there of the entries; all of them first, nobody waits for one before the next.
     *
     * @throws IOException if one of them cannot be removed; the others were tried
     */
    void remove(List<LedgerEntry> entries) throws IOException;
}
