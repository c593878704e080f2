package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.diagnosis.Colors;

class LogTroublesTests {
    private static final String TIME = "\u001b[2m2026-11-29T19:14:22.123456Z\u001b[0m ";

    @Test
    void aPanicIsItsPayloadAndPlaceWithoutItsBacktrace() {
        String line = TIME
                + "\u001b[31mERROR\u001b[0m \u001b[2mnomos_tracing::panic\u001b[0m\u001b[2m:\u001b[0m A panic occurred"
                + " \u001b[3mpanic.payload\u001b[0m\u001b[2m=\u001b[0m\"no \\\"x\\\"\\nat all\""
                + " \u001b[3mpanic.location\u001b[0m\u001b[2m=\u001b[0m\"a/b.rs:1:2\""
                + " \u001b[3mpanic.backtrace\u001b[0m\u001b[2m=\u001b[0m\"0: frame\\n1: frame\"";

        assertThat(LogTroubles.of(Colors.strip(line)))
                .contains("a part of it panicked: \"no \"x\" at all\" at a/b.rs:1:2");
    }

    @Test
    void aPanicWithoutPayloadIsOne() {
        assertThat(LogTroubles.of("ERROR nomos_tracing::panic: A panic occurred panic.location=\"a.rs:1:2\""))
                .contains("a part of it panicked: without a message at a.rs:1:2");
    }

    @Test
    void causesThatAreKnownHaveTheirFix() {
        assertThat(panic("Error listening on DA network with address /ip4/127.0.0.1/udp/1: …"))
                .endsWith(". A port is taken: end the program that listens there (ss -lunp shows it)");
        assertThat(panic("called `Result::unwrap()` on an `Err` value: Sdp(InvalidProof)"))
                .endsWith("must be those of the release that the node was built with");
        assertThat(panic("Could not find nomos-circuits directory. Please either:"))
                .endsWith(". A circuit is missing or fails: NOMOS_CIRCUITS must name a whole release");
        assertThat(panic(
                        "called `Result::unwrap()` on an `Err` value: \\\"Failed to listen on /ip4/127.0.0.1/udp/1: …"))
                .contains(". A port is taken: ");
        assertThat(panic(
                        "Failed to create the initial state from settings: Ledger error: Mantle error: Sdp ledger error:"
                                + " InvalidSignature"))
                .contains(". The proofs of the genesis are refused: ");
        assertThat(panic("Global encoder params should be available: No such file or directory (os error 2)"))
                .contains(". The parameters of KZG cannot be read: ");
    }

    private static String panic(String payload) {
        return LogTroubles.of("ERROR x: A panic occurred panic.payload=\"" + payload + "\" panic.location=\"a.rs:1:2\"")
                .orElseThrow();
    }

    @Test
    void aServiceThatEndsWithAnErrorIsDeadAsOneThatPanics() {
        assertThat(serviceError("Wallet lags behind by 600 blocks"))
                .contains("a part of it ended with an error: Wallet lags behind by 600 blocks");
        assertThat(serviceError("Failed to bind to address 127.0.0.1:1: Address already in use (os error 98)"))
                .contains("its HTTP port is taken: Failed to bind to address 127.0.0.1:1: Address already in use (os"
                        + " error 98). End the program that listens there (ss -ltnp shows it)");
    }

    private static Optional<String> serviceError(String error) {
        return LogTroubles.of(
                "ERROR overwatch::services::runner::service_runner: Error while waiting for Service's task"
                        + " to be completed: " + error);
    }

    @Test
    void aPanicBeforeTheLogBeganIsNamed() {
        assertThat(LogTroubles.of("thread 'main' (4711) panicked at nodes/nomos-node/node/src/main.rs:10:5: no way"))
                .contains("a part of it panicked: \"no way\" at nodes/nomos-node/node/src/main.rs:10:5");
        assertThat(LogTroubles.of(
                        "thread 'Overwatch' (9370) panicked at swarm/mod.rs:70:53: called `Result::unwrap()` on"
                                + " an `Err` value: \"Failed to listen on /ip4/127.0.0.1/udp/45999/quic-v1: \""))
                .contains("a part of it panicked: \"called `Result::unwrap()` on an `Err` value: \"Failed to listen on"
                        + " /ip4/127.0.0.1/udp/45999/quic-v1: \"\" at swarm/mod.rs:70:53. A port is taken: end the"
                        + " program that listens there (ss -lunp shows it)");
    }

    @Test
    void whatEndsAChainIsNamed() {
        assertThat(LogTroubles.of("ERROR cryptarchia::leader: Error processing local block: Unexpected(\"Failure while"
                        + " applying block: Storage(\\\"Failed to store block: Failed to convert block to storage"
                        + " format\\\")\")"))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("it makes no block any more, for ever: its pending transactions have more bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR services_utils::overwatch::recovery::operators: key must be a string",
                "ERROR broadcast_service: Could not send to new blocks channel: channel closed",
                "ERROR services_utils::overwatch::recovery::operators: No such file or directory (os error 2)",
                // for ever, or until a node that was started anew finds the chain: the line alone does not tell
                "ERROR chain_leader: trying to propose a block for slot 155 but epoch state is not available",
                "WARN nomos_time::backends::ntp: NTP sync failed from pool.ntp.org: invalid socket address",
                "WARN nomos_core::proofs::leader_proof: Proofs are being verified in dev mode. This should never be used",
                ""
            })
    void linesOfAHealthyNodeAreNoTrouble(String line) {
        assertThat(LogTroubles.of(line)).isEmpty();
    }
}
