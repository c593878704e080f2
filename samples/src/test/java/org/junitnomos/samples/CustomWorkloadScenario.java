package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Workload;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.WorkloadGenerator;

/** A workload of your own, with an annotation of your own: one inscription into a channel every few slots. */
@Topology(validators = 2)
// tag::use[]
@CustomWorkloadScenario.Inscriptions(everySlots = 4)
// end::use[]
@RunFor("2m")
@ExpectConsensusLiveness
@ExpectInclusion
class CustomWorkloadScenario {

    @ScenarioTest
    void theChannelGrows(RunContext run) throws InterruptedException {
        run.clock().awaitBlocks(20, Duration.ofMinutes(2));
        assertThat(run.feed().chain().stream()
                        .flatMap(record -> record.block().transactions().stream())
                        .filter(transaction ->
                                transaction.tx().ops().stream().anyMatch(ChannelInscribe.class::isInstance)))
                .hasSizeGreaterThan(1);
    }

    // tag::annotation[]
    @Workload(InscriptionWorkload.class)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Inscriptions {
        int everySlots() default 2;
    }
    // end::annotation[]

    // tag::workload[]
    record InscriptionWorkload(int everySlots) implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) throws Exception {
            var seed = new byte[32];
            run.random("inscriptions").nextBytes(seed);
            var signer = Ed25519PrivateKey.fromSeed(seed);
            var channel = ChannelId.of(signer.publicKey().toBytes());
            var parent = MsgId.ZERO;
            try (var load = LoadAccount.open(run, name(), LoadAccount.TRANSACTIONS)) {
                for (int number = 0; run.isDriving(); number++) {
                    var text = ("message " + number).getBytes(StandardCharsets.UTF_8);
                    var message = new ChannelInscribe(channel, text, parent, signer.publicKey());
                    load.due(1);
                    var submission = run.submit(run.sign(MantleTx.of(List.of(message), LedgerTx.EMPTY), signer));
                    load.submitted(submission);
                    submission.awaitInBlock(Duration.ofMinutes(1)); // the next message builds on this one
                    parent = message.msgId();
                    run.clock().sleepSlots(everySlots);
                }
            }
        }
    }
    // end::workload[]
}
