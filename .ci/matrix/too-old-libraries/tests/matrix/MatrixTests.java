package matrix;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class MatrixTests {
    @Test
    void saysWhatWasFoundWhatIsNeededAndWhatToDo() {
        var listener = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(HelloTestCase.class))
                .build();
        LauncherFactory.create().execute(request, listener);

        var failures = listener.getSummary().getFailures();
        Assertions.assertFalse(failures.isEmpty(), "it ran");
        var said = failures.get(0).getException().toString();
        for (var text : new String[] {
            "junit-nomos needs Jackson 2.13 or newer, but found jackson-databind 2.12.7",
            "junit-nomos needs OkHttp 4.9 or newer, but found okhttp 3.x (okhttp-3.14.9.jar)",
            "junit-nomos needs BouncyCastle 1.70 or newer and no other beside it, but found bcprov-jdk15on-1.60.jar, bcprov"
        }) {
            Assertions.assertTrue(said.contains(text), said);
        }
    }
}
