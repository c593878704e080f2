package org.junitnomos.ends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.deploy.relay.EnforcedRelay;
import org.junitnomos.deploy.relay.EnforcedRelay.Port;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;

/**
 * Opens relays with their rules one after the other, each of which lives until the next one is there, and closes the last
 * one when its standard input ends. Takes the place of its session, and how many.
 */
final class RelayMain {
    private RelayMain() {}

    public static void main(String[] arguments) throws IOException {
        try (var session = Session.at(Path.of(arguments[0]))) {
            session.scope("first").register(ResourceKind.PROCESS, "none").released(); // starts the reaper
            System.out.println("session " + session.id());
            EnforcedRelay before = null;
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                var scope = session.scope("run " + i);
                var relay = EnforcedRelay.open(scope, i);
                relay.admit("a", List.of(new Port(Plane.GOSSIP, 1, 0)));
                System.out.println("open " + i);
                if (before != null) {
                    before.close();
                    session.scope("run " + (i - 1)).settle().forEach(leak -> System.out.println("leak " + leak));
                }
                before = relay;
            }
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
            if (before != null) {
                before.close();
            }
        }
        System.out.println("closed");
    }
}
