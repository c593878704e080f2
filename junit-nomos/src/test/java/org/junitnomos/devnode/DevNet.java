package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.SignedMantleTx;

/** Run dev nodes in one thread: a queue of events in order of time, and nothing else. */
final class DevNet {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final long CHAIN_START_MILLIS = 1_766_200_000_000L;

    /** Who is connected with whom. */
    enum Layout {
        STAR,
        CHAIN,
        FULL
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<String> trace = new ArrayList<>();
    private boolean tracing;
    private long order;
    private long messages;
    private long now;

    private record Event(long time, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** A node, its store, and what it logged. */
    final class Member {
        final DevNodeConfig config;
        final NodeStore store = new InMemoryNodeStore();
        final List<String> log = new ArrayList<>();
        final NodeCoreFactory factory;
        NodeCore node;
        boolean running;
        private boolean halted;
        private final List<Runnable> held = new ArrayList<>();
        private final Set<String> dead = new HashSet<>();
        final List<String> renewed = new ArrayList<>();
        private int incarnation;
        private long tickAt = Long.MAX_VALUE;

        Member(DevNodeConfig config, NodeCoreFactory factory) {
            this.config = config;
            this.factory = factory;
            this.node = factory.create(config, store, outbox(0));
        }

        private Outbox outbox(int born) {
            return new Outbox() {
                @Override
                public void send(String peer, PeerMessage message, long delayNanos) {
                    messages++;
                    if (tracing) {
                        trace.add(now + " " + config.name() + ">" + peer + " +" + delayNanos + " " + describe(message));
                    }
                    if (!dead.contains(peer)) {
                        at(now + delayNanos, () -> deliver(config.name(), peer, message));
                    }
                }

                @Override
                public void renew(String peer) {
                    dead.remove(peer);
                    renewed.add(peer);
                }

                @Override
                public void log(String level, String text) {
                    if (born == incarnation && !level.equals("DEBUG")) {
                        log.add(level + " " + text);
                    }
                }
            };
        }

        void start() {
            running = true;
            node.start(now);
            schedule(this);
        }

        void stop() {
            running = false;
            node.stop();
        }

        /** Lose from now on, without a word, what is for a peer, as a connection that is dead. */
        void loseAllTo(String peer) {
            dead.add(peer);
        }

        /** Halt as {@code SIGSTOP} does: what comes in waits. */
        void halt() {
            halted = true;
            tickAt = Long.MAX_VALUE;
        }

        /** Go on as after {@code SIGCONT}. */
        void goOn() {
            halted = false;
            List<Runnable> waiting = List.copyOf(held);
            held.clear();
            waiting.forEach(Runnable::run);
            schedule(this);
        }

        void restart() {
            if (running) {
                stop();
            }
            incarnation++;
            tickAt = Long.MAX_VALUE;
            node = factory.create(config, store, outbox(incarnation));
            start();
        }

        ApiResponse request(String method, String path, String body) {
            return request(
                    method, path, body.isEmpty() ? "" : "application/json", body.getBytes(StandardCharsets.UTF_8));
        }

        ApiResponse request(String method, String path, String contentType, byte[] body) {
            String[] parts = path.split("\\?", 2);
            Map<String, String> query = new LinkedHashMap<>();
            if (parts.length > 1) {
                for (String pair : parts[1].split("&")) {
                    String[] keyValue = pair.split("=", 2);
                    query.put(keyValue[0], keyValue[1]);
                }
            }
            ApiRequest request = new ApiRequest(method, parts[0], query, contentType, body);
            boolean testing =
                    List.of("/mantle/sdp/declarations", MetricLines.PATH).contains(parts[0])
                            || parts[0].startsWith("/test/");
            ApiResponse response = testing ? node.handleTesting(request, now) : node.handle(request, now);
            schedule(this);
            return response;
        }

        /** Ask for something that is answered later; the list has the answer once it is there. */
        List<ApiResponse> ask(String method, String path, byte[] body) {
            List<ApiResponse> answers = new ArrayList<>();
            request(method, path, "application/json", body).whenReady(answers::add);
            schedule(this);
            return answers;
        }

        String get(String path) {
            return text(request("GET", path, ""));
        }

        String post(String path, String body) {
            return text(request("POST", path, body));
        }

        ApiResponse submit(SignedMantleTx transaction) {
            return submit(MantleJson.encode(transaction));
        }

        ApiResponse submit(byte[] json) {
            return request("POST", "/mempool/add/tx", "application/json", json);
        }

        /** Return what it says of a transaction. */
        String status(SignedMantleTx transaction) {
            return post("/mantle/status", "[\"" + transaction.hash() + "\"]");
        }

        /** List the transactions of all blocks that it has, on whatever branch. */
        List<SignedMantleTx> mined() {
            return store.blocks().stream()
                    .flatMap(block -> block.transactions().stream())
                    .toList();
        }

        /** List the blocks that it has with a transaction, on whatever branch. */
        List<Block> blocksWith(SignedMantleTx transaction) {
            return store.blocks().stream()
                    .filter(block -> block.transactions().contains(transaction))
                    .toList();
        }

        /** List the blocks on the branch of its tip, oldest first, without genesis. */
        List<Block> chain() {
            List<Block> chain = new ArrayList<>();
            var next = stored(info().tip());
            while (next.isPresent()) {
                chain.add(0, next.get());
                next = stored(next.get().header().parent());
            }
            return chain;
        }

        private Optional<Block> stored(HeaderId id) {
            byte[] body = MantleJsonValues.encode(id);
            return MantleJson.decodeOptionalBlock(
                    request("POST", "/storage/block", "application/json", body).body());
        }

        /** List the transactions on the branch of its tip, oldest first. */
        List<SignedMantleTx> transactions() {
            return chain().stream()
                    .flatMap(block -> block.transactions().stream())
                    .toList();
        }

        Info info() {
            String json = get("/cryptarchia/info");
            return new Info(
                    HeaderId.fromHex(field(json, "tip")),
                    HeaderId.fromHex(field(json, "lib")),
                    Integer.parseInt(field(json, "height")),
                    Long.parseLong(field(json, "slot")),
                    field(json, "mode"));
        }

        void link(String peer, boolean up) {
            post("/test/dev/links", "[{\"peer\":\"" + peer + "\",\"up\":" + up + "}]");
        }
    }

    /** What {@code GET /cryptarchia/info} says. */
    record Info(HeaderId tip, HeaderId lib, int height, long slot, String mode) {}

    static String field(String json, String name) {
        String rest = json.substring(json.indexOf("\"" + name + "\":") + name.length() + 3);
        return rest.replaceFirst("[,}].*", "").replace("\"", "");
    }

    static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static DevNet create(int nodes, Layout layout, TestGenesis genesis, UnaryOperator<DevNodeConfig> change) {
        return create(nodes, layout, genesis, change, DevNode::new);
    }

    static DevNet create(
            int nodes,
            Layout layout,
            TestGenesis genesis,
            UnaryOperator<DevNodeConfig> change,
            NodeCoreFactory factory) {
        DevNet net = new DevNet();
        for (int i = 0; i < nodes; i++) {
            net.add(change.apply(TestConfigs.config(i, peers(i, nodes, layout), genesis)), factory);
        }
        return net;
    }

    private static List<String> peers(int index, int nodes, Layout layout) {
        List<String> peers = new ArrayList<>();
        for (int other = 0; other < nodes; other++) {
            boolean connected = switch (layout) {
                case STAR -> index == 0 || other == 0;
                case CHAIN -> Math.abs(index - other) == 1;
                case FULL -> true;
            };
            if (other != index && connected) {
                peers.add("node-" + other);
            }
        }
        return peers;
    }

    void add(DevNodeConfig config, NodeCoreFactory factory) {
        members.put(config.name(), new Member(config, factory));
    }

    DevNet start() {
        members.values().forEach(Member::start);
        return this;
    }

    Member node(int index) {
        return members.get("node-" + index);
    }

    List<Member> nodes() {
        return List.copyOf(members.values());
    }

    long now() {
        return now;
    }

    long messages() {
        return messages;
    }

    DevNet tracing() {
        tracing = true;
        return this;
    }

    List<String> trace() {
        return trace;
    }

    void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    void run(long nanos) {
        long end = now + nanos;
        while (!events.isEmpty() && events.peek().time <= end) {
            Event event = events.remove();
            now = event.time;
            event.action.run();
        }
        now = end;
    }

    void cut(int first, int second, boolean up) {
        node(first).link("node-" + second, up);
        node(second).link("node-" + first, up);
    }

    /** Cut the links between the first half of the nodes and the others, or let them be again. */
    void cutHalves(boolean up) {
        int half = members.size() / 2;
        for (int first = 0; first < half; first++) {
            for (int second = half; second < members.size(); second++) {
                cut(first, second, up);
            }
        }
    }

    private void deliver(String sender, String receiver, PeerMessage message) {
        Member member = members.get(receiver);
        if (member != null && member.halted) {
            member.held.add(() -> deliver(sender, receiver, message));
        } else if (member != null && member.running) {
            member.node.receive(sender, message, now);
            schedule(member);
        }
    }

    private void schedule(Member member) {
        long next = member.node.nextTick(now);
        if (member.running && !member.halted && next != member.tickAt) {
            member.tickAt = next;
            int incarnation = member.incarnation;
            at(next, () -> {
                if (member.running && member.incarnation == incarnation && member.tickAt == now) {
                    member.tickAt = Long.MAX_VALUE;
                    member.node.tick(now);
                    schedule(member);
                }
            });
        }
    }

    private static String describe(PeerMessage message) {
        if (message instanceof PeerMessage.Transaction transaction) {
            return "tx " + transaction.transaction().hash();
        }
        if (message instanceof PeerMessage.Proposal proposal) {
            return "proposal " + proposal.header().id() + " "
                    + proposal.transactions().size();
        }
        if (message instanceof PeerMessage.BlockResponse response) {
            return "response " + response.requested() + " " + response.blocks().size();
        }
        return message.toString();
    }
}
