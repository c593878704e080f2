package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junitnomos.testkit.Unmet;
import org.junitnomos.time.Patience;
import org.junitnomos.time.Threads;

/**
 * The DNS of a cluster that has none: it stands where pods of the local cluster look for one, and knows the services of
 * one session and no other name, so that other tests beside it still have no DNS.
 */
final class ServiceDns implements AutoCloseable {
    private static final int PORT = 53;
    private static final int HEADER = 12;
    private static final int NO_SUCH_NAME = 0x8403;
    private static final int FOUND = 0x8400;
    private static final int POINTER_TO_QUESTION = 0xC00C;
    private static final Pattern SERVICE = Pattern.compile("([^.]+)\\.([^.]+)\\.svc\\.cluster\\.local");

    private final DatagramSocket socket;
    private final KubernetesClient admin;
    private final String namespaces;

    private ServiceDns(DatagramSocket socket, KubernetesClient admin, String namespaces) {
        this.socket = socket;
        this.admin = admin;
        this.namespaces = namespaces;
    }

    /**
     * Begin to answer.
     *
     * @param namespaces what the names of the session's namespaces begin with
     */
    static ServiceDns open(KubernetesClient admin, String namespaces) throws Exception {
        var machine = InetAddress.getByName(admin.getMasterUrl().getHost());
        var bound = new AtomicReference<DatagramSocket>();
        // Other tests of this machine may stand there, for as long as one of them takes.
        if (!Patience.until(() -> bind(machine, bound), Duration.ofSeconds(120), Duration.ofMillis(200))) {
            throw new IllegalStateException("UDP port 53 of " + machine + " is used by others for 120 s");
        }
        var dns = new ServiceDns(bound.get(), admin, namespaces);
        Threads.daemon("dns", dns::answerAll).start();
        return dns;
    }

    private static boolean bind(InetAddress machine, AtomicReference<DatagramSocket> bound) {
        try {
            bound.set(new DatagramSocket(PORT, machine));
            return true;
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                return false;
            }
            throw Unmet.unmet("a DNS for pods needs root on the machine of the cluster: " + e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answerAll() {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                try {
                    byte[] answer = answer(packet.getData(), packet.getLength());
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (KubernetesClientException e) {
                    continue; // whoever asked will ask again
                }
            }
        } catch (IOException e) {
            socket.close(); // it was closed
        }
    }

    private byte[] answer(byte[] query, int length) throws IOException {
        var name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
            at += query[at] + 1;
        }
        int type = query[at + 2];
        int end = at + 5;
        String address = addressOf(name.toString());
        boolean given = address != null && type == 1;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort(address == null ? NO_SUCH_NAME : FOUND);
        out.writeShort(1);
        out.writeShort(given ? 1 : 0);
        out.writeInt(0);
        out.write(query, HEADER, end - HEADER);
        if (given) {
            out.writeShort(POINTER_TO_QUESTION);
            out.writeShort(1);
            out.writeShort(1);
            out.writeInt(1);
            out.writeShort(4);
            out.write(InetAddress.getByName(address).getAddress());
        }
        return bytes.toByteArray();
    }

    private String addressOf(String name) {
        var service = SERVICE.matcher(name);
        if (!service.matches() || !service.group(2).startsWith(namespaces)) {
            return null;
        }
        var found = admin.services()
                .inNamespace(service.group(2))
                .withName(service.group(1))
                .get();
        return found == null ? null : found.getSpec().getClusterIP();
    }

    @Override
    public void close() {
        socket.close();
    }
}
