package org.junitnomos.jupiter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junitnomos.runner.RunResult;
import org.junitnomos.time.Unchecked;
import org.opentest4j.TestAbortedException;

/** Maps the moments of JUnit to the phases of a run. */
final class Lifecycle {

    private Lifecycle() {}

    // ---- class

    /** Opens a class, or an invocation of it, as soon as anything of it is made; not what stands around several. */
    static void openClass(ExtensionContext context) {
        if (!Sweeps.isAround(context)) {
            Runs.readRegistered(context);
            Runs.openClass(context);
        }
    }

    static void beforeClass(ExtensionContext context) {
        openClass(context);
        var type = context.getRequiredTestClass();
        var run = Runs.classRun(context);
        if (run.isEmpty() || !Injection.hasStaticFields(type)) {
            return;
        }
        try {
            Injection.fields(type, null, run.get());
        } catch (RuntimeException e) {
            // without @BeforeAll nobody misses the fields yet, and every method tells of the failed deploy by its name
            if (!run.get().isDeployFailed() || hasBeforeAll(type)) {
                throw e;
            }
        }
    }

    static void afterClass(ExtensionContext context) {
        var run = Runs.classRun(context);
        if (run.isEmpty() || ClassRun.isShared(context)) {
            return;
        }
        if (run.get().result().isEmpty() && run.get().isStarted()) {
            run.get()
                    .phases()
                    .leaveUnjudged("the @ExpectationNodes method of " + ElementName.of(context.getRequiredTestClass())
                            + " was not selected");
        }
    }

    // ---- test

    static void beforeEach(ExtensionContext context) {
        Runs.classRunEntry(context).ifPresent(ClassRun::check);
        TestNode.requireOwn(context);
        var run = Runs.run(context);
        Environment.require(run.plan().scenario(), Environment.settings(context));
        Runs.claim(context);
        if (!Runs.isDriver(context) && run.isDeployFailed()) {
            throw new TestAbortedException("not evaluated: the cluster was not deployed");
        }
        ClassRun.checkNested(context, run);
        if (run.plan().run() == RunScope.CLASS) { // others were checked before they got their run
            InjectionCheck.ofMethod(run.plan(), Runs.types(context), context.getRequiredTestMethod());
        }
        run.deploy();
        for (var instance : context.getRequiredTestInstances().getAllInstances()) {
            Injection.fields(instance.getClass(), instance, run);
        }
    }

    static void beforeTest(ExtensionContext context) {
        if (Runs.isDriver(context)) {
            Runs.run(context).start();
        }
    }

    /** Runs a test body as part of the run; not at all if another node ran it, or the run could not begin. */
    static <T> @Nullable T body(Invocation<T> invocation, ExtensionContext context) throws Throwable {
        var run = Runs.run(context);
        if (!Runs.isDriver(context) || run.isStartFailed()) {
            invocation.skip();
            return null;
        }
        var results = new Object[1];
        try {
            run.body(
                    () -> results[0] = invocation.proceed(),
                    Runs.classRun(context).isEmpty());
        } catch (Throwable failure) {
            run.addReplay(failure); // a dynamic test has no other moment
            throw failure;
        }
        @SuppressWarnings("unchecked") // it is what the invocation of type T returned
        var result = (T) results[0];
        return result;
    }

    /** Runs a test factory, whose dynamic tests belong to its run; it has none to return if the run could not begin. */
    static <T> @Nullable T factory(Invocation<T> invocation, ExtensionContext context) throws Throwable {
        Runs.run(context).startFailure().ifPresent(Unchecked::raise);
        return body(invocation, context);
    }

    /**
     * Runs {@code @BeforeEach} or {@code @AfterEach} on the clock of the run; a node that only tells what another found
     * has nothing to set up.
     */
    static void aroundEach(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        var run = Runs.existing(context);
        if (!Runs.isDriver(context)) {
            invocation.skip();
        } else if (run.isEmpty() || run.get().isDeployFailed()) {
            invocation.proceed();
        } else {
            run.get().phases().attend(invocation::proceed);
        }
    }

    /**
     * Runs {@code @BeforeAll} or {@code @AfterAll} within the deadline of the run that spans the class, if it began.
     */
    static void aroundAll(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        var run = Runs.classRun(context);
        if (run.isEmpty()) {
            invocation.proceed();
        } else {
            run.get().phases().track(invocation::proceed);
        }
    }

    static void afterTest(ExtensionContext context) throws Exception {
        var run = Runs.run(context);
        var node = Runs.node(context);
        if (node.isEmpty() && Runs.classRun(context).isPresent()) {
            Runs.lastWord(context).telling(() -> run.startFailure().ifPresent(Unchecked::raise));
            return;
        }
        var failure = context.getExecutionException();
        if (Runs.isDriver(context) && failure.isPresent()) {
            run.phases().fail(failure.get());
        }
        var result = run.finish();
        if (Runs.isDriver(context)) {
            failure.ifPresent(run::addReplay);
        }
        Runs.lastWord(context).telling(() -> raise(context, result));
    }

    private static void raise(ExtensionContext context, RunResult result) throws Exception {
        var node = Runs.node(context);
        if (node.isEmpty()) {
            ThrownResult.raiseAll(result);
        } else if (node.get().isAgain()) {
            TwoJournals.compare(context, result);
        } else if (node.get().isSelfCheck()) {
            SelfChecks.check(context, Runs.run(context));
        } else if (node.get().isRun()) {
            ThrownResult.raiseRun(result);
        } else {
            ThrownResult.raiseExpectation(result, node.get().expectation(), Runs.isDriver(context));
        }
    }

    /**
     * Cleans up as soon as the test is over, so that what goes wrong is told by its name. The verdict stays open: other
     * extensions may still fail, and {@link LastWord} hears of them.
     */
    static void afterEach(ExtensionContext context) throws Exception {
        Runs.lastWord(context);
        if (Runs.classRun(context).isPresent() || !Runs.isDriver(context)) {
            return;
        }
        var run = Runs.existing(context);
        if (run.isEmpty()) {
            return;
        }
        if (run.get().result().isEmpty()) {
            run.get().giveUp(context.getExecutionException().orElse(null));
        }
        Runs.lastWord(context).telling(() -> run.get().tearDown());
    }

    static void beforeInterruption(Thread interrupted, ExtensionContext context) {
        Runs.existing(context)
                .filter(run -> run.isStarted() && !run.isDeployFailed())
                .ifPresent(run ->
                        AttachedEvidence.writeThreads(interrupted, run.deploy().directory()));
    }

    private static boolean hasBeforeAll(Class<?> type) {
        return !AnnotationSupport.findAnnotatedMethods(type, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN)
                .isEmpty();
    }
}
