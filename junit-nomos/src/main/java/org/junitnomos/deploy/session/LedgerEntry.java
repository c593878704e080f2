package org.junitnomos.deploy.session;

import org.jspecify.annotations.Nullable;

/**
 * What a ledger says of one thing.
 *
 * @param number unique in its ledger, ascending
 * @param scope the deployment it belongs to
 * @param kind label of a {@link ResourceKind}, or one that a newer version wrote
 * @param name what its kind says
 * @param marker by which it is found
 * @param process which process it is; null before that is known, and for other kinds
 * @param released whether it is gone
 */
record LedgerEntry(
        int number,
        String scope,
        String kind,
        String name,
        String marker,
        @Nullable ProcessIdentity process,
        boolean released) {

    LedgerEntry createdAs(ProcessIdentity identity) {
        return new LedgerEntry(number, scope, kind, name, marker, identity, released);
    }

    LedgerEntry asReleased() {
        return new LedgerEntry(number, scope, kind, name, marker, process, true);
    }

    /** Write for people what it is. */
    String description() {
        String text = kind + " '" + name + "'";
        var known = process;
        return known == null ? text : text + " (pid " + known.pid() + ")";
    }
}
