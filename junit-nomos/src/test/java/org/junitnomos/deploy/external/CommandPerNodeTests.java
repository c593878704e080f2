package org.junitnomos.deploy.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

class CommandPerNodeTests {
    private record Command(Set<Capability> capabilities, String why) implements NodeCommand {
        @Override
        public String systemUnderTest() {
            return "none";
        }

        @Override
        public Optional<String> whyNot(Capability capability) {
            return why.isEmpty() ? Optional.empty() : Optional.of(why);
        }

        @Override
        public NodeLaunch launch(NodeSetup setup) {
            return new NodeLaunch(List.of(), Map.of(), List.of(), "", false);
        }
    }

    @Test
    void theReasonIsOfACommandThatLacksTheCapability() {
        var all = new CommandPerNode(
                new Command(Set.of(Capability.PARTITION), "not asked"),
                Map.of("a", new Command(Set.of(), ""), "b", new Command(Set.of(), "it has no testing port")));

        assertThat(all.capabilities()).isEmpty();
        assertThat(all.whyNot(Capability.PARTITION)).hasValue("it has no testing port");
    }
}
