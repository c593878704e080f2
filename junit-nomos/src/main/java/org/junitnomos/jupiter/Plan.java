package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import java.util.List;
import org.junitnomos.scenario.Scenario;

/**
 * All that annotations say: the scenario, and the two lifetimes that only JUnit knows of.
 *
 * @param scenario the plan of the run
 * @param terms how the problems of the scenario name what annotations said
 * @param run what one run spans; not {@link RunScope#INHERIT}
 * @param cluster how long the cluster lives; not {@link ClusterScope#INHERIT}
 */
record Plan(Scenario scenario, AnnotationTerms terms, RunScope run, ClusterScope cluster) {
    private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(
            Topology.class,
            Wallets.class,
            Links.class,
            ClockSkew.class,
            RunFor.class,
            Workload.class,
            Expect.class,
            ScenarioOptions.class,
            NoWorkloads.class,
            NoExpectations.class,
            TopologySweep.class);

    /** Says whether an annotation says anything about a scenario; composed ones do so by what they carry. */
    static boolean isPartOfPlan(Annotation annotation) {
        return ANNOTATIONS.contains(annotation.annotationType());
    }
}
