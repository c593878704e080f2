package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.time.VisibleText;

/** Finds the cluster and the credentials that the settings, or else the usual places, name. */
final class ClusterConfig {
    private static final String HOW =
            " Name the kubeconfig of a cluster in KUBECONFIG or in the setting 'nomos.kubernetes.kubeconfig'. Without"
                    + " a cluster, run on another backend (nomos.backend: embedded, process, container).";

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 30_000;

    /** A connection for each node's log and several for each forwarded port are open at the same time. */
    private static final int MOST_REQUESTS = 4_096;

    private static final int RETRIES = 3;

    private ClusterConfig() {}

    /** Says why no cluster can be found: what is missing and how to get it; empty if one is named somewhere. */
    static Optional<String> missing(KubernetesSettings settings, Map<String, String> environment) {
        Path chosen = settings.kubeconfig();
        if (chosen != null) {
            return Files.isReadable(chosen)
                    ? Optional.empty()
                    : Optional.of("Setting 'nomos.kubernetes.kubeconfig' names " + chosen
                            + ", which is no file that can be read." + HOW);
        }
        boolean inCluster = environment.containsKey("KUBERNETES_SERVICE_HOST")
                && Files.isReadable(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
        var places = new ArrayList<String>(Config.getKubeconfigFilenames());
        if (inCluster || places.stream().anyMatch(place -> Files.isReadable(Path.of(place)))) {
            return Optional.empty();
        }
        return Optional.of("There is no kubeconfig at " + String.join(", ", places)
                + ", and these tests do not run in a pod." + HOW);
    }

    /**
     * Reads the configuration of a client.
     *
     * @throws DeploymentException if it cannot be read, or does not have the context
     */
    static Config read(@Nullable Path chosen, @Nullable String context) {
        Config config;
        try {
            Kubeconfig.read(chosen).ifPresent(file -> file.check(context));
            config = chosen == null ? Config.autoConfigure(context) : Config.fromKubeconfig(context, chosen.toFile());
        } catch (DeploymentException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the parser has several of its own
            throw new DeploymentException(
                    "The kubeconfig " + (chosen == null ? "" : chosen + " ") + "cannot be read: " + why(e) + ".", e);
        }
        return new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withMaxConcurrentRequests(MOST_REQUESTS)
                .withMaxConcurrentRequestsPerHost(MOST_REQUESTS)
                .build();
    }

    /** Says in one line what went wrong at the bottom of it, without the last full stop. */
    static String why(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        String text = String.valueOf(root.getMessage()).strip().replaceAll("\\s+", " ");
        return VisibleText.of(text.replaceFirst("\\.$", ""));
    }

    /**
     * Says why a request failed, as {@link ApiFailures#text}; where the credentials are refused, with the plugin that
     * they come from and what it printed. Blocks while that runs.
     */
    static String text(KubernetesClientException e, KubernetesSettings settings) {
        String text = ApiFailures.text(e);
        String plugin = ApiFailures.isUnauthorized(e) ? plugin(settings.kubeconfig(), settings.context()) : "";
        return plugin.isEmpty() ? text : text + ": " + plugin;
    }

    /** Says what the plugin does that gives the credentials of a context; empty if there is none. */
    private static String plugin(@Nullable Path chosen, @Nullable String context) {
        try {
            var plugin = Kubeconfig.read(chosen).flatMap(read -> read.plugin(context));
            return plugin.isEmpty() ? "" : plugin.get().told();
        } catch (IOException | KubernetesClientException | IllegalArgumentException unreadable) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
