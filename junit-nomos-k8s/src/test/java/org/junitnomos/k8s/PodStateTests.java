package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.k8s.PodState.Phase;

class PodStateTests {
    private static Pod pod(String status) {
        return new KubernetesSerialization().unmarshal("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: validator-0-1}
                        status:
                        """ + status.indent(2), Pod.class);
    }

    private static PodState of(String status) {
        return PodState.of(pod(status));
    }

    @Nested
    class OnItsWay {
        @Test
        void withoutAStatus() {
            assertThat(PodState.of(new Pod())).isEqualTo(new PodState(Phase.COMING, "it has no status yet", null));
        }

        @Test
        void whileItsContainerIsCreated() {
            assertThat(of("""
                    phase: Pending
                    containerStatuses:
                    - name: node
                      state: {waiting: {reason: ContainerCreating}}
                    """))
                    .isEqualTo(new PodState(Phase.COMING, "its container does not start: ContainerCreating", null));
        }

        @Test
        void whenNoMachineTakesIt() {
            assertThat(of("""
                    phase: Pending
                    conditions:
                    - type: PodScheduled
                      status: "False"
                      reason: Unschedulable
                      message: "0/1 nodes are available: 1 Insufficient memory."
                    """))
                    .isEqualTo(new PodState(
                            Phase.UNSCHEDULABLE,
                            "no machine takes its pod: Unschedulable (0/1 nodes are available: 1 Insufficient memory)",
                            null));
        }

        @Test
        void isReadyWhenItsContainerIs() {
            assertThat(of("""
                    phase: Running
                    containerStatuses:
                    - {name: node, ready: true, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}
                    """).phase()).isEqualTo(Phase.READY);
            assertThat(of("""
                    phase: Running
                    containerStatuses:
                    - {name: node, ready: false, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}
                    """).phase()).isEqualTo(Phase.RUNNING);
        }
    }

    @Nested
    class IsStuck {
        private PodState waitingFor(String reason, String message) {
            return of("""
                    phase: Pending
                    containerStatuses:
                    - name: node
                      state: {waiting: {reason: %s, message: '%s'}}
                    """.formatted(reason, message));
        }

        @Test
        void withoutItsImage() {
            assertThat(waitingFor(
                            "ErrImageNeverPull", "Container image \"x:1\" is not present with pull policy of Never"))
                    .isEqualTo(new PodState(
                            Phase.STUCK,
                            "its container does not start: ErrImageNeverPull (Container image \"x:1\" is not present"
                                    + " with pull policy of Never). Fix: Load the image into every machine of the"
                                    + " cluster, or set 'nomos.kubernetes.pull-policy'",
                            null));
        }

        @Test
        void whenItsImageCannotBePulled() {
            assertThat(waitingFor("ErrImagePull", "rpc error:   no such host."))
                    .extracting(PodState::phase, PodState::detail)
                    .containsExactly(
                            Phase.STUCK,
                            "its container does not start: ErrImagePull (rpc error: no such host). Fix: Correct"
                                    + " 'nomos.kubernetes.image', load the image into the cluster, or name credentials"
                                    + " in 'nomos.kubernetes.pull-secrets'");
        }

        @Test
        void andSaysSoWithoutWhatTerminalsObey() {
            assertThat(waitingFor("RunContainerError", "not \u202edetrats").detail())
                    .contains("not \\u202edetrats");
        }

        @Test
        void whenItsContainerCannotBeCreated() {
            assertThat(waitingFor("CreateContainerConfigError", "secret not found")
                            .phase())
                    .isEqualTo(Phase.STUCK);
        }
    }

    @Nested
    class HasEnded {
        @Test
        void withTheExitCodeOfItsProcess() {
            assertThat(of("""
                    phase: Failed
                    containerStatuses:
                    - name: node
                      state: {terminated: {exitCode: 3, reason: Error, message: "the last lines"}}
                    """)).isEqualTo(new PodState(Phase.ENDED, "", 3));
        }

        @Test
        void forMemory() {
            assertThat(of("""
                    phase: Failed
                    containerStatuses:
                    - name: node
                      state: {terminated: {exitCode: 137, reason: OOMKilled}}
                    """)).isEqualTo(new PodState(Phase.ENDED, "its container ended: OOMKilled", 137));
        }

        @Test
        void becauseTheClusterWantedItsMachine() {
            assertThat(of("""
                    phase: Failed
                    reason: Evicted
                    message: "The node was low on resource: memory. "
                    """))
                    .isEqualTo(new PodState(
                            Phase.ENDED,
                            "the cluster ended its pod: Evicted (The node was low on resource: memory)",
                            null));
        }

        @Test
        void becauseItsProgramCannotBeRun() {
            assertThat(of("""
                    phase: Failed
                    containerStatuses:
                    - name: node
                      state: {terminated: {exitCode: 128, reason: StartError, message: "exec: no such file"}}
                    """))
                    .isEqualTo(new PodState(Phase.ENDED, "its container ended: StartError (exec: no such file)", 128));
        }

        @Test
        void whenSomebodyDeletedItsPod() {
            var running = pod("""
                    phase: Running
                    containerStatuses:
                    - {name: node, ready: true, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}
                    """);
            var ended = pod("""
                    phase: Running
                    containerStatuses:
                    - {name: node, state: {terminated: {exitCode: 143}}}
                    """);

            assertThat(PodState.deleted(running)).isEqualTo(new PodState(Phase.ENDED, "its pod was deleted", null));
            assertThat(PodState.deleted(ended)).isEqualTo(new PodState(Phase.ENDED, "", 143));
        }
    }
}
