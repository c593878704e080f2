package ide;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Runs the tests of a directory of classes, in one launcher and without any word of a build, as IDEs do. */
final class IdeMain {
    public static void main(String[] arguments) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .build();
        var reports = new LegacyXmlReportGeneratingListener(Path.of(arguments[1]), new PrintWriter(System.err, true));
        LauncherFactory.create().execute(request, reports);
    }
}
