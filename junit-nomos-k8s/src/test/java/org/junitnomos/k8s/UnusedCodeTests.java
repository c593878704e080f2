package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Finds methods of both modules that nothing calls but their tests; this module sees what it uses of the core. */
@AnalyzeClasses(packages = "org.junitnomos", importOptions = UnusedCodeTests.MainCode.class)
class UnusedCodeTests {
    private static final List<String> PROVIDED = List.of(
            "org.junitnomos.deploy.Deployer",
            "org.junitnomos.deploy.SideContainers",
            "org.junitnomos.deploy.session.ClusterCleaner",
            "org.junitnomos.runner.RunReporter",
            "org.junit.platform.launcher.LauncherSessionListener",
            "org.junit.platform.launcher.PostDiscoveryFilter",
            "org.junit.platform.launcher.TestExecutionListener",
            "org.junit.jupiter.api.parallel.ResourceLocksProvider",
            "org.junit.jupiter.api.MethodOrderer");

    private static final Map<String, List<String>> FOR_TESTS = new LinkedHashMap<>();

    static {
        allow("tests plant defects", "DevNodeParts", "withBlockRules", "withDataAvailability", "withTransactionRules");
        allow("tests plant defects", "EmbeddedDeployer", "<init>");
        allow("tests plant defects", "DevNode", "<init>");
        allow("tests ask a port without the node behind it", "ApiPort", "url");
        allow("tests run programs that stand in for real nodes, which take other proofs", "DevProof", "accept");
        allow("tests break and count the exchanges", "EmbeddedDeployment", "transport");
        allow("tests have a ledger of their own, and leave things in it", "Session", "at", "id");
        allow("tests have a ledger of their own, and leave things in it", "Scope", "createDirectory");
        allow("tests have a ledger of their own, and leave things in it", "Entry", "number");
        allow("tests have a cleaner of their own", "ClusterRemover", "of");
        allow("tests have a session of their own", "KubernetesDeployer", "<init>");
        allow("tests say what runs as a node", "ProcessDeployer", "<init>");
        allow("tests view a whole journal", "ForkTree", "of");
        allow("tests see how much is held", "PersistentMap", "size");
        allow("tests see how much is held", "Memo", "size");
        allow("tests see how much is held", "EventHeap", "isEmpty", "size");
        allow("tests see how much is held", "DevNodeImage", "size");
        allow("tests see what went wrong", "EventFailedException", "event", "nanos");
        allow("tests see what went wrong", "PollTimeoutException", "attempts");
        allow("tests see what went wrong", "WireFormatException", "path");
        allow("tests see what went wrong", "Task", "failure", "name");
        allow("tests see what went wrong", "Signal", "name");
        allow("tests drive a timeline from outside", "Timeline", "enter", "exit");
        allow("tests drive a timeline from outside", "Signal", "await");
        allow("tests drive a timeline from outside", "VirtualTimeline", "<init>", "limitRealTime");
        allow("tests drive a timeline from outside", "SeededRandoms", "seed");
        allow("tests set short limits", "VirtualTimeSettings", "withCloseLimit", "withEpoch", "withHoldLimit");
        allow("vectors of the hash", "Poseidon2", "digest", "permute", "sequence");
        allow("the other end of what is sent", "MantleCodec", "decodeLedgerTx", "decodeSignedTx", "decodeTx", "encode");
        allow("the other end of what is sent", "MantleJson", "encode");
        allow("the other end of what is sent", "DeclarationId", "of");
        allow("the other end of what is sent", "Multiaddr", "toBytes");
        allow("the other end of what is written", "FileJournal", "file");
        allow("the other end of what is written", "JournalReader.Result", "isComplete");
        allow("the rule that refused, for tests of it", "RejectedTransactionException", "reason");
        allow("tests have reporters of their own", "ScenarioRun", "on");
        allow("a page lists them all", "RustVariables", "names");
        allow("what genesis declares, for tests of it", "GenesisTx", "declarations");
        allow("a link without a limit of bytes", "DevNodeConfig.LinkQuality", "<init>");
    }

    private static void allow(String reason, String type, String... methods) {
        assertThat(reason).isNotBlank();
        FOR_TESTS.computeIfAbsent(type, name -> new ArrayList<>()).addAll(List.of(methods));
    }

