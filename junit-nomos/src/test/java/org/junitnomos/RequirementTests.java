package org.junitnomos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junitnomos.testkit.NeedsChromium;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.NeedsNetAdmin;
import org.junitnomos.testkit.SaysWhatItNeeds;

/**
 * A test that needs a Docker engine, a browser, or rules of nftables, says so: it is skipped with a reason where there
 * are none.
 */
@AnalyzeClasses(packages = "org.junitnomos", importOptions = OnlyIncludeTests.class)
class RequirementTests {

    @ArchTest
    static final ArchRule testsWithARealEngineSaySo = classes()
            .that()
            .resideOutsideOfPackage("org.junitnomos.k8s..")
            .should(new SaysWhatItNeeds(
                    NeedsDocker.class,
                    Set.of(
                            "org.junitnomos.deploy.container.Engine.find()",
                            "org.junitnomos.deploy.container.ContainerDeployer.<init>()",
                            "org.testcontainers.DockerClientFactory.instance()")));

    @ArchTest
    static final ArchRule testsWithABrowserSaySo = classes()
            .should(new SaysWhatItNeeds(
                    NeedsChromium.class, Set.of("org.junitnomos.testkit.Chromium.start(java.nio.file.Path)")));

    @ArchTest
    static final ArchRule testsWithRulesOfNftablesSaySo = classes()
            .should(new SaysWhatItNeeds(
                    NeedsNetAdmin.class,
                    Set.of(
                            "org.junitnomos.deploy.nft.Nft.ofThisMachine()",
                            "org.junitnomos.deploy.relay.EnforcedRelay"
                                    + ".open(org.junitnomos.deploy.session.Scope, long)")));
}
