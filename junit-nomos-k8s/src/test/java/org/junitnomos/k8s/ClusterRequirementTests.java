package org.junitnomos.k8s;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;
import org.junitnomos.testkit.SaysWhatItNeeds;

/** A test that needs a cluster says so: it is skipped with a reason where there is none. */
@AnalyzeClasses(packages = "org.junitnomos.k8s", importOptions = OnlyIncludeTests.class)
class ClusterRequirementTests {
    private static final SaysWhatItNeeds SAY_SO = new SaysWhatItNeeds(
            NeedsCluster.class,
            Set.of(
                    "org.junitnomos.k8s.TestCluster.get()",
                    "org.junitnomos.k8s.KubernetesDeployer.<init>()",
                    "org.junitnomos.k8s.TestCluster.nodeImage()"));

    @ArchTest
    static void testsWithARealClusterSaySo(JavaClasses all) {
        classes().should(SAY_SO).check(all);
    }

    @ArchTest
    static void thereAreSome(JavaClasses all) {
        assertThat(all)
                .filteredOn(each -> each.isAnnotatedWith(NeedsCluster.class))
                .isNotEmpty();
    }
}
