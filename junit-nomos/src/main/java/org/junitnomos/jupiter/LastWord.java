package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.junitnomos.runner.Closer;
import org.opentest4j.IncompleteExecutionException;

/**
 * Waits in the store of one test, or of a class, until JUnit is done with it, callbacks of all extensions included, and
 * tells the run what failed beside its body. If the run is this context's own it ends here, with its last verdict, or
 * when JUnit tells how the test ended, if it does (see {@link AfterLastWord}): other resources of the same store may
 * fail to close.
 */
final class LastWord implements AutoCloseable {
    private final ExtensionContext context;
    private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable TestRun own;

    LastWord(ExtensionContext context) {
        this.context = context;
    }

    /** Ends that run with this context. */
    synchronized void endsWithThis(TestRun run) {
        own = run;
    }

    /** Something that throws what it finds wrong with the run itself. */
    interface Finding {
        void raise() throws Exception;
    }

    /**
     * Lets something throw what it finds wrong with the run, or suppress it in what the test failed with, and take note
     * of that, so that it is not taken for a failure of somebody else.
     */
    void telling(Finding finding) throws Exception {
        var before = suppressed();
        try {
            finding.raise();
        } catch (Throwable found) {
            tell(List.of(found));
            tell(List.of(found.getSuppressed()));
            throw found;
        } finally {
            var since = new ArrayList<>(suppressed());
            since.subList(0, before.size()).clear();
            tell(since);
        }
    }

    private List<Throwable> suppressed() {
        return context.getExecutionException()
                .map(failure -> List.of(failure.getSuppressed()))
                .orElse(List.of());
    }

    private synchronized void tell(List<Throwable> failures) {
        told.addAll(failures);
    }

    @Override
    public void close() throws Exception {
        var run = Runs.existing(context);
        run.ifPresent(each -> hear(each, context.getExecutionException()));
        var ending = ending();
        if (ending.isPresent()) {
            var closer = new Closer();
            closer.add(() -> endOrWait(ending.get()));
            closer.add(ending.get()::settle);
            closer.close();
        } else if (run.isPresent() && AfterLastWord.isWatched(context)) {
            AfterLastWord.waitFor(context, failure -> hear(run.get(), failure));
        }
    }

    private synchronized Optional<TestRun> ending() {
        return Optional.ofNullable(own);
    }

    /** Other resources in this store may still fail to close, or did and nobody told: only the end of the test does. */
    private void endOrWait(TestRun ending) throws Exception {
        boolean waits = ending.mayGetWorse()
                && AfterLastWord.waitFor(context, failure -> {
                    hear(ending, failure);
                    end(ending);
                });
        if (!waits) {
            end(ending);
        }
    }

    private void end(TestRun ending) throws Exception {
        var closer = new Closer();
        closer.add(() -> publish(ending));
        closer.add(ending);
        closer.close();
    }

    private void hear(TestRun run, Optional<Throwable> failure) {
        var foreign = failure.flatMap(this::foreign);
        if (foreign.isEmpty()) {
            return;
        }
        tell(List.of(foreign.get()));
        boolean aborted = isAbort(foreign.get());
        if (Runs.classRun(context).isPresent()) {
            // one of several tests that does not apply here says nothing of their run, but their class does
            if (!aborted) {
                run.phases().addFailure(ElementName.of(Runs.elements(context)) + " failed", unwrapped(foreign.get()));
            } else if (own != null && run.result().isEmpty()) {
                run.giveUp(foreign.get());
            }
        } else if (run.result().isEmpty() && own != null) {
            run.giveUp(foreign.get());
        } else {
            String what = aborted ? "the test was aborted outside of its body" : "the test failed outside of its body";
            run.phases().addFailure(what, unwrapped(foreign.get()));
        }
        run.addReplay(failure.get());
    }

    /** Finds what somebody else threw: JUnit suppresses all but the first, or but the first that is no abort. */
    private synchronized Optional<Throwable> foreign(Throwable failure) {
        List<Throwable> all = new ArrayList<>(List.of(failure));
        all.addAll(Arrays.asList(failure.getSuppressed()));
        all.removeIf(each -> told.contains(each) || each instanceof ThrownResult.RunOfTest);
        return all.stream()
                .filter(each -> !isAbort(each))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static boolean isAbort(Throwable failure) {
        return failure instanceof IncompleteExecutionException;
    }

    /** What JUnit says of a resource that could not be closed is not what it failed with. */
    private static Throwable unwrapped(Throwable failure) {
        var cause = failure.getCause();
        return failure.getClass() == JUnitException.class && cause != null && !isAbort(cause) ? cause : failure;
    }

    private void publish(TestRun run) {
        run.phases().result().ifPresent(result -> AttachedEvidence.publish(context, result));
    }
}
