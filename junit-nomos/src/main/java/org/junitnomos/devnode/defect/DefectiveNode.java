package org.junitnomos.devnode.defect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;

/**
 * A dev node that can be given defects while it runs, through {@code /test/dev/defects} of its testing port:
 * {@code GET} lists those in force, {@code POST} takes the list of those that are to be, by name. Without one it is a
 * right node.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DefectiveNode implements NodeCore {
    /** Path of the route on the testing port. */
    static final String PATH = "/test/dev/defects";

    private final Switches switches;
    private final DevNode right;
    private final Outbox log;
    private final DevNodeConfig config;
    private final boolean again;
    private final Function<NodeDefect, AtomicLong> deeds;
    private final Map<NodeDefect, Behavior> inForce = new EnumMap<>(NodeDefect.class);
    private NodeCore core;

    /**
     * Creates a right node that is not started.
     *
     * @param config its configuration
     * @param store its blocks
     * @param outbox takes what it sends
     * @throws IllegalArgumentException if the genesis transaction is not valid
     */
    public DefectiveNode(DevNodeConfig config, NodeStore store, Outbox outbox) {
        this(config, store, outbox, defect -> new AtomicLong());
    }

    /** Creates one that counts, for each defect, what it does otherwise than a right node. */
    DefectiveNode(DevNodeConfig config, NodeStore store, Outbox outbox, Function<NodeDefect, AtomicLong> deeds) {
        this.switches = new Switches(store, outbox);
        this.config = config;
        this.again = !store.blocks().isEmpty();
        this.deeds = deeds;
        this.log = outbox;
        this.right = new DevNode(config, switches.store(), switches.outbox(), switches.parts());
        this.core = right;
    }

    /** Lets the node have these defects from now on, and no others; those that it has stay as they are. */
    void give(Collection<NodeDefect> defects) {
        Set<NodeDefect> wanted = EnumSet.noneOf(NodeDefect.class);
        wanted.addAll(defects);
        inForce.keySet().retainAll(wanted);
        wanted.forEach(defect -> inForce.computeIfAbsent(defect, this::behavior));
        switches.set(List.copyOf(inForce.values()));
        core = right;
        for (Behavior behavior : inForce.values()) {
            core = behavior.core(core);
        }
        log.log("INFO", wanted.isEmpty() ? "Has no defect any more." : "Has the defects " + wanted + " from now on.");
    }

    private Behavior behavior(NodeDefect defect) {
        return Behaviors.of(defect, new Site(config, again, deeds.apply(defect)));
    }

    @Override
    public void start(long now) {
        core.start(now);
    }

    @Override
    public long nextTick(long now) {
        return core.nextTick(now);
    }

    @Override
    public void tick(long now) {
        core.tick(now);
    }

    @Override
    public void receive(String peer, PeerMessage message, long now) {
        core.receive(peer, message, now);
    }

    @Override
    public ApiResponse handle(ApiRequest request, long now) {
        return core.handle(request, now);
    }

    @Override
    public ApiResponse handleTesting(ApiRequest request, long now) {
        return request.path().equals(PATH) ? defects(request) : core.handleTesting(request, now);
    }

    @Override
    public void stop() {
        core.stop();
    }

    private ApiResponse defects(ApiRequest request) {
        if (request.method().equals("POST")) {
            List<NodeDefect> wanted = new ArrayList<>();
            String problem = read(request.body(), wanted);
            if (!problem.isEmpty()) {
                return Answers.error(422, problem);
            }
            give(wanted);
        } else if (!request.method().equals("GET")) {
            return Answers.error(405, "expected GET or POST");
        }
        List<String> names = new ArrayList<>();
        inForce.keySet().forEach(defect -> names.add('"' + defect.label() + '"'));
        return Answers.json("[" + String.join(",", names) + "]");
    }

    /** Reads names of defects; returns what is wrong with them, or an empty text. */
    private static String read(byte[] body, List<NodeDefect> defects) {
        JsonNode names;
        try {
            names = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException malformed) {
            return "expected a list of names in JSON: " + malformed.getOriginalMessage();
        } catch (IOException unreadable) {
            return "expected a list of names in JSON: " + unreadable.getMessage();
        }
        if (!names.isArray()) {
            return "expected a list of names but was " + names;
        }
        for (JsonNode name : names) {
            NodeDefect defect = NodeDefect.of(name.asText()).orElse(null);
            if (defect == null) {
                return "there is no defect " + name + "; there are "
                        + Collections.unmodifiableSet(EnumSet.allOf(NodeDefect.class));
            }
            defects.add(defect);
        }
        return "";
    }
}
