package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

class JournalingControlTests {
    private final InMemoryJournal journal = new InMemoryJournal();
    private final List<String> calls = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private int given = 100;
    private final JournalingControl control = new JournalingControl(backend(), journal, () -> 0);

    /** A backend that notes what is asked of it; its own faults have numbers from 101. */
    private NodeControl backend() {
        return (NodeControl) Proxy.newProxyInstance(
                NodeControl.class.getClassLoader(), new Class<?>[] {NodeControl.class}, (proxy, method, arguments) -> {
                    var first = arguments == null ? "" : arguments[0];
                    calls.add(method.getName() + " " + (first instanceof Proof proof ? proof.fault() : first));
                    if (failure != null) {
                        throw failure;
                    }
                    return new Proof(++given, List.of("validator-1"), method.getName() + " observed");
                });
    }

    private List<String> told() {
        var texts = new ArrayList<String>();
        for (var event : journal.events()) {
            if (event instanceof JournalEvent.FaultRequested fault) {
                texts.add(fault.fault() + " " + fault.kind() + " " + fault.targets()
                        + (fault.detail().isEmpty() ? "" : " " + fault.detail()));
            } else if (event instanceof JournalEvent.FaultInForce fault) {
                texts.add(fault.fault() + " in force: " + fault.proof());
            } else if (event instanceof JournalEvent.FaultHealed fault) {
                texts.add(fault.fault() + " healed: " + fault.proof());
            }
        }
        return texts;
    }

    @Test
    void aKillAndAPauseAreHealedWhenTheNodeIsBack() throws Exception {
        control.kill("validator-1");
        control.start("validator-1");
        control.pause("validator-1");
        control.resume("validator-1");

        assertThat(told())
                .containsExactly(
                        "1 kill [validator-1]",
                        "1 in force: kill observed",
                        "1 healed: start observed",
                        "2 pause [validator-1]",
                        "2 in force: pause observed",
                        "2 healed: resume observed");
        assertThat(control.needsHealing()).isFalse();
    }

    @Test
    void aRestartHealsWhatTookTheNodeDown() throws Exception {
        control.pause("validator-1");
        control.kill("validator-1");
        control.restart("validator-1");

        assertThat(told())
                .endsWith(
                        "3 restart [validator-1]",
                        "3 in force: restart observed",
                        "3 healed: restart observed",
                        "1 healed: restart observed",
                        "2 healed: restart observed");
    }

    @Test
    void nodesThatJoinAndLeaveAreFaultsThatAreOverAtOnce() throws Exception {
        control.add(NodeRole.EXECUTOR);
        control.stop("validator-1");
        control.remove("validator-1");

        assertThat(told())
                .containsExactly(
                        "1 add [] executor",
                        "1 in force: add observed",
                        "1 healed: add observed",
                        "2 stop [validator-1]",
                        "2 in force: stop observed",
                        "3 remove [validator-1]",
                        "3 in force: remove observed",
                        "3 healed: remove observed",
                        "2 healed: remove observed");
    }

    @Test
    void oneFaultIsHealedByTheNumberOfTheJournal() throws Exception {
        control.kill("validator-1");
        var cut = control.cut("validator-0", "validator-1");
        var link = control.link("validator-0", "validator-1", LinkSpec.DEFAULT.withBandwidth(900));
        assertThat(cut.fault()).isEqualTo(2);
        assertThat(link.fault()).isEqualTo(3);

        control.heal(cut);

        assertThat(calls).endsWith("heal 102");
        assertThat(told())
                .endsWith(
                        "3 link [validator-0, validator-1] latency 20 ms, jitter 10 ms, loss 0 per mille, bandwidth 900"
                                + " bytes per second",
                        "3 in force: link observed",
                        "2 healed: heal observed");
        assertThat(control.needsHealing()).isTrue();
        control.heal(link);
        control.heal(link);
        assertThat(told()).endsWith("2 healed: heal observed", "3 healed: heal observed");
        assertThat(control.needsHealing()).isFalse();
    }

    @Test
    void aHealOfAllLeavesNodesAlone() throws Exception {
        control.pause("validator-1");
        control.isolate("validator-1");
        control.skewClock("validator-1", Duration.ofSeconds(1));

        control.heal();

        assertThat(told()).endsWith("2 healed: heal observed", "3 healed: heal observed");
        assertThat(told()).noneMatch(text -> text.startsWith("1 healed"));
    }

    @Test
    void whatIsNoFaultOfThisRunCannotBeHealed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.heal(new Proof(List.of("validator-1"), "validator-1 refuses connections")))
                .withMessage(
                        "There is nothing to heal: the proof of 'validator-1 refuses connections' is of no fault of"
                                + " links or clocks in this run.");
        assertThat(calls).isEmpty();
    }

    @Test
    void aRefusalIsOverAndAFaultThatWasNotSeenStaysUnproven() {
        failure = new IllegalStateException("it is paused already");
        assertThatIllegalStateException().isThrownBy(() -> control.pause("validator-1"));
        failure = new DeploymentException("still answers", null);
        assertThatThrownBy(() -> control.pause("validator-1")).isSameAs(failure);
        assertThatThrownBy(() -> control.add(NodeRole.VALIDATOR)).isSameAs(failure);

        assertThat(told())
                .containsExactly(
                        "1 pause [validator-1]",
                        "1 healed: refused: it is paused already",
                        "2 pause [validator-1]",
                        "3 add [] validator");
        assertThat(control.unproven()).containsExactly("fault 2 (pause of validator-1)", "fault 3 (add of validator)");
    }
}
