package org.junitnomos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.SaysWhatItNeeds;

/** A test that needs a Docker engine says so: it is skipped with a reason where there is none. */
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
}
