package org.junitnomos.ends;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test JVM of its own: it runs one class, and says how each test ended. */
final class LauncherMain {

    private LauncherMain() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        ParentPipe.follow();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Class.forName(arguments[0])))
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
