package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kills processes: the one that the ledger names by pid and birth, and every process of this user that carries the
 * marker in its environment or on its command line. So a process is found whose pid was never written down, and so are
 * the children it started. Paused processes die, too.
 */
final class ProcessRemover implements Remover {
    private static final Path PROC = Path.of("/proc");

    @Override
    public ResourceKind kind() {
        return ResourceKind.PROCESS;
    }

    @Override
    public List<LedgerEntry> present(List<LedgerEntry> entries) throws IOException {
        var found = find(entries);
        return entries.stream()
                .filter(entry -> !found.getOrDefault(entry.marker(), Set.of()).isEmpty())
                .toList();
    }

    @Override
    public void remove(List<LedgerEntry> entries) throws IOException {
        for (var processes : find(entries).values()) {
            for (var process : processes) {
                // the birth is looked at once more just before the signal, because pids are used again
                if (process.isAlive()) {
                    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    /** Finds the processes of each entry that run, by its marker. */
    private static Map<String, Set<ProcessIdentity>> find(List<LedgerEntry> entries) {
        var found = new LinkedHashMap<String, Set<ProcessIdentity>>();
        for (var entry : entries) {
            var processes = new LinkedHashSet<ProcessIdentity>();
            var known = entry.process();
            if (known != null && known.isAlive()) {
                processes.add(known);
            }
            found.put(entry.marker(), processes);
        }
        long self = ProcessHandle.current().pid();
        ProcessHandle.allProcesses().filter(process -> process.pid() != self).forEach(process -> {
            for (String mark : marks(process)) {
                var carriers = found.get(mark);
                if (carriers != null) {
                    ProcessIdentity.of(process.pid()).ifPresent(carriers::add);
                }
            }
        });
        return found;
    }

    /** Lists what may be a marker of a process: each argument and each value of its environment, after a {@code =}. */
    private static List<String> marks(ProcessHandle process) {
        var marks = new ArrayList<String>();
        if (ProcessIdentity.isLinux()) {
            var directory = PROC.resolve(Long.toString(process.pid()));
            addMarks(directory.resolve("environ"), marks);
            addMarks(directory.resolve("cmdline"), marks);
        } else {
            process.info().arguments().ifPresent(arguments -> {
                for (String argument : arguments) {
                    marks.add(afterEquals(argument));
                }
            });
        }
        return marks;
    }

    private static void addMarks(Path file, List<String> marks) {
        try {
            for (String text : SmallFiles.read(file).split("\0")) {
                marks.add(afterEquals(text));
            }
        } catch (IOException e) {
            marks.addAll(List.of()); // it ended just now, or belongs to somebody else
        }
    }

    private static String afterEquals(String text) {
        return text.substring(text.lastIndexOf('=') + 1);
    }
}
