package org.junitnomos.ends;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test JVM of its own: it runs classes, one after the other, and says how each test ended. */
final class LauncherMain {

    private LauncherMain() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        ParentPipe.follow();
        var classes = new ArrayList<ClassSelector>();
        for (String name : arguments) {
            classes.add(selectClass(Class.forName(name)));
        }
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes)
                .configurationParameter("tests.limit", "10 min")
                .build();
        var listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String why = result.getThrowable().map(Object::toString).orElse("");
                System.out.println("ended " + test.getLegacyReportingName() + " " + result.getStatus() + " "
                        + why.replace("\n", " | "));
            }
        };
        try (var session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, listener);
        } catch (OutOfMemoryError e) {
            System.out.println("launcher failed " + e);
        }
        System.out.println("launcher ended");
        System.exit(0); // as Surefire and consoles do: after an OutOfMemoryError JUnit leaves a thread of its own
    }
}
