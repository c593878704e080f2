package org.junitnomos.samples.deaths;

import java.time.Duration;
import java.util.List;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.scenario.RunContext;

/** One valid message of 65,000 bytes: with its transaction it is larger than a block, and no block is made any more. */
@Topology(validators = 3, slot = "1s", securityParameter = 5)
@RunFor("3m")
@ExpectConsensusLiveness
class TooManyPendingBytes {

    // tag::body[]
    @ScenarioTest
    void aLargeMessageIsWaiting(RunContext run) throws InterruptedException {
        run.clock().sleep(Duration.ofSeconds(20));
        var signer = Ed25519PrivateKey.fromSeed(new byte[32]);
        var message = new ChannelInscribe(
                ChannelId.of(signer.publicKey().toBytes()), new byte[65_000], MsgId.ZERO, signer.publicKey());
        run.submit(run.sign(MantleTx.of(List.of(message), LedgerTx.EMPTY), signer));
    }
    // end::body[]
}
