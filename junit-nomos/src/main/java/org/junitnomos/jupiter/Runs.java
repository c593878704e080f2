package org.junitnomos.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.launcher.LauncherSession;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RustVariables;

/** Finds the plan and the run that a context belongs to; everything is kept in the stores of JUnit. */
final class Runs {
    private static final Namespace NAMESPACE = Namespace.create(NomosExtension.class);
    private static final String ACTIVE = "active";
    private static final String BASE = "base";
    private static final String POINT = "point";
    private static final String SESSION = "session";
    private static final String CLASS_RUN = "class run";
    private static final String METHOD_RUN = "method run";
    private static final String OPENED = "opened ";
    private static final String FIRST_RUN = "first run";
    private static final String LAST_WORD = "last word of ";
    private static final String LISTENER = "listener";
    private static final String NODE = "node";
    private static final String DRIVER = "driver";

    private Runs() {}

    static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /**
     * Says whether another instance of the extension does the work: {@code @ExtendWith} of an annotation and
     * {@code @RegisterExtension} may meet on one class, then the first one that is called does it for both.
     */
    static boolean isPassive(NomosExtension extension, ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(ACTIVE, key -> extension) != extension;
    }

    /** Returns the context of the method that a dynamic test comes from. */
    static ExtensionContext factoryOf(ExtensionContext dynamic) {
        var context = dynamic;
        while (context.getTestMethod().isEmpty()) {
            context = context.getParent().orElseThrow();
        }
        return context;
    }

    // ---- plans

    static Plan plan(ExtensionContext context) {
        return PlanReader.read(base(context), elements(context), point(context).orElse(null));
    }

    /** Reads a plan without telling its problems. */
    static Plan outline(ExtensionContext context) {
        return PlanReader.outline(
                base(context), elements(context), point(context).orElse(null));
    }

