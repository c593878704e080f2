package org.junitnomos.k8s;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;

/**
 * The test JVM that is killed: it writes down a deployment in the cluster that its settings lead to, as the backend
 * does, and tells of it. It ends by itself when its parent does.
 */
final class OwnerMain {
    private OwnerMain() {}

    public static void main(String[] arguments) throws Exception {
        var chosen = new LinkedHashMap<String, String>();
        for (int i = 1; i < arguments.length; i += 2) {
            chosen.put("nomos.kubernetes." + arguments[i], arguments[i + 1]);
        }
        var settings = SettingSource.read(chosen, Map.of());
        var config = ClusterConfig.read(settings.kubeconfig(), settings.context());
        var session = Session.at(Path.of(arguments[0]));
        System.out.println("session " + session.id());
        var entry = session.scope("run")
                .register(
                        ResourceKind.CLUSTER,
                        ClusterAddress.of(settings, config).entryName());
        System.out.println("marker " + entry.marker());
        System.out.println("directory " + session.directory());
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(1);
    }
}
