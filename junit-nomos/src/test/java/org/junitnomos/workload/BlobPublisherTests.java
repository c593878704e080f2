package org.junitnomos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.BlobRefused;
import org.junitnomos.journal.JournalEvent.BlobSubmitted;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.topology.TopologySpec;

/** What is on record of a dispersal that takes longer than the load: real nodes take seconds for one. */
class BlobPublisherTests {
    private static final ChannelId CHANNEL = ChannelId.of(new byte[ChannelId.LENGTH]);

    private final InMemoryJournal journal = new InMemoryJournal();
    private final AtomicBoolean driving = new AtomicBoolean(true);
    private final CountDownLatch slept = new CountDownLatch(1);
    private final PendingMessage message = new PendingMessage(new byte[31], false);
    private final PendingMessage other = new PendingMessage(new byte[62], false);

    private static <T> T fake(Class<T> type, Map<String, Supplier<Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName()).get()));
    }

    private RunContext run(int port, NodeClients clients) {
        var spec = TopologySpec.of(1, 1).nodes().get(1);
        var endpoint = new NodeEndpoint("executor-0", URI.create("http://127.0.0.1:" + port), null);
        var client = clients.client("executor-0", () -> endpoint);
        var executor = fake(
                NodeHandle.class,
                Map.of(
                        "name", () -> "executor-0",
                        "spec", () -> spec,
                        "isRunning", () -> true,
                        "isPaused", () -> false,
                        "client", () -> client));
        var cluster = fake(Cluster.class, Map.of("nodes", () -> List.of(executor)));
        var clock = fake(ScenarioClock.class, Map.of("now", () -> Duration.ofSeconds(1), "sleep", () -> {
            slept.countDown();
            Thread.yield();
            return null;
        }));
        return fake(
                RunContext.class,
                Map.of(
                        "journal", () -> journal,
                        "clock", () -> clock,
                        "cluster", () -> cluster,
                        "isDriving", driving::get));
    }

    @Test
    void theEndOfTheLoadIsNoSilenceOfTheExecutor() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var clients = NodeClients.overHttp()) {
            var publisher = new BlobPublisher(run(server.getLocalPort(), clients), "blobs", 1);
            var ended = new CountDownLatch(1);
            var failure = new AtomicReference<Exception>();
            var caller = Thread.currentThread();
            var end = new Thread(() -> {
                try (var connection = server.accept()) {
                    connection.getInputStream().read(); // it disperses now
                    driving.set(false);
                    caller.interrupt();
                    ended.await();
                } catch (IOException | InterruptedException e) {
                    failure.set(e);
                }
            });
            end.start();

            boolean taken = publisher.publish(message, CHANNEL);

            assertThat(Thread.interrupted()).isTrue();
            ended.countDown();
            end.join();
            assertThat(failure).hasNullValue();
            assertThat(taken).isFalse();
            assertThat(message.refusal).isEqualTo("the load was stopped before executor-0 answered");
            assertThat(journal.events(BlobSubmitted.class)).hasSize(1);
            assertThat(journal.events(BlobRefused.class)).isEmpty();
        }
    }

    @Test
    void whatAnExecutorSaidBeforeTheLoadWasStoppedIsKept() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var clients = NodeClients.overHttp()) {
            var publisher = new BlobPublisher(run(server.getLocalPort(), clients), "blobs", 1);
            clients.close(); // as the run does at its end
            message.attempts = 1;
            message.refusal = "refused by executor-0 with status 500";

            boolean taken = publisher.publish(message, CHANNEL);

            assertThat(taken).isFalse();
            assertThat(message.attempts).isGreaterThan(1);
            assertThat(message.refusal).isEqualTo("refused by executor-0 with status 500");
        }
    }

    /** An executor that tells that it has begun to disperse, and answers when it may. */
    private static final class SlowExecutor extends Dispatcher {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayAnswer = new CountDownLatch(1);

        @Override
        public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            begun.countDown();
            mayAnswer.await();
            return new MockResponse().setBody(Arrays.toString(new byte[BlobId.LENGTH]));
        }
    }

    @Test
    void aBlobWaitsForAnExecutorThatDispersesAnother() throws Exception {
        var executor = new SlowExecutor();
        try (var server = new MockWebServer();
                var clients = NodeClients.overHttp()) {
            server.setDispatcher(executor);
            var publisher = new BlobPublisher(run(server.getPort(), clients), "blobs", 1);
            var first = new FutureTask<>(() -> publisher.publish(message, CHANNEL));
            var second = new FutureTask<>(() -> publisher.publish(other, CHANNEL));
            new Thread(first).start();
            executor.begun.await();
            new Thread(second).start();
            slept.await();
            assertThat(journal.events(BlobSubmitted.class)).hasSize(1);
            executor.mayAnswer.countDown();

            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
            assertThat(other.attempts).isEqualTo(1);
        }
    }

    @Test
    void aBlobThatNoExecutorWasFreeForUntilTheEndIsRefusedAsThat() throws Exception {
        var executor = new SlowExecutor();
        try (var server = new MockWebServer();
                var clients = NodeClients.overHttp()) {
            server.setDispatcher(executor);
            var publisher = new BlobPublisher(run(server.getPort(), clients), "blobs", 1);
            var first = new FutureTask<>(() -> publisher.publish(message, CHANNEL));
            var second = new FutureTask<>(() -> publisher.publish(other, CHANNEL));
            new Thread(first).start();
            executor.begun.await();
            new Thread(second).start();
            slept.await();
            driving.set(false);

            assertThat(second.get()).isFalse();
            assertThat(other.attempts).isZero();
            assertThat(other.refusal).isEqualTo("every executor was busy with other blobs");
            executor.mayAnswer.countDown();
            assertThat(first.get()).isTrue();
        }
    }
}
