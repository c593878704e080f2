package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.Scenario;

/** What an owner has is read from the chain that the feed saw, and from no node. */
class BalanceTests {
    @TempDir
    Path directory;

    @Test
    void followsTheChain() {
        var plan = Scenario.builder()
                .name("balances")
                .wallets(2)
                .walletValue(70)
                .runFor(Duration.ofMinutes(2))
                .build();

        var result = new EmbeddedRuns(directory).run(plan, DevNode::new, run -> {
            var alice = run.cluster().genesis().wallets().get(0);
            var bob = run.cluster().genesis().wallets().get(1);
            var carol = run.ownerOf(Ed25519PrivateKey.ZERO);
            assertThat(run.balanceOf(alice)).isEqualTo(70);
            assertThat(run.notesOf(bob.owner())).containsExactly(new OwnedNote(bob.genesisNote(), 70, bob.owner()));
            assertThat(run.balanceOf(carol)).isZero();

            var ledger = new LedgerTx(
                    List.of(alice.genesisNote()),
                    List.of(new Note(50, bob.owner()), new Note(15, alice.owner()), new Note(5, carol)));
            var spent = run.sign(MantleTx.of(List.of(), ledger), alice);
            run.submit(spent).awaitInBlock(Duration.ofMinutes(1));

            assertThat(run.balanceOf(alice)).isEqualTo(15);
            assertThat(run.balanceOf(bob)).isEqualTo(120);
            assertThat(run.notesOf(bob.owner()))
                    .containsExactly(
                            new OwnedNote(bob.genesisNote(), 70, bob.owner()),
                            new OwnedNote(ledger.noteIds().get(0), 50, bob.owner()));
            assertThat(run.balanceOf(carol)).isEqualTo(5);
            var leader = run.cluster().genesis().leaders().get(0).toPublicKey();
            assertThat(run.balanceOf(leader)).isEqualTo(1000);
        });

        result.orThrow();
    }
}
