package org.junitnomos.devnode.defect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.defect.PlantedDefect;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;

/**
 * Creates nodes of which some have defects from a moment on, in all of their lives.
 *
 * @param planted which ones
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Planting(List<PlantedDefect> planted) implements NodeCoreFactory {
    public Planting {
        planted = List.copyOf(planted);
    }

    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        var own = planted.stream()
                .filter(each -> each.node().equals(config.name()))
                .toList();
        boolean again = !store.blocks().isEmpty();
        return own.isEmpty()
                ? new DefectiveNode(config, store, outbox, again)
                : new Planted(new DefectiveNode(config, store, outbox, again, defect -> deeds(own, defect)), own);
    }

    private static AtomicLong deeds(List<PlantedDefect> own, NodeDefect defect) {
        return own.stream()
                .filter(each -> each.defect() == defect)
                .map(PlantedDefect::deeds)
                .findFirst()
                .orElseGet(AtomicLong::new);
    }

    /** Gives a node its defects when it is time, before anything else happens then. */
    private static final class Planted extends Passing.Core {
        private final DefectiveNode node;
        private final List<PlantedDefect> waiting;
        private final List<NodeDefect> given = new ArrayList<>();

        Planted(DefectiveNode node, List<PlantedDefect> planted) {
            super(node);
            this.node = node;
            this.waiting = new ArrayList<>(planted);
        }

        private void notice(long now) {
            if (waiting.removeIf(each -> each.from().toNanos() <= now && given.add(each.defect()))) {
                node.give(given);
            }
        }

        @Override
        public void start(long now) {
            notice(now);
            super.start(now);
        }

        @Override
        public void tick(long now) {
            notice(now);
            super.tick(now);
        }

        @Override
        public void receive(String peer, PeerMessage message, long now) {
            notice(now);
            super.receive(peer, message, now);
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            notice(now);
            return super.handle(request, now);
        }
    }
}
