package org.junitnomos.k8s;

import org.junitnomos.runner.ClusterBenchmark;
import org.openjdk.jmh.annotations.Setup;

/** Runs of a minute with five validators as pods. */
public class KubernetesClusterBenchmark extends ClusterBenchmark {
    /** Create it. */
    public KubernetesClusterBenchmark() {
        super(KubernetesDeployer.BACKEND);
    }

    /** Name the cluster, in this JVM of the benchmark alone. */
    @Setup
    public void name() {
        System.setProperty(
                "nomos.kubernetes.kubeconfig", TestCluster.get().userConfig().toString());
    }
}
