package org.junitnomos.devnode.program;

import com.sun.net.httpserver.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.defect.DefectiveNode;
import org.junitnomos.mantle.HeaderId;

/** Runs one node: file store, peers, both HTTP ports and the driver around its core. */
final class DevNodeProgram {
    private static final long STOP_SECONDS = 5;

    private final ProgramConfig config;
    private final ProgramLog log;
    private final FileNodeStore store;
    private final PeerLinks network;
    private final HttpPort api;
    private final HttpPort testing;
    private final NodeDriver driver;
    private final NodeCore core;
    private final ProgramRoutes routes;
    private final CountDownLatch ended = new CountDownLatch(1);

    private DevNodeProgram(ProgramConfig config, ProgramLog log, SystemTime time) throws IOException {
        this.config = config;
        this.log = log;
        HeaderId genesis = config.genesis().header().id();
        this.store = FileNodeStore.open(config.directory().resolve("blocks"), genesis, config.forceToDisk());
        this.network = new PeerLinks(config, genesis, log);
        ProgramConfig.Listen listen = config.listen();
        this.api = new HttpPort("api", listen.host(), listen.api(), log::program);
        this.testing = new HttpPort("testing", listen.host(), listen.testing(), log::program);
        this.driver = new NodeDriver(time);
        this.core = new DefectiveNode(
                config.node(),
                store,
                new DelayedOutbox(driver, network, log),
                store.recovery().blocks() > 0);
        this.routes = new ProgramRoutes(network);
    }

    /** Binds all ports and opens the store; what was opened before a failure ends with the process. */
    static DevNodeProgram open(ProgramConfig config, Map<String, String> environment)
            throws IOException, ConfigException {
        Files.createDirectories(config.directory());
        SystemTime time = new SystemTime(config.chainStart());
        ProgramLog log = new ProgramLog(config.log(), environment, time);
        try {
            return new DevNodeProgram(config, log, time);
        } catch (IllegalArgumentException problem) {
            throw new ConfigException("No node can be made of this configuration: " + problem.getMessage());
        }
    }

    Ports ports() {
        return new Ports(
                config.node().name(),
                ProcessHandle.current().pid(),
                config.listen().host(),
                api.port(),
                testing.port(),
                network.port());
    }

    /** Runs until {@link #stop}; false if the node died of an error of its own. */
    boolean run() {
        FileNodeStore.Recovery recovery = store.recovery();
        log.info("Opened the store with " + recovery.blocks() + " blocks.");
        if (recovery.droppedBytes() > 0) {
            log.warn("Cut " + recovery.droppedBytes() + " bytes off the store: " + recovery.reason() + ".");
        }
        try {
            String secret = config.listen().testingSecret();
            testing.start(
                    this::answerTesting, secret == null ? new Filter[0] : new Filter[] {new SecretFilter(secret)});
            network.start(this::receive);
            // Runs once the core is started: the main port answers when the node is ready (node contract 1.1).
            driver.call(core, (started, now) -> {
                api.start(this::answer);
                return true;
            });
            driver.run(core);
            return true;
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError death) {
            log.error("The node died: " + death + " at " + List.of(death.getStackTrace()));
            return false;
        } finally {
            close();
            ended.countDown();
        }
    }

    private void close() {
        driver.stop();
        api.stop();
        testing.stop();
        try (store) {
            network.stop();
        } catch (IOException failure) {
            log.error("Cannot stop cleanly: " + failure);
        }
        log.info("Ended.");
        log.close();
    }

    /** Lets {@link #run} return, and waits until it has closed everything. */
    void stop() {
        driver.stop();
        try {
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.error("Not stopped after " + STOP_SECONDS + " s.");
            }
        } catch (InterruptedException hurry) {
            log.warn("Interrupted while stopping.");
        }
    }

    private void receive(String peer, PeerMessage message, Runnable done) {
        boolean taken = driver.at(driver.nanos(), () -> {
            core.receive(peer, message, driver.nanos());
            done.run();
        });
        if (!taken) {
            done.run();
        }
    }

    private CompletableFuture<Reply> answer(ApiRequest request) {
        return driver.call(core, (running, now) -> reply(running.handle(request, now)))
                .thenCompose(ready -> ready);
    }

    private CompletableFuture<Reply> answerTesting(ApiRequest request) {
        return driver.call(core, (running, now) -> {
                    Reply own = routes.answer(request, running, now);
                    return own != null
                            ? CompletableFuture.completedFuture(own)
                            : reply(running.handleTesting(request, now));
                })
                .thenCompose(ready -> ready);
    }

    /** Called by the driver, which also completes a response that comes later. */
    private CompletableFuture<Reply> reply(ApiResponse response) {
        CompletableFuture<Reply> ready = new CompletableFuture<>();
        response.whenReady(known -> ready.complete(write(known)));
        return ready;
    }

    private Reply write(ApiResponse response) {
        return Reply.of(response, lines -> driver.at(driver.nanos(), lines::close));
    }
}