    static Optional<SweepPoint> point(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(POINT, SweepPoint.class));
    }

    static void setPoint(ExtensionContext context, SweepPoint point) {
        store(context).put(POINT, point);
    }

    /** Takes over the plan that a static field of the test class registers. */
    static void readRegistered(ExtensionContext context) {
        var fields = ReflectionSupport.findFields(
                context.getRequiredTestClass(),
                field -> field.getType() == NomosExtension.class
                        && AnnotationSupport.isAnnotated(field, RegisterExtension.class),
                HierarchyTraversalMode.TOP_DOWN);
        var place = ElementName.of(context.getRequiredTestClass());
        if (fields.size() > 1) {
            throw new ExtensionConfigurationException(
                    place + " registers " + fields.size() + " scenarios, expected one. Keep one NomosExtension field.");
        }
        for (var field : fields) {
            if (!Modifier.isStatic(field.getModifiers())) {
                throw notStatic(ElementName.of(field));
            }
            var value = ReflectionSupport.tryToReadFieldValue(field, null);
            ((NomosExtension) value.getOrThrow(e -> new ExtensionConfigurationException("cannot read " + field, e)))
                    .registered()
                    .ifPresent(scenario -> store(context).put(BASE, scenario));
        }
    }

    /** Refuses an extension that holds a plan but never saw its class: it was registered by an instance field. */
    static void requireRegistered(Optional<Scenario> registered, ExtensionContext context) {
        if (registered.isPresent() && base(context) == null) {
            throw notStatic("The NomosExtension field of " + ElementName.of(context.getRequiredTestClass()));
        }
    }

    private static ExtensionConfigurationException notStatic(String place) {
        return new ExtensionConfigurationException(
                place + " is not static, expected a static field: a scenario belongs to the whole class.");
    }

    private static @Nullable Scenario base(ExtensionContext context) {
        return store(context).get(BASE, Scenario.class);
    }

    static List<Class<?>> types(ExtensionContext context) {
        var types = new ArrayList<Class<?>>(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(types::add);
        return types;
    }

    static List<AnnotatedElement> elements(ExtensionContext context) {
        var elements = new ArrayList<AnnotatedElement>(types(context));
        context.getTestMethod().ifPresent(elements::add);
        return elements;
    }

    // ---- runs

    /**
     * Opens a class, once: prepares its run if one run spans its methods. What is wrong is told by every method, by its
     * name, not here: a class that fails as a whole loses its methods from reports.
     */
    static void openClass(ExtensionContext context) {
        var before = store(context)
                .getOrComputeIfAbsent(OPENED + context.getUniqueId(), key -> new AtomicBoolean(), AtomicBoolean.class);
        if (before.getAndSet(true)) {
            return;
        }
        Sweeps.readArguments(context);
        var lastWord = lastWord(context);
        if (!ClassRun.isShared(context)) {
            var opened = ClassRun.open(context);
            opened.run().ifPresent(lastWord::endsWithThis);
            store(context).put(CLASS_RUN, opened);
        }
    }

    /** Returns the run that spans the methods of a class; empty if each method has its own. */
    static Optional<TestRun> classRun(ExtensionContext context) {
        return classRunEntry(context).flatMap(ClassRun::run);
    }

    static Optional<ClassRun> classRunEntry(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(CLASS_RUN, ClassRun.class));
    }

    /** Returns the run of a context; made at its first use. */
    static TestRun run(ExtensionContext context) {
        var shared = classRun(context);
        if (shared.isPresent()) {
            return shared.get();
        }
        if (context.getTestMethod().isEmpty()) {
            var type = ElementName.of(context.getRequiredTestClass());
            if (Sweeps.isAround(context)) {
                throw new ParameterResolutionException("no cluster here: this runs once, around all invocations of "
                        + type
                        + ", each of which has a cluster of its own. Take it in @BeforeEach, in the test method, in"
                        + " the constructor, or in a field with @InjectCluster that is not static.");
            }
            throw new ParameterResolutionException("no cluster here: every test method of "
                    + type
                    + " has a run of its own. Take it in the test method, or let one run span the class with"
                    + " @ScenarioOptions(run = RunScope.CLASS).");
        }
        return existing(context).orElseGet(() -> {
            // not by a supplier of the store: it keeps what that throws, and throws it again when it is closed
            var made = methodRun(context);
            store(context).put(METHOD_RUN, made);
            return made.run();
        });
    }

    /** Gives one node of a test a run of its own: the same as that of the others once more. */
    static void again(ExtensionContext context, TestRun first) {
        var settings = Environment.settings(context)
                .withReplay(null)
                .withSeed(first.phases().info().seed());
        var run = RunFactory.create(first.plan(), context, settings);
        lastWord(context).endsWithThis(run);
        store(context).put(METHOD_RUN, new Held(run));
        store(context).put(FIRST_RUN, new Held(first));
    }

    /** The run that the run of this context repeats, if it repeats one. */
    static Optional<TestRun> first(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(FIRST_RUN, Held.class)).map(Held::run);
    }

    private static Held methodRun(ExtensionContext context) {
        var plan = plan(context);
        InjectionCheck.ofMethod(plan, types(context), context.getRequiredTestMethod());
        var run = RunFactory.create(plan, context);
        lastWord(context).endsWithThis(run);
        return new Held(run);
    }

    /** The run of a method in its store, which must not close it: {@link LastWord} does, when all else is over. */
    private record Held(TestRun run) {}

    /** Returns what waits for the end of this very context; the earlier it is made, the later it comes. */
    static LastWord lastWord(ExtensionContext context) {
        return store(context)
                .getOrComputeIfAbsent(LAST_WORD + context.getUniqueId(), key -> new LastWord(context), LastWord.class);
    }

    /** Returns what hears how containers end; empty where no launcher has listeners. */
    static Optional<AfterLastWord> listener(ExtensionContext context) {
        return Optional.ofNullable(
                context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE).get(LISTENER, AfterLastWord.class));
    }

    /** Lets what hears how containers end be found in a session. */
    static void setListener(LauncherSession session, AfterLastWord listener) {
        var namespace = org.junit.platform.engine.support.store.Namespace.create(NAMESPACE.getParts());
        session.getStore().put(namespace, LISTENER, listener);
    }

    /** Returns the run of a method if there is one already. */
    static Optional<TestRun> existing(ExtensionContext context) {
        var shared = classRun(context);
        return shared.isPresent()
                ? shared
                : Optional.ofNullable(store(context).get(METHOD_RUN, Held.class))
                        .map(Held::run);
    }

    static TestSession session(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(
                        SESSION,
                        key -> new TestSession(
                                Environment.settings(context).maxNodes(), RustVariables.notices(System.getenv())),
                        TestSession.class);
    }

    // ---- nodes

    static Optional<TestNode> node(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(NODE, TestNode.class));
    }

    static void setNode(ExtensionContext context, TestNode node) {
        store(context).put(NODE, node);
    }

    /** Lets this test drive its run, unless it only tells what another one finds. */
    static void claim(ExtensionContext context) {
        var drives = node(context).isEmpty()
                || classRun(context).isEmpty() && run(context).claim();
        store(context).put(DRIVER, drives);
    }

    /** Says whether this test runs its body; false for a node that only tells what another test found. */
    static boolean isDriver(ExtensionContext context) {
        return node(context).isEmpty() || Boolean.TRUE.equals(store(context).get(DRIVER, Boolean.class));
    }
}
