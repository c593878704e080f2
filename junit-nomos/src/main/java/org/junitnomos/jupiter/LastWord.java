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
import org.junitnomos.runner.Closer;
import org.opentest4j.IncompleteExecutionException;

/**
 * Waits in the store of one test, or of a class, until JUnit is done with it, callbacks of all extensions included, and
 * tells the run what failed beside its body. If the run is this context's own it ends here, with its last verdict.
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
        Runs.existing(context).ifPresent(this::settle);
        TestRun ending;
        synchronized (this) {
            ending = own;
        }
        if (ending != null) {
            var closer = new Closer();
            closer.add(() -> publish(ending));
            closer.add(ending);
            closer.close();
        }
    }

    private void settle(TestRun run) {
        var failure = context.getExecutionException();
        var foreign = failure.flatMap(this::foreign);
        if (foreign.isEmpty()) {
            return;
        }
        boolean aborted = isAbort(foreign.get());
        if (Runs.classRun(context).isPresent()) {
            // one of several tests that does not apply here says nothing of their run, but their class does
            if (!aborted) {
                run.phases().addFailure(ElementName.of(Runs.elements(context)) + " failed", foreign.get());
            } else if (own != null && run.result().isEmpty()) {
                run.giveUp(foreign.get());
            }
        } else if (run.result().isEmpty() && own != null) {
            run.giveUp(foreign.get());
        } else {
            String what = aborted ? "the test was aborted outside of its body" : "the test failed outside of its body";
            run.phases().addFailure(what, foreign.get());
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

    private void publish(TestRun run) {
        run.phases().result().ifPresent(result -> AttachedEvidence.publish(context, result));
    }
}
