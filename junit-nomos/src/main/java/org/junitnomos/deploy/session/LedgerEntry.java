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
 * @param created whether it is known to exist; always false for directories and ports
 * @param process which process it is; null before that is known, and for other kinds
 * @param released whether it is gone
 */
record LedgerEntry(
        int number,
        String scope,
        String kind,
        String name,
        String marker,
        boolean created,
        @Nullable ProcessIdentity process,
        boolean released) {

    LedgerEntry createdAs(ProcessIdentity identity) {
        return new LedgerEntry(number, scope, kind, name, marker, true, identity, released);
    }

    LedgerEntry asCreated() {
        return new LedgerEntry(number, scope, kind, name, marker, true, process, released);
    }

    /** Whether it may yet appear although its maker is dead. */
    boolean mayComeLate() {
        return !created
                && ResourceKind.of(kind).filter(ResourceKind::mayComeLate).isPresent();
    }

    LedgerEntry asReleased() {
        return new LedgerEntry(number, scope, kind, name, marker, created, process, true);
    }

    /** Writes for people what it is. */
    String description() {
        String text = kind + " '" + name + "'";
        var known = process;
        return known == null ? text : text + " (pid " + known.pid() + ")";
    }
}
