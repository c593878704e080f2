package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;

/**
 * What the kubeconfigs of a user say, read as kubectl does, several of them together. The client library passes over a
 * context that is not there, and takes another cluster: such files are refused before it sees them.
 */
final class Kubeconfig {
    private static final String SETTING = "nomos.kubernetes.context";

    private final List<Path> files;
    private final Map<String, Context> contexts = new TreeMap<>();
    private final Map<String, Optional<CredentialPlugin>> users = new TreeMap<>();
    private final Set<String> clusters = new TreeSet<>();
    private final Map<String, String> broken = new TreeMap<>(); // what is wrong with a cluster or a user
    private @Nullable String current;

    private Kubeconfig(List<Path> files) {
        this.files = files;
    }

    /**
     * Reads the file that was chosen, or those that the environment names.
     *
     * @return empty if there is none, as in a pod
     * @throws IOException if one cannot be read
     */
    static Optional<Kubeconfig> read(@Nullable Path chosen) throws IOException {
        var files = new ArrayList<Path>();
        if (chosen != null) {
            files.add(chosen);
        } else {
            for (String name : Config.getKubeconfigFilenames()) {
                if (Files.isReadable(Path.of(name))) {
                    files.add(Path.of(name));
                }
            }
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(read(files));
    }

    static Kubeconfig read(List<Path> files) throws IOException {
        var read = new Kubeconfig(files);
        for (var file : files) {
            read.add(file, Files.readString(file));
        }
        return read;
    }

    /** What a file says counts only where none before it said it. */
    private void add(Path path, String text) {
        Object found = text.isBlank()
                ? null
                : new KubernetesSerialization()
                        .unmarshal(text, (Class<?>) io.fabric8.kubernetes.api.model.Config.class);
        if (found == null) {
            return;
        }
        if (!(found instanceof io.fabric8.kubernetes.api.model.Config file)) {
            throw new IllegalArgumentException("it has several documents, expected one");
        }
        String named = file.getCurrentContext();
        if (current == null && named != null && !named.isBlank()) {
            current = named;
        }
        named(file.getContexts(), NamedContext::getName)
                .forEach((name, each) ->
                        contexts.putIfAbsent(name, each.getContext() == null ? new Context() : each.getContext()));
        named(file.getClusters(), NamedCluster::getName).forEach((name, each) -> {
            if (clusters.add(name)) {
                note("cluster", name, wrong(each.getCluster(), path));
            }
        });
        named(file.getUsers(), NamedAuthInfo::getName).forEach((name, each) -> {
            if (users.putIfAbsent(name, plugin(each, path)) == null) {
                note("user", name, wrong(each.getUser(), path));
            }
        });
    }

    private void note(String kind, String name, @Nullable String wrong) {
        if (wrong != null) {
            broken.put(kind + " \"" + name + "\"", wrong);
        }
    }

    private static @Nullable String wrong(@Nullable Cluster cluster, Path file) {
        if (cluster == null
                || cluster.getServer() == null
                || cluster.getServer().isBlank()) {
            return "has no server, expected its URL";
        }
        String server = cluster.getServer().strip();
        String host = server.replaceFirst("^https?://", "");
        if (!host.matches("[^/\\s:]\\S*") || host.contains("://")) {
            return "has the server \"" + server + "\", expected a URL such as https://host:6443";
        }
        return cluster.getCertificateAuthorityData() == null ? missing(file, cluster.getCertificateAuthority()) : null;
    }

    private static @Nullable String wrong(@Nullable AuthInfo user, Path file) {
        if (user == null) {
            return null;
        }
        var plugin = user.getExec();
        if (plugin != null && (plugin.getCommand() == null || plugin.getApiVersion() == null)) {
            return "has a plugin (exec) without " + (plugin.getCommand() == null ? "a command" : "an apiVersion");
        }
        return missing(
                file,
                user.getClientCertificateData() == null ? user.getClientCertificate() : null,
                user.getClientKeyData() == null ? user.getClientKey() : null,
                user.getToken() == null ? user.getTokenFile() : null);
    }

    /** Paths count from the directory of the file that names them, as for kubectl. */
    private static @Nullable String missing(Path file, @Nullable String... names) {
        for (String name : names) {
            if (name != null && !name.isEmpty()) {
                Path named = file.toAbsolutePath().resolveSibling(name);
                if (!Files.isRegularFile(named) || !Files.isReadable(named)) {
                    return "names " + named + ", which is no file that can be read";
                }
            }
        }
        return null;
    }

    /** Lists and names of a file can be null; nothing can refer to what has no name. */
    private static <T> Map<String, T> named(@Nullable List<@Nullable T> all, Function<T, @Nullable String> naming) {
        var named = new TreeMap<String, T>();
        for (T each : all == null ? List.<T>of() : all) {
            String name = each == null ? null : naming.apply(each);
            if (each != null && name != null) {
                named.putIfAbsent(name, each);
            }
        }
        return named;
    }

    /** Its path counts from the directory of the file that has the user, as for kubectl. */
    private static Optional<CredentialPlugin> plugin(NamedAuthInfo named, Path file) {
        return Optional.ofNullable(named.getUser())
                .map(AuthInfo::getExec)
                .map(plugin ->
                        new CredentialPlugin(plugin, file.toAbsolutePath().resolveSibling("")));
    }

    /**
     * Checks that the context is there, with its cluster and its user.
     *
     * @param asked the context that a setting names; null for the current one
     * @throws DeploymentException if not; names file and context
     */
    void check(@Nullable String asked) {
        String names = String.join(", ", contexts.keySet());
        if (asked != null && !contexts.containsKey(asked)) {
            throw refused("Setting '" + SETTING + "' is \"" + asked + "\", expected "
                    + (contexts.isEmpty() ? "a context, but " + files() + " has none." : "one of " + names + "."));
        }
        if (contexts.isEmpty()) {
            throw refused("The kubeconfig " + files() + " has no context, so it leads to no cluster. Write one (kubectl"
                    + " config set-context), or name another file in KUBECONFIG or 'nomos.kubernetes.kubeconfig'.");
        }
        String context = asked == null ? current : asked;
        if (context == null) {
            throw refused("The kubeconfig " + files() + " has no current context, expected one of " + names
                    + ". Choose it (kubectl config use-context), or set '" + SETTING + "'.");
        }
        var found = contexts.get(context);
        if (found == null) {
            throw refused("The kubeconfig " + files() + " has the current context \"" + context + "\", expected one of "
                    + names + ". Choose one (kubectl config use-context), or set '" + SETTING + "'.");
        }
        if (found.getCluster() == null || !clusters.contains(found.getCluster())) {
            throw refused("The context \"" + context + "\" of kubeconfig " + files() + " has "
                    + (found.getCluster() == null ? "no cluster" : "the cluster \"" + found.getCluster() + "\"")
                    + ", expected " + oneOf(clusters) + ". Mend the file.");
        }
        if (found.getUser() != null && !found.getUser().isEmpty() && !users.containsKey(found.getUser())) {
            throw refused("The context \"" + context + "\" of kubeconfig " + files() + " has the user \""
                    + found.getUser() + "\", expected " + oneOf(users.keySet()) + ". Mend the file.");
        }
        for (var part : List.of("cluster \"" + found.getCluster() + "\"", "user \"" + found.getUser() + "\"")) {
            if (broken.containsKey(part)) {
                throw refused(
                        "The " + part + " of kubeconfig " + files() + " " + broken.get(part) + ". Mend the file.");
            }
        }
    }

    private static String oneOf(Set<String> names) {
        return names.isEmpty() ? "one, but there is none" : "one of " + String.join(", ", names);
    }

    /** Finds the plugin that gives the credentials of a context, if one does. */
    Optional<CredentialPlugin> plugin(@Nullable String asked) {
        var context = contexts.get(String.valueOf(asked == null ? current : asked));
        return context == null || context.getUser() == null
                ? Optional.empty()
                : users.getOrDefault(context.getUser(), Optional.empty());
    }

    private String files() {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }

    private static DeploymentException refused(String text) {
        return new DeploymentException(text, null);
    }
}
