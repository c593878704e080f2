package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.k8s.FaultyApiServer.changes;
import static org.junitnomos.k8s.FaultyApiServer.object;
import static org.junitnomos.k8s.FaultyApiServer.refusal;
import static org.junitnomos.k8s.FaultyApiServer.status;
import static org.junitnomos.k8s.FaultyApiServer.text;
import static org.junitnomos.k8s.FaultyApiServer.words;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.Allowance;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/** What an API server answers that is not well, as one that is cannot be brought to. */
@TestLimit(120)
class ApiServerFaultTests {
    private static final ObjectPlacement PLACE =
            new ObjectPlacement("nomos-a-1", "", "nomos-a-1", "nomos-a", Instant.EPOCH);
    private static final NodeSpec NODE = new NodeSpec("validator-0", NodeRole.VALIDATOR, 0);
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final String NAMESPACE = NAMESPACES + "/nomos-a-1";
    private static final String PODS = NAMESPACE + "/pods";
    private static final String EVENTS = NAMESPACE + "/events";
    private static final String SERVICES = NAMESPACE + "/services";

    @TempDir
    Path directory;

    private FaultyApiServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new FaultyApiServer(directory);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private static Namespace namespace(String marker) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("nomos-a-1")
                .addToLabels(Labels.MARKER, marker)
                .endMetadata()
                .build();
    }

    private DeploymentNamespace home() {
        return new OwnNamespace(server.client(), PLACE, () -> {});
    }

    private String failure(Runnable asking) {
        try {
            asking.run();
        } catch (KubernetesClientException e) {
            return ApiFailures.text(e);
        }
        return "none";
    }

    @Nested
    class Creating {
        @Test
        void goesOnWhenTheServerIsBusyForAMoment() {
            server.on(
                    "POST " + NAMESPACES,
                    refusal(429, "TooManyRequests", "wait"),
                    refusal(503, "ServiceUnavailable", "etcd has no leader"),
                    refusal(500, "InternalError", "etcdserver: request timed out"),
                    object(namespace("nomos-a-1")));

            home().create();

            assertThat(server.times("POST " + NAMESPACES)).isEqualTo(4);
        }

        @Test
        void tellsWhatTheServerAnswersAllTheTime() {
            server.on("POST " + NAMESPACES, refusal(503, "ServiceUnavailable", "etcd has no leader."));

            assertThat(failure(() -> home().create())).isEqualTo("the API server answered 503: etcd has no leader");
        }

        @Test
        void takesTheNamespaceThatItMadeWhenTheAnswerWasLost() {
            server.on(
                            "POST " + NAMESPACES,
                            refusal(504, "Timeout", "the request did not complete"),
                            refusal(409, "AlreadyExists", "namespaces \"nomos-a-1\" already exists"))
                    .on("GET " + NAMESPACE, object(namespace("nomos-a-1")));

            home().create();

            assertThat(server.times("GET " + NAMESPACE)).isEqualTo(1);
        }

        @Test
        void leavesANamespaceOfTheSameNameThatIsNotItsOwn() {
            server.on("POST " + NAMESPACES, refusal(409, "AlreadyExists", "namespaces \"nomos-a-1\" already exists"))
                    .on("GET " + NAMESPACE, object(namespace("somebody")));
            var home = home();

            assertThat(failure(home::create))
                    .isEqualTo("the API server answered 409: namespaces \"nomos-a-1\" already exists");
            home.delete();

            assertThat(server.times("DELETE " + NAMESPACE)).isZero();
        }

        @Test
        void takesTheAnchorThatItMadeInAGivenNamespaceWhenTheAnswerWasLost() {
            var place = new ObjectPlacement("team", "nomos-a-1-", "nomos-a-1", "nomos-a", Instant.EPOCH);
            var anchor = Anchor.of(place);
            anchor.getMetadata().setUid("11111111-2222-3333-4444-555555555555");
            String configMaps = NAMESPACES + "/team/configmaps";
            server.on("POST " + configMaps, refusal(409, "AlreadyExists", "it exists"))
                    .on("GET " + configMaps + "/nomos-a-1-deployment", object(anchor));
            var home = new GivenNamespace(server.client(), place);

            home.create();

            var owners = home.belonging(
                            NodeManifests.service(place, NODE, NodeAccess.PORT_FORWARD, PodPort.OF_DEV_NODES))
                    .getMetadata()
                    .getOwnerReferences();
            assertThat(owners).hasSize(1);
            assertThat(owners.get(0).getUid()).isEqualTo("11111111-2222-3333-4444-555555555555");
        }

        @Test
        void makesAServiceAgainWhoseAddressWasLost() {
            var service = NodeManifests.service(PLACE, NODE, NodeAccess.PORT_FORWARD, PodPort.OF_DEV_NODES);
            server.on(
                            "POST " + SERVICES,
                            refusal(409, "AlreadyExists", "services \"validator-0\" already exists"),
                            object(service))
                    .on("DELETE " + SERVICES + "/validator-0", object(status(200, "", "")));

            assertThat(Creation.inHome(server.client(), service)).isEqualTo(service);

            assertThat(server.times("DELETE " + SERVICES + "/validator-0")).isEqualTo(1);
        }

        @Test
        void waitsForTheServiceAccountAndTheQuotaOfAYoungNamespace() {
            var pod = pod("");
            server.on(
                    "POST " + PODS,
                    refusal(
                            403,
                            "Forbidden",
                            "pods \"validator-0-1\" is forbidden: error looking up service account"
                                    + " nomos-a-1/default: serviceaccount \"default\" not found"),
                    refusal(409, "Conflict", "Operation cannot be fulfilled on resourcequotas \"nomos\""),
                    object(pod));

            assertThat(Creation.inHome(server.client(), pod)).isEqualTo(pod);
        }

        @Test
        void doesNotAskAgainForWhatIsForbidden() {
            server.on("POST " + PODS, refusal(403, "Forbidden", "pods is forbidden: User \"me\" cannot create"));

            assertThatThrownBy(() -> Creation.inHome(server.client(), pod("")))
                    .isInstanceOf(KubernetesClientException.class);

            assertThat(server.times("POST " + PODS)).isEqualTo(1);
        }

        @Test
        void tellsOfAnAnswerThatIsNotOfKubernetes() {
            server.on("POST " + NAMESPACES, text(200, "<html>Please sign in</html>"));

            assertThat(failure(() -> home().create()))
                    .startsWith("what answers is no API server of Kubernetes, perhaps a proxy: ")
                    .contains("<html>Please sign in</html>");
        }
    }

    private static Pod pod(String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("validator-0-1")
                .withNamespace("nomos-a-1")
                .withUid("1")
                .withResourceVersion(Integer.toString(phase.length()))
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static Object pods(String version, Pod... pods) {
        return new PodListBuilder()
                .withNewMetadata()
                .withResourceVersion(version)
                .endMetadata()
                .withItems(pods)
                .build();
    }

    private static Object events(String version, Event... events) {
        return new EventListBuilder()
                .withNewMetadata()
                .withResourceVersion(version)
                .endMetadata()
                .withItems(events)
                .build();
    }

    private static Event event(String reason) {
        return new EventBuilder()
                .withNewMetadata()
                .withName("validator-0-1." + reason)
                .withNamespace("nomos-a-1")
                .withResourceVersion("1")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Pod")
                .withName("validator-0-1")
                .endInvolvedObject()
                .withType("Normal")
                .withReason(reason)
                .withLastTimestamp("2026-01-02T03:04:05Z")
                .build();
    }

    /** Notes what it hears of a pod. */
    private static final class Listening implements PodWatch.Follower {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void seen(PodState state) {
            heard.add("seen " + state.phase());
        }

        @Override
        public void gone(PodState state) {
            heard.add("gone " + state.detail());
        }

        @Override
        public void lost(String reason) {
            heard.add("lost " + reason);
        }

        private String next() throws InterruptedException {
            var allowance = Allowance.ofRealTime(Duration.ofSeconds(60));
            long start = System.nanoTime();
            String next = null;
            while (next == null && !allowance.isOver(System.nanoTime() - start)) {
                next = heard.poll(100, TimeUnit.MILLISECONDS);
            }
            return "" + next;
        }
    }

    @Nested
    class Watching {
        private static final Object TOO_OLD = status(410, "Expired", "too old resource version: 1 (9)");

        private final Listening node = new Listening();

        @Test
        void hearsOfWhatHappenedWhileTheHistoryWasLost() throws Exception {
            server.on("GET " + PODS, object(pods("1", pod("Pending"))), object(pods("9", pod("Succeeded"))))
                    .on("WATCH " + PODS, changes("ERROR", TOO_OLD), changes());
            try (var watch = PodWatch.prepare(server.client(), PLACE)) {
                watch.follow("validator-0-1", node);
                watch.start();

                assertThat(node.next()).isEqualTo("seen COMING");
                assertThat(node.next()).isEqualTo("seen ENDED");
            }
        }

        @Test
        void hearsThatAPodWentWhileTheHistoryWasLost() throws Exception {
            server.on("GET " + PODS, object(pods("1", pod("Pending"))), object(pods("9")))
                    .on("WATCH " + PODS, changes("ERROR", TOO_OLD), changes());
            try (var watch = PodWatch.prepare(server.client(), PLACE)) {
                watch.follow("validator-0-1", node);
                watch.start();

                assertThat(node.next()).isEqualTo("seen COMING");
                assertThat(node.next()).isEqualTo("gone its pod was deleted");
            }
        }

        @Test
        void listsPodsAgainAfterAnEventThatIsNone() throws Exception {
            server.on("GET " + PODS, object(pods("1", pod("Pending"))), object(pods("9", pod("Succeeded"))))
                    .on("WATCH " + PODS, words("<html>"), changes());
            try (var watch = PodWatch.prepare(server.client(), PLACE)) {
                watch.follow("validator-0-1", node);
                watch.start();

                assertThat(node.next()).isEqualTo("seen COMING");
                assertThat(node.next()).isEqualTo("seen ENDED");
            }
        }

        @Test
        void tellsAtOnceThatPodsCannotBeListed() {
            server.on("GET " + PODS, refusal(403, "Forbidden", "pods is forbidden: User \"me\" cannot list"));
            var watch = PodWatch.prepare(server.client(), PLACE);

            assertThat(failure(watch::start))
                    .isEqualTo("the API server answered 403: pods is forbidden: User \"me\" cannot list. Bind a role"
                            + " that allows it: org/junitnomos/k8s/cluster-role.yaml in the jar of junit-nomos-k8s,"
                            + " and where a namespace is given, role.yaml beside it");
        }

        @Test
        void writesEventsDownThatCameWhileTheHistoryWasLost() throws Exception {
            server.on("GET " + EVENTS, object(events("1", event("Scheduled"))), object(events("9", event("Killing"))))
                    .on("WATCH " + EVENTS, changes("ERROR", TOO_OLD), changes());
            Path file = directory.resolve("events.log");
            try (var log = EventLog.open(server.client(), PLACE, file);
                    var run = new ClusterRun(directory)) {
                run.await(
                        "both are written",
                        () -> Files.exists(file) && Files.readAllLines(file).size() == 2);
            }
            assertThat(Files.readAllLines(file))
                    .containsExactly(
                            "2026-01-02T03:04:05Z Normal Scheduled Pod/validator-0-1: ",
                            "2026-01-02T03:04:05Z Normal Killing Pod/validator-0-1: ");
        }
    }
}
