package org.junitnomos.deploy.process;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.ProvingCommand;
import org.junitnomos.deploy.relay.EnforcedRelay;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.settings.UnusableSettingException;

/** Says whether what nodes send each other goes through relays: real nodes have no other place for faults of links. */
final class Relays {
    static final String SETTING = "nomos.process.relays";

    private static final Set<Capability> BY_RELAYS = Collections.unmodifiableSet(
            EnumSet.of(Capability.PARTITION, Capability.LINK_QUALITY, Capability.BANDWIDTH));

    private Relays() {}

    /** What relays make possible. */
    static Set<Capability> capabilities() {
        return BY_RELAYS;
    }

    /**
     * Says why there are none.
     *
     * @return the reason, and how to get them, without a full stop; empty if there are relays
     */
    static Optional<String> missing(NodeCommand command) {
        if (!(command instanceof ProvingCommand)) {
            return Optional.of("the nodes take faults of links themselves, or not at all");
        }
        return isOff() ? Optional.of("the setting '" + SETTING + "' is off, so there are no relays") : Machine.MISSING;
    }

    /** Tried once in a JVM: neither its permissions nor the kernel change. */
    private static final class Machine {
        static final Optional<String> MISSING = EnforcedRelay.missing();
    }

    private static boolean isOff() {
        var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
        String value = reader.value(SETTING, "auto", "auto or off", text -> {
            if (!text.equals("auto") && !text.equals("off")) {
                throw new UnusableSettingException("it is neither");
            }
            return text;
        });
        reader.check();
        return value.equals("off");
    }
}
