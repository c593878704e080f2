package org.junitnomos.deploy.diagnosis;

import static org.junitnomos.deploy.diagnosis.Signature.CLOCK_JUMP;
import static org.junitnomos.deploy.diagnosis.Signature.CRASHED;
import static org.junitnomos.deploy.diagnosis.Signature.DISK_FULL;
import static org.junitnomos.deploy.diagnosis.Signature.KILLED;
import static org.junitnomos.deploy.diagnosis.Signature.KILLED_FOR_MEMORY;
import static org.junitnomos.deploy.diagnosis.Signature.MISSING_BINARY;
import static org.junitnomos.deploy.diagnosis.Signature.MISSING_LIBRARY;
import static org.junitnomos.deploy.diagnosis.Signature.NOT_EXECUTABLE;
import static org.junitnomos.deploy.diagnosis.Signature.OUT_OF_HEAP;
import static org.junitnomos.deploy.diagnosis.Signature.OUT_OF_MEMORY;
import static org.junitnomos.deploy.diagnosis.Signature.PORT_TAKEN;
import static org.junitnomos.deploy.diagnosis.Signature.TOO_FEW_FILE_HANDLES;
import static org.junitnomos.deploy.diagnosis.Signature.TOO_FEW_THREADS;
import static org.junitnomos.deploy.diagnosis.Signature.UNKNOWN_INSTRUCTION;
import static org.junitnomos.deploy.diagnosis.Signature.WRONG_ARCHITECTURE;
import static org.junitnomos.deploy.diagnosis.Signature.WRONG_CONFIGURATION;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What gives each cause away. Texts come from {@code strerror} of Linux, with the number as the JDK ("error=13") and
 * Rust ("os error 13") add it, from the JVM, the dynamic loader and shells.
 */
final class Rules {
    private static final int SHELL_CANNOT_EXECUTE = 126;
    private static final int SHELL_FOUND_NOTHING = 127;
    private static final int SIGILL = 128 + 4;
    private static final int SIGABRT = 128 + 6;
    private static final int SIGBUS = 128 + 7;
    private static final int SIGKILL = 128 + 9;
    private static final int SIGSEGV = 128 + 11;

    /** Where a rule looks. */
    enum Place {
        /** In the text of a start that failed: there, errors are about the program itself. */
        START,
        /** In what the process wrote; of errors of files only with the exit codes of the rule. */
        OUTPUT,
        /** In both. */
        ANYWHERE
    }

    /**
     * One thing that gives a cause away.
     *
     * @param pattern found in a line; matches the empty text if the exit code says enough
     * @param exitCodes with which the process must have ended; empty for any, and for one that runs
     */
    record Rule(Signature signature, Place place, Pattern pattern, List<Integer> exitCodes) {
        boolean isAboutExitCode() {
            return pattern.pattern().isEmpty();
        }
    }

    /** In this order they are tried: sure ones first, mere exit codes last. */
    static final List<Rule> ALL = List.of(
            at(Place.START, WRONG_ARCHITECTURE, errno(8, "Exec format error") + "|Bad CPU type in executable"),
            at(Place.START, NOT_EXECUTABLE, errno(13, "Permission denied")),
            at(Place.START, MISSING_BINARY, errno(2, "No such file or directory") + "|CreateProcess error=[23]\\b"),
            at(
                    Place.OUTPUT,
                    WRONG_ARCHITECTURE,
                    "exec format error|cannot execute binary file|\\x7fELF|\u001b?ELF.*: not found"),
            at(Place.OUTPUT, MISSING_LIBRARY, "error while loading shared libraries: |Library not loaded: "),
            at(Place.OUTPUT, WRONG_CONFIGURATION, "^Error: .* at line \\d+ column \\d+", 1),
            at(Place.OUTPUT, NOT_EXECUTABLE, "Permission denied", SHELL_CANNOT_EXECUTE),
            at(Place.OUTPUT, MISSING_BINARY, "not found|No such file or directory", SHELL_FOUND_NOTHING),
            at(Place.OUTPUT, MISSING_BINARY, "Could not find or load main class |Unable to access jarfile "),
            at(
                    Place.ANYWHERE,
                    PORT_TAKEN,
                    errno(98, "Address already in use")
                            + "|AddrInUse|EADDRINUSE|Only one usage of each socket address|port \\S+ cannot be bound"),
            at(
                    Place.ANYWHERE,
                    TOO_FEW_FILE_HANDLES,
                    errno(24, "Too many open files") + "|" + errno(23, "Too many open files in system")
                            + "|\\bEMFILE\\b|\\bENFILE\\b"),
            at(
                    Place.ANYWHERE,
                    TOO_FEW_THREADS,
                    "unable to create (new )?native thread|[Ff]ailed to (start|create) thread|failed to spawn thread"
                            + "|pthread_create failed"),
            at(Place.START, TOO_FEW_THREADS, errno(11, "Resource temporarily unavailable")),
            at(
                    Place.ANYWHERE,
                    DISK_FULL,
                    errno(28, "No space left on device") + "|" + errno(122, "Disk quota exceeded")
                            + "|\\bENOSPC\\b|There is not enough space on the disk"),
            at(Place.OUTPUT, KILLED_FOR_MEMORY, "oom-kill|oom_reaper|OOMKilled|Out of memory: Kill(ed)? process"),
            at(
                    Place.OUTPUT,
                    OUT_OF_MEMORY,
                    "insufficient memory for the Java Runtime|memory allocation of \\d+ bytes failed"
                            + "|std::bad_alloc|OutOfMemoryError: .*(Direct buffer memory|native memory)"),
            at(Place.OUTPUT, OUT_OF_HEAP, "OutOfMemoryError"),
            at(
                    Place.ANYWHERE,
                    OUT_OF_MEMORY,
                    errno(12, "Cannot allocate memory") + "|errno=12\\b|Could not reserve enough space for"),
            at(
                    Place.OUTPUT,
                    CLOCK_JUMP,
                    "([Cc]lock|[Tt]ime)( of the machine)?( has| was| may have)? (jumped|went|gone|moved|stepped|set)"
                            + " (back|backwards|forward|forwards|ahead|by)\\b"
                            + "|SystemTimeError|second time provided was later than self|[Tt]ime has been changed"),
            by(KILLED, SIGKILL),
            by(UNKNOWN_INSTRUCTION, SIGILL),
            by(CRASHED, SIGSEGV, SIGBUS, SIGABRT));

    private Rules() {}

    /** A text of {@code strerror}, or its number as the JDK and Rust write it, should the text be translated. */
    private static String errno(int number, String text) {
        return text + "|\\berror=" + number + "\\b|os error " + number + "\\b";
    }

    private static Rule at(Place place, Signature signature, String pattern, Integer... exitCodes) {
        return new Rule(signature, place, Pattern.compile(pattern), List.of(exitCodes));
    }

    private static Rule by(Signature signature, Integer... exitCodes) {
        return new Rule(signature, Place.OUTPUT, Pattern.compile(""), List.of(exitCodes));
    }
}
