package org.junitnomos.devnode.da;

import java.util.ArrayList;
import java.util.List;

/** Sends to members that are neither blocked nor out of reach. */
final class DataPeers {
    private final DaPort port;
    private final PeerMonitor monitor;
    private final Sessions sessions;

    DataPeers(DaPort port, PeerMonitor monitor, Sessions sessions) {
        this.port = port;
        this.monitor = monitor;
        this.sessions = sessions;
    }

    DaPort port() {
        return port;
    }

    boolean isSelf(DaMember member) {
        return member.name().equals(port.self());
    }

    boolean reaches(DaMember member, long now) {
        return isSelf(member) || (!monitor.isBlocked(member) && port.reaches(member.name(), now));
    }

    /** Lists the members of a subnet that can be reached, this node last. */
    List<DaMember> reachable(List<DaMember> subnet, long now) {
        List<DaMember> others = new ArrayList<>();
        List<DaMember> self = new ArrayList<>();
        for (DaMember member : subnet) {
            if (isSelf(member)) {
                self.add(member);
            } else if (reaches(member, now)) {
                others.add(member);
            }
        }
        others.addAll(self);
        return others;
    }

    void send(DaMember member, DaMessage message, long now) {
        port.send(member.name(), message, now);
    }

    void failed(DaMember member, PeerMonitor.Failure failure, long now) {
        monitor.failed(member, failure, now);
    }

    void failed(String node, PeerMonitor.Failure failure, long now) {
        DaMember member = sessions.membership(sessions.current()).find(node);
        if (member != null) {
            monitor.failed(member, failure, now);
        }
    }

    /** Tells whether messages of a node are not to be taken. */
    boolean isBlocked(String node) {
        if (monitor.blocked().isEmpty()) {
            return false;
        }
        DaMember member = sessions.membership(sessions.current()).find(node);
        return member != null && monitor.isBlocked(member);
    }
}
