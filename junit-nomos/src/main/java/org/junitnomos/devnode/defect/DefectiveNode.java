package org.junitnomos.devnode.defect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import org.junitnomos.devnode.JsonTrees;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;

/**
 * A dev node that can be given defects while it runs, through {@code /test/dev/defects} of its testing port:
 * {@code GET} lists those in force, {@code POST} takes the list of those that are to be, by name. Without one it is a
 * right node.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DefectiveNode extends Passing.Core {
    /** Path of the route on the testing port. */
    static final String PATH = "/test/dev/defects";

    private final DevNodeConfig config;
    private final Switches switches;
    private final Outbox log;
    private final boolean again;
    private final Function<NodeDefect, AtomicLong> deeds;
    private final NodeCore sound;
    private final Map<NodeDefect, Behavior> inForce = new EnumMap<>(NodeDefect.class);

    /**
     * Creates a right node that is not started.
     *
     * @param config its configuration
     * @param store its blocks
     * @param outbox takes what it sends
     * @param again whether the store has blocks of an earlier life
     * @throws IllegalArgumentException if the genesis transaction is not valid
     */
    public DefectiveNode(DevNodeConfig config, NodeStore store, Outbox outbox, boolean again) {
        this(config, store, outbox, again, defect -> new AtomicLong());
    }

    /** Creates one that counts, for each defect, what it does otherwise than a right node. */
    DefectiveNode(
            DevNodeConfig config,
            NodeStore store,
            Outbox outbox,
            boolean again,
            Function<NodeDefect, AtomicLong> deeds) {
        this(config, new Switches(store, outbox), outbox, again, deeds);
    }

    private DefectiveNode(
            DevNodeConfig config,
            Switches switches,
            Outbox log,
            boolean again,
            Function<NodeDefect, AtomicLong> deeds) {
        super(new DevNode(config, switches.store(), switches.outbox(), switches.parts()));
        this.config = config;
        this.switches = switches;
        this.log = log;
        this.again = again;
        this.deeds = deeds;
        this.sound = right;
    }

    /** Lets the node have these defects from now on, and no others; those that it has stay as they are. */
    void give(Collection<NodeDefect> defects) {
        Set<NodeDefect> wanted = EnumSet.noneOf(NodeDefect.class);
        wanted.addAll(defects);
        inForce.keySet().retainAll(wanted);
        wanted.forEach(defect -> inForce.computeIfAbsent(defect, this::behavior));
        switches.set(List.copyOf(inForce.values()));
        right = sound;
        for (Behavior behavior : inForce.values()) {
            right = behavior.core(right);
        }
        log.log("INFO", wanted.isEmpty() ? "Has no defect any more." : "Has the defects " + wanted + " from now on.");
    }

    private Behavior behavior(NodeDefect defect) {
        return Behaviors.of(defect, new Site(config, again, deeds.apply(defect)));
    }

    @Override
    public ApiResponse handleTesting(ApiRequest request, long now) {
        return request.path().equals(PATH) ? defects(request) : right.handleTesting(request, now);
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
            names = JsonTrees.read(body);
        } catch (JsonProcessingException malformed) {
            return "expected a list of names in JSON: " + malformed.getOriginalMessage();
        } catch (IOException unreadable) {
            return "expected a list of names in JSON: " + unreadable.getMessage();
        }
        if (!names.isArray()) {
            return "expected a list of names but " + (names.isMissingNode() ? "the body is empty" : "was " + names);
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
