package org.junitnomos.devnode;

import java.util.LinkedHashSet;
import org.apiguardian.api.API;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.Lottery;
import org.junitnomos.devnode.da.DataAvailabilityService;
import org.junitnomos.devnode.da.Sessions;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.topology.NodeRule;

/**
 * A dev node: Cryptarchia, the mantle ledger, a mempool, gossip and the HTTP API of a Nomos node, without proofs and
 * without network (docs/dev-node.md says what it models).
 *
 * <p>Not thread-safe. No message and no request makes it throw.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DevNode implements NodeCore {
    /** A node that was away longer starts in mode Bootstrapping (node contract 3.4). */
    private static final long GRACE_NANOS = 1_200_000_000_000L;

    private final DevNodeConfig config;
    private final NodeStore store;
    private final Archive archive;
    private final NodeLog log;
    private final Chain chain;
    private final LinkQualities links;
    private final Timers timers = new Timers();
    private final BlockStreams streams = new BlockStreams();
    private final Courier courier;
    private final DataAvailabilityService availability;
    private final BlockIntake intake;
    private final BlockSync sync;
    private final BlockServer server;
    private final Hellos hellos;
    private final Gossip gossip;
    private final OwnProposals proposals;
    private final BlockProducer producer;
    private final SlotClock clock;
    private final Api mainApi;
    private final Api testingApi;
    private long toldLost;
    private boolean running;

    /**
     * Creates a node that is not started.
     *
     * @param config its configuration
     * @param store its blocks
     * @param outbox takes what it sends
     * @throws IllegalArgumentException if the genesis transaction is not valid
     */
    public DevNode(DevNodeConfig config, NodeStore store, Outbox outbox) {
        this(config, store, outbox, DevNodeParts.standard());
    }

    /**
     * Creates a node of other parts, for tests of those who watch nodes.
     *
     * @param config its configuration
     * @param store its blocks
     * @param outbox takes what it sends
     * @param parts what it is made of
     * @throws IllegalArgumentException if the genesis transaction is not valid
     */
    public DevNode(DevNodeConfig config, NodeStore store, Outbox outbox, DevNodeParts parts) {
        this.config = config;
        this.store = store;
        this.archive = new Archive(store);
        this.log = new NodeLog(outbox);
        ChainParameters parameters = new ChainParameters(
                new GenesisTx(config.genesis()),
                config.activeSlotCoefficient(),
                config.securityParameter(),
                config.withoutRules());
        this.chain = new Chain(parameters, parts.blockRules().apply(parameters), parts.forkChoice());
        this.links = new LinkQualities(config, outbox, timers);
        this.clock = new SlotClock(config.slotNanos(), config.skewNanos());
        Mempool mempool = parts.mempool().get();
        Sessions sessions = new Sessions(chain, config.dataAvailability());
        this.courier = new Courier(config.name(), links, timers, log);
        this.availability = new DataAvailabilityService(
                config.dataAvailability(),
                sessions,
                courier,
                config.seed(),
                new DataAvailabilityService.Surroundings(
                        parts.dataAvailability(), store::append, new PendingPool(mempool), this::publish));
        courier.deliverTo(availability::receive);
        this.intake = new BlockIntake(chain, availability, mempool, archive, streams, log);
        BlobCheck blobs = new BlobCheck(parameters, clock, availability.pending());
        this.sync = new BlockSync(links, chain, intake, availability, blobs, timers, log);
        this.server = new BlockServer(links, chain);
        this.hellos = new Hellos(links, chain, sync, timers);
        this.gossip = new Gossip(links, mempool, intake, sync, blobs, log, config.chainStartMillis());
        this.proposals = new OwnProposals(store, gossip);
        Lottery lottery = new Lottery(parameters, config.leaderKey(), config.walletKeys(), config.playsAhead());
        this.producer = new BlockProducer(chain, lottery, parts, mempool, availability.pending(), proposals, log);
        MainRoutes.Handlers handlers = new MainRoutes.Handlers(
                new ChainHandlers(chain, archive, streams),
                new MempoolHandlers(mempool, gossip),
                new WalletHandlers(chain, new LinkedHashSet<>(config.walletKeys())),
                new DaHandlers(availability, timers, log),
                new DispersalHandlers(availability, log),
                new SdpHandlers(gossip, log));
        this.mainApi = new Api(MainRoutes.of(config, handlers, links));
        MetricsHandlers metrics = new MetricsHandlers(chain, intake, mempool, links);
        this.testingApi = new Api(TestingRoutes.of(
                config, new TestingHandlers(chain, availability, metrics), links, hellos, clock, proposals, log));
    }

    private void publish(SignedMantleTx transaction, long now) {
        gossip.submit(transaction, now);
    }

    @Override
    public void start(long now) {
        running = true;
        guard("start", () -> {
            if (chain.parameters().obeys(NodeRule.RESTART)) {
                archive.open(config.securityParameter());
            } else {
                replay();
            }
            availability.load(store.shares());
            proposals.open();
            boolean fresh = chain.lib().height() == 0;
            boolean longAway = clock.slotAt(now) - chain.tip().slot() > GRACE_NANOS / config.slotNanos();
            if (fresh || longAway) {
                chain.goBootstrapping();
                timers.at(now + Math.max(0, config.bootstrapNanos()), this::goOnline);
            }
            clock.begin(now);
            log.info("Started with " + config.peers().size() + " peers, the tip is " + chain.tip()
                    + (archive.size() == 0 ? "." : "; " + archive.size() + " blocks of earlier lives can be read."));
            hellos.begin(now);
            timers.run(now);
        });
    }

    private void replay() {
        chain.goOnline();
        new StoreReplay(chain, availability.sessions(), log).run(store.blocks());
    }

    private void goOnline() {
        log.info("Online.");
        intake.follow(chain.goOnline());
    }

    @Override
    public long nextTick(long now) {
        return Math.max(now + 1, Math.min(timers.next(), clock.nextSlotTime()));
    }

    @Override
    public void tick(long now) {
        if (running) {
            guard("a timer", () -> timers.run(now));
            guard("a slot", () -> {
                if (clock.enterSlot(now)) {
                    if (clock.lostSlots() > toldLost) {
                        toldLost = clock.lostSlots();
                        log.warn("Was halted: plays " + clock.lostSlots()
                                + " slots behind its clock until it is started anew.");
                    }
                    producer.play(clock.lastSlot(), now);
                }
            });
        }
    }

    @Override
    public void receive(String peer, PeerMessage message, long now) {
        Link link = links.find(peer);
        if (!running || link == null || !link.isUp()) {
            return;
        }
        link.heard(now);
        try {
            dispatch(link, message, now);
        } catch (RuntimeException failure) {
            log.error("Failed to handle " + message.getClass().getSimpleName() + " from " + peer, failure);
        }
    }

    private void dispatch(Link link, PeerMessage message, long now) {
        if (message instanceof PeerMessage.Transaction transaction) {
            gossip.receive(link.peer(), transaction, now);
        } else if (message instanceof PeerMessage.Proposal proposal) {
            gossip.receive(link.peer(), proposal, now);
        } else if (message instanceof PeerMessage.Hello hello) {
            hellos.receive(link, hello, now);
        } else if (message instanceof PeerMessage.BlockRequest request) {
            server.receive(link, request, now);
        } else if (message instanceof PeerMessage.BlockResponse response) {
            sync.receive(link, response, now);
        } else if (message instanceof PeerMessage.Routed routed) {
            courier.receive(link.peer(), routed, now);
        }
    }

    @Override
    public ApiResponse handle(ApiRequest request, long now) {
        return answer(mainApi, request, now);
    }

    @Override
    public ApiResponse handleTesting(ApiRequest request, long now) {
        return answer(testingApi, request, now);
    }

    private ApiResponse answer(Api api, ApiRequest request, long now) {
        try {
            return api.handle(request, now);
        } catch (RuntimeException failure) {
            log.error(request.method() + " " + request.path() + " failed", failure);
            return ApiResponses.text(500, "channel closed");
        }
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            timers.clear();
            streams.endAll();
            log.info("Stopped, the tip is " + chain.tip() + ".");
        }
    }

    private void guard(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            log.error("Failed to handle " + what, failure);
        }
    }
}
