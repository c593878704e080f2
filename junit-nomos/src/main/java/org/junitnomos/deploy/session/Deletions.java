package org.junitnomos.deploy.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junitnomos.time.Threads;

/** Deletes several things at a time, because an engine takes its time for each. */
final class Deletions {
    private static final int AT_ONCE = 4;

    private final Deletion deletion;

    Deletions(Deletion deletion) {
        this.deletion = deletion;
    }

    /** Deletes one. */
    interface Deletion {
        void delete(String id) throws IOException;
    }

    /**
     * Deletes all; each is tried.
     *
     * @return what went wrong
     * @throws IOException if the thread is interrupted; the rest goes on
     */
    Collection<String> run(List<String> ids) throws IOException {
        Queue<String> left = new ConcurrentLinkedQueue<>(ids);
        var problems = new TreeSet<String>();
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < Math.min(AT_ONCE, ids.size()); i++) {
            var worker = Threads.daemon("cleanup", () -> work(left, problems));
            worker.start();
            workers.add(worker);
        }
        try {
            for (var worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + ids.size() + " things are removed", e);
        }
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    private void work(Queue<String> left, Collection<String> problems) {
        for (String id = left.poll(); id != null; id = left.poll()) {
            try {
                deletion.delete(id);
            } catch (IOException e) {
                synchronized (problems) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
    }
}
