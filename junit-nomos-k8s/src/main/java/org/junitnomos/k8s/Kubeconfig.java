package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ExecConfig;
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
    private final Map<String, Optional<ExecConfig>> users = new TreeMap<>();
    private final Set<String> clusters = new TreeSet<>();
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
        if (files.isEmpty()) {
            return Optional.empty();
        }
        var read = new Kubeconfig(files);
        for (var file : files) {
            read.add(Files.readString(file));
        }
        return Optional.of(read);
    }

    private void add(String text) {
        var file = text.isBlank()
                ? null
                : new KubernetesSerialization().unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        if (file == null) {
            return;
        }
        String named = file.getCurrentContext();
        if (current == null && named != null && !named.isBlank()) {
            current = named;
        }
        file.getContexts().forEach(each -> contexts.putIfAbsent(each.getName(), each.getContext()));
        file.getClusters().forEach(each -> clusters.add(each.getName()));
        file.getUsers()
                .forEach(each -> users.putIfAbsent(
                        each.getName(), Optional.ofNullable(each.getUser()).map(user -> user.getExec())));
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
            throw refused("The context \"" + context + "\" of kubeconfig " + files() + " has the cluster \""
                    + found.getCluster() + "\", expected one of " + String.join(", ", clusters) + ". Mend the file.");
        }
        if (found.getUser() != null && !found.getUser().isEmpty() && !users.containsKey(found.getUser())) {
            throw refused("The context \"" + context + "\" of kubeconfig " + files() + " has the user \""
                    + found.getUser() + "\", expected one of " + String.join(", ", users.keySet())
                    + ". Mend the file.");
        }
    }

    /** Finds the plugin that gives the credentials of a context, if one does. */
    Optional<ExecConfig> plugin(@Nullable String asked) {
        var context = contexts.get(String.valueOf(asked == null ? current : asked));
        return context == null || context.getUser() == null
                ? Optional.empty()
                : users.getOrDefault(context.getUser(), Optional.empty());
    }

    /** The directory from which relative paths in it count. */
    Path directory() {
        return Optional.ofNullable(files.get(0).toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    private String files() {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }

    private static DeploymentException refused(String text) {
        return new DeploymentException(text, null);
    }
}
