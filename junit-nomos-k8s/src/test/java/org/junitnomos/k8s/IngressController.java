package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junitnomos.time.Threads;

/**
 * Serves the ingresses of one class, as a controller in a cluster does: it watches them, chooses a service by the host
 * that a request names, and passes on every byte at once. A connection is for the host of its first request.
 */
final class IngressController implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int LARGEST_HEAD = 16_384;
    private static final Pattern HOST = Pattern.compile("(?im)^host: *([^:\r\n]+)");

    private final KubernetesClient client;
    private final String className;
    private final SharedIndexInformer<Ingress> ingresses;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<String> hosts = new CopyOnWriteArrayList<>();

    private IngressController(KubernetesClient client, String className) throws IOException {
        this.client = client;
        this.className = className;
        this.ingresses = client.network().v1().ingresses().inAnyNamespace().inform();
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Threads.daemon("ingress-controller", this::accept).start();
    }

    /** Begin to serve; returns when all ingresses are known that are there. */
    static IngressController start(KubernetesClient client, String className) throws IOException {
        return new IngressController(client, className);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                sockets.add(socket);
                Threads.daemon("ingress", () -> serve(socket)).start();
            }
        } catch (IOException e) {
            sockets.forEach(IngressController::closeQuietly); // it was closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            byte[] head = head(socket.getInputStream());
            var named = HOST.matcher(new String(head, StandardCharsets.ISO_8859_1));
            String host = named.find() ? named.group(1).strip() : "";
            var service = backend(host);
            if (service.isEmpty()) {
                answer(socket, "404 Not Found");
                return;
            }
            hosts.add(host);
            try (var upstream = new Socket()) {
                sockets.add(upstream);
                upstream.connect(service.get(), CONNECT_MILLIS);
                upstream.getOutputStream().write(head);
                Threads.daemon("ingress-up", () -> copy(socket, upstream)).start();
                copy(upstream, socket);
            } catch (IOException e) {
                answer(socket, "503 Service Unavailable");
            }
        } catch (IOException e) {
            return; // whoever asked has gone
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (head.size() < LARGEST_HEAD
                && !head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toByteArray();
    }

    private Optional<InetSocketAddress> backend(String host) {
        for (var ingress : ingresses.getStore().list()) {
            for (var rule : ingress.getSpec().getRules()) {
                if (className.equals(ingress.getSpec().getIngressClassName()) && host.equals(rule.getHost())) {
                    var wanted = rule.getHttp().getPaths().get(0).getBackend().getService();
                    var service = client.services()
                            .inNamespace(ingress.getMetadata().getNamespace())
                            .withName(wanted.getName())
                            .get();
                    return Optional.ofNullable(service)
                            .map(found -> found.getSpec().getPorts().stream()
                                    .filter(port -> port.getName()
                                            .equals(wanted.getPort().getName()))
                                    .map(port -> new InetSocketAddress(
                                            found.getSpec().getClusterIP(), port.getPort()))
                                    .findFirst()
                                    .orElseThrow());
                }
            }
        }
        return Optional.empty();
    }

    private static void answer(Socket socket, String status) throws IOException {
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            return; // one of the two ended
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is closed
        }
    }

    @Override
    public void close() throws IOException {
        ingresses.close();
        listener.close();
        sockets.forEach(IngressController::closeQuietly);
    }
}
