package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortLeaseTests {
    @TempDir
    Path directory;

    private Session session;
    private SessionRoot root;

    @BeforeEach
    void openSession() throws IOException {
        root = new SessionRoot(directory.toRealPath().resolve("nomos"));
        session = new Session(root, (where, name) -> () -> {});
    }

    @AfterEach
    void closeSession() {
        session.close();
    }

    @Test
    void areOutsideOfTheRangeOfTheSystem() throws IOException {
        int port = session.scope("run").leasePort().port();
        assertThat(port).isBetween(20_000, 32_767);
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        if (Files.exists(range)) {
            assertThat(port)
                    .isLessThan(Integer.parseInt(SmallFiles.read(range).strip().split("\\s+")[0]));
        }
    }

    @Test
    void excludeEachOtherAcrossSessionsAndThreads() throws Exception {
        var other = new Session(root, (where, name) -> () -> {});
        var threads = Executors.newFixedThreadPool(4);
        try {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 40; i++) {
                var scope = (i % 2 == 0 ? session : other).scope("run");
                tasks.add(() -> scope.leasePort().port());
            }
            var ports = new TreeSet<Integer>();
            for (var each : threads.invokeAll(tasks)) {
                assertThat(ports.add(each.get())).isTrue();
            }
            assertThat(leases()).hasSize(40);
        } finally {
            threads.shutdown();
            other.close();
        }
        assertThat(leases()).hasSize(20);
    }

    private List<String> leases() throws IOException {
        try (var files = Files.list(root.ports())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .toList();
        }
    }

    @Test
    void areSkippedWhileSomebodyListensOrHoldsThem() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            var one = new PortLeases(root, port, port);
            assertThatThrownBy(() -> one.lease(session.scope("run"), 0))
                    .isInstanceOf(SessionException.class)
                    .hasMessage("No port to lease: tried 1 of " + port + " to " + port
                            + ", all in use or leased. Leases are files in " + root.ports());
            taken.close();
            var lease = one.lease(session.scope("run"), 0);
            assertThat(lease.port()).isEqualTo(port);
            assertThatThrownBy(() -> one.lease(session.scope("run"), 0)).isInstanceOf(SessionException.class);
            lease.close();
            lease.close();
            assertThat(one.lease(session.scope("run"), 0).port()).isEqualTo(port);
        }
    }

    @Test
    void areTheSameAgainForTheSameNumber() {
        var scope = session.scope("run");
        var first = scope.leasePort(4_711);
        var beside = scope.leasePort(4_711);
        int port = first.port();
        first.close();

        assertThat(beside.port()).isNotEqualTo(port);
        assertThat(scope.leasePort(4_711).port()).isEqualTo(port);
    }

    @Test
    void areTakenOverFromSessionsThatSomebodyDeletedByHand() throws IOException {
        session.scope("run").leasePort().close();
        Files.writeString(root.ports().resolve("20005"), "nomos-0000000000000000-1\n");
        var one = new PortLeases(root, 20_005, 20_005);
        assertThat(one.lease(session.scope("run"), 0).port()).isEqualTo(20_005);
    }

    @Test
    void areGivenBackByInterruptedThreads() throws IOException {
        var lease = session.scope("run").leasePort();
        Thread.currentThread().interrupt();
        lease.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(leases()).isEmpty();
        assertThat(session.scope("run").settle()).isEmpty();
    }

    @Test
    void cannotBeHadWhereTheSystemTakesEveryPort() {
        var none = new PortLeases(root, 20_000, 19_999);
        assertThatThrownBy(() -> none.lease(session.scope("run"), 0))
                .isInstanceOf(SessionException.class)
                .hasMessage("No port to lease: the system takes ports for itself from 20000 on, expected above 20000."
                        + " Raise the start of net.ipv4.ip_local_port_range");
    }
}
