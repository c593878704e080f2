package org.junitnomos.workload;

import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;

/** What is due of the blobs and inscriptions of one workload; goes on record when the last thread left. Thread-safe. */
final class BlobLoad {
    static final String HELD_BACK = "every channel was busy with its last blob";

    private final LoadAccount blobs;
    private final LoadAccount inscriptions;
    private final BlobPace pace;
    private int threads;

    BlobLoad(RunContext run, String workload, BlobPace pace) {
        this.blobs = LoadAccount.open(run, workload, LoadAccount.BLOBS);
        this.inscriptions = LoadAccount.open(run, workload, LoadAccount.INSCRIPTIONS);
        this.pace = pace;
    }

    synchronized void enter() {
        threads++;
    }

    synchronized void leave() {
        threads--;
        if (threads == 0) {
            close();
        }
    }

    private void close() {
        blobs.due(pace.all());
        blobs.missed(HELD_BACK, pace.heldBack());
        blobs.close();
        inscriptions.close();
    }

    /** A message was submitted for the first time; an inscription that no node took is tried again, a blob is not. */
    void firstTry(PendingMessage message, boolean taken) {
        var account = message.inscription ? inscriptions : blobs;
        if (message.inscription) {
            account.due(1);
        }
        if (message.attempts > 0) {
            account.submitted();
        }
        if (taken) {
            message.taken = true;
            account.accepted();
        } else if (!message.inscription) {
            account.missed(message.refusal, 1);
        }
    }

    /** A message was submitted again. */
    void laterTry(PendingMessage message, boolean taken) {
        if (message.inscription && taken && !message.taken) {
            message.taken = true;
            inscriptions.accepted();
        }
    }

    /** Nobody looks after a message any more. */
    void gaveUp(PendingMessage message) {
        if (message.inscription && !message.taken) {
            inscriptions.missed(message.refusal, 1);
        }
    }
}
