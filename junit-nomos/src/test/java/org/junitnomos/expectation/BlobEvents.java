package org.junitnomos.expectation;

import static org.junitnomos.expectation.RecordedRun.id;

import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.MsgId;

/** Puts the steps of blobs into a recorded run, all on one channel. */
final class BlobEvents {
    private final RecordedRun run;

    BlobEvents(RecordedRun run) {
        this.run = run;
    }

    private long now() {
        return run.clock().now().toNanos();
    }

    void submit(int number) {
        run.add(new JournalEvent.BlobSubmitted(
                now(),
                "content-" + number,
                "data availability",
                "executor-0",
                ChannelId.of(id(1).toBytes()),
                MsgId.ZERO,
                31,
                1));
    }

    void disperse(int number) {
        submit(number);
        run.add(new JournalEvent.BlobDispersed(now(), "content-" + number, "executor-0", blob(number)));
    }

    void include(int number, int block, long height) {
        run.add(new JournalEvent.BlobIncluded(now(), blob(number), message(number), id(block), height));
    }

    void makeFinal(int number, int block) {
        run.add(new JournalEvent.BlobFinal(now(), blob(number), message(number), id(block)));
    }

    private static BlobId blob(int number) {
        return BlobId.of(id(number).toBytes());
    }

    private static MsgId message(int number) {
        return MsgId.of(id(number).toBytes());
    }
}