    @ArchTest
    static void nothingIsThereForTestsAlone(JavaClasses classes) {
        var found = new TreeSet<String>();
        for (var type : classes) {
            for (var code : type.getCodeUnits()) {
                if (mustBeCalled(type, code)
                        && !isCalled(code)
                        && !FOR_TESTS.getOrDefault(nameOf(type), List.of()).contains(code.getName())) {
                    found.add(code.getFullName());
                }
            }
        }
        assertThat(found).as("methods that no main code calls").isEmpty();
    }

    @ArchTest
    static void whatIsThereForTestsIsThere(JavaClasses classes) {
        var gone = new TreeSet<String>();
        FOR_TESTS.forEach((type, methods) -> methods.forEach(method -> gone.add(type + "." + method)));
        for (var type : classes) {
            type.getCodeUnits().forEach(code -> gone.remove(nameOf(type) + "." + code.getName()));
        }
        assertThat(gone).isEmpty();
    }

    private static boolean isCalled(JavaCodeUnit code) {
        return code.getAccessesToSelf().stream()
                .anyMatch(access -> !access.getOrigin().equals(code));
    }

    /** Users call what is promised; the JVM, JUnit, ServiceLoader and the JDK call the rest of what is left out. */
    private static boolean mustBeCalled(JavaClass type, JavaCodeUnit code) {
        var modifiers = code.getModifiers();
        boolean generated = modifiers.contains(JavaModifier.SYNTHETIC)
                || modifiers.contains(JavaModifier.BRIDGE)
                || code.getName().equals("<clinit>")
                || type.isEnum() && Stream.of("values", "valueOf").anyMatch(code.getName()::equals)
                || type.isRecord() && isOfRecord(type, code);
        boolean hidden = code.isConstructor() && modifiers.contains(JavaModifier.PRIVATE);
        boolean entry = code.getName().equals("main") || code.isConstructor() && isMadeByReflection(type, code);
        return !generated
                && !hidden
                && !entry
                && !type.isAnnotation()
                && !isPromised(type, code)
                && !overrides(type, code);
    }

    private static boolean isOfRecord(JavaClass type, JavaCodeUnit code) {
        return code.getRawParameterTypes().isEmpty()
                        && type.tryGetField(code.getName()).isPresent()
                || Stream.of("equals", "hashCode", "toString").anyMatch(code.getName()::equals);
    }

    private static boolean isMadeByReflection(JavaClass type, JavaCodeUnit code) {
        return code.getRawParameterTypes().isEmpty()
                && code.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getAllRawInterfaces().stream().anyMatch(shown -> PROVIDED.contains(shown.getName()));
    }

    private static boolean isPromised(JavaClass type, JavaCodeUnit code) {
        var modifiers = code.getModifiers();
        if (!modifiers.contains(JavaModifier.PUBLIC) && !modifiers.contains(JavaModifier.PROTECTED)) {
            return false;
        }
        return code.tryGetAnnotationOfType(API.class)
                .map(API::status)
                .or(() -> statusOf(type))
                .filter(API.Status.EXPERIMENTAL::equals)
                .isPresent();
    }

    private static Optional<API.Status> statusOf(JavaClass type) {
        return type.tryGetAnnotationOfType(API.class)
                .map(API::status)
                .or(() -> type.getEnclosingClass().flatMap(UnusedCodeTests::statusOf));
    }

    /** A type of a library that is not on the class path here may call everything. */
    private static boolean overrides(JavaClass type, JavaCodeUnit code) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .anyMatch(above -> !above.isFullyImported()
                        || above.getMethods().stream()
                                .anyMatch(method -> method.getName().equals(code.getName())
                                        && method.getRawParameterTypes().size()
                                                == code.getRawParameterTypes().size()));
    }

    /** {@code "Outer.Nested"}. */
    private static String nameOf(JavaClass type) {
        return type.getEnclosingClass()
                .map(outer -> nameOf(outer) + "." + type.getSimpleName())
                .orElse(type.getSimpleName());
    }

    /** Without the tests of the core, which come from a directory or, once that module is packaged, from a JAR. */
    static final class MainCode implements ImportOption {
        private static final ImportOption NO_TESTS = new DoNotIncludeTests();

        @Override
        public boolean includes(Location location) {
            return NO_TESTS.includes(location) && !location.contains("-tests.jar");
        }
    }
}
