package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells one process from every other, also from a later one with the same pid.
 *
 * @param pid its process id
 * @param birth when it was born, in characters that a file name may have: on Linux {@code <clock ticks since
 *     boot>-<boot>-<pid namespace>}, because a start time in wall-clock time differs between two readers when somebody
 *     sets the clock; elsewhere the start in milliseconds; {@value #UNKNOWN} if the system does not tell
 */
record ProcessIdentity(long pid, String birth) {
    static final String UNKNOWN = "0";

    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TIME = 19;
    private static final Pattern LINUX = Pattern.compile("[0-9]+-[0-9a-f]{8}-[0-9]+");

    /** What can be said of a process. */
    enum Life {
        /** It runs. */
        ALIVE,
        /** It is gone. */
        DEAD,
        /** It belongs to another pid namespace (a container that shares the directory): nobody here can tell. */
        UNKNOWN
    }

    static ProcessIdentity current() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseGet(() -> new ProcessIdentity(pid, UNKNOWN));
    }

    /** Describes a process that runs; empty if there is none, or only the zombie of one. */
    static Optional<ProcessIdentity> of(long pid) {
        if (isLinux()) {
            return bornOnLinux(pid).map(birth -> new ProcessIdentity(pid, birth));
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> new ProcessIdentity(
                        pid,
                        handle.info()
                                .startInstant()
                                .map(start -> Long.toString(start.toEpochMilli()))
                                .orElse(UNKNOWN)));
    }

    /** Describes a process that ended before anybody could look. */
    static ProcessIdentity gone(long pid) {
        return new ProcessIdentity(pid, "never");
    }

    Life life() {
        if (LINUX.matcher(birth).matches() && isLinux()) {
            String here = place();
            String there = birth.substring(birth.indexOf('-') + 1);
            if (!there.equals(here)) {
                boolean sameBoot = boot(there).equals(boot(here));
                return sameBoot ? Life.UNKNOWN : Life.DEAD;
            }
        }
        return of(pid).filter(now -> now.birth.equals(birth)).isPresent() ? Life.ALIVE : Life.DEAD;
    }

    boolean isAlive() {
        return life() == Life.ALIVE;
    }

    static boolean isLinux() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    private static Optional<String> bornOnLinux(long pid) {
        try {
            String stat = SmallFiles.read(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean gone = "ZXx".contains(fields[STATE]);
            return gone ? Optional.empty() : Optional.of(fields[START_TIME] + "-" + place());
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty(); // it ended just now
        }
    }

    private static String boot(String place) {
        return place.substring(0, place.indexOf('-'));
    }

    /** Where pids mean what they mean here: {@code <boot>-<pid namespace>}. */
    private static String place() {
        try {
            String boot = SmallFiles.read(PROC.resolve("sys/kernel/random/boot_id"));
            String namespace =
                    Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
            return boot.substring(0, 8) + "-" + namespace.replaceAll("[^0-9]", "");
        } catch (IOException e) {
            return "00000000-0"; // /proc without them: all that is here counts as one place
        }
    }
}
