package org.junitnomos.deploy.diagnosis;

import org.apiguardian.api.API;

/** A known cause of a node that does not start or ends by itself; the first one that fits is reported. */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Signature {
    /** The program is not there, or what it is started with. */
    MISSING_BINARY(
            "the program is missing",
            "Correct its path or install it; if the file is there, the working directory, the interpreter in its first"
                    + " line or its dynamic loader is missing (file and ldd show them)"),
    /** A shared library of the program is not there. */
    MISSING_LIBRARY(
            "a shared library is missing",
            "Install the library, or use a program that is linked statically (ldd lists what is missing)"),
    /** The program names a key of its configuration that it does not take. */
    WRONG_CONFIGURATION(
            "the program refuses its configuration",
            "Use a program of the revision that the configuration is for, or write the configuration that it wants"),
    /** The file is there, but may not be run. */
    NOT_EXECUTABLE(
            "the program may not be executed",
            "Run chmod +x on the file; if it is executable, its file system is mounted noexec or a directory above it"
                    + " may not be entered"),
    /** The program was built for another machine. */
    WRONG_ARCHITECTURE(
            "the program was built for another machine", "Use a build for this machine (uname -m tells which it is)"),
    /** The file of the program ends too early. */
    CUT_OFF(
            "the file of the program was cut off",
            "Copy or build it again, and look whether a disk is full (df -h shows it)"),
    /** The program uses instructions that this processor lacks. */
    UNKNOWN_INSTRUCTION(
            "the program uses an instruction that this processor does not have",
            "Use a build for an older processor, for example one made without -C target-cpu=native"),
    /** Another program listens on the port. */
    PORT_TAKEN(
            "a port is taken",
            "Let nodes bind port 0, or end the program that holds the port (ss -ltnp shows it); a node that an earlier"
                    + " run left behind holds it, too"),
    /** No file can be opened any more. */
    TOO_FEW_FILE_HANDLES(
            "too few file handles",
            "Raise the limit with ulimit -n (65536 suffices for a hundred nodes) before the tests start, or run fewer"
                    + " nodes at once with nomos.max.nodes"),
    /** No thread or process can be started any more. */
    TOO_FEW_THREADS(
            "too few threads or processes",
            "Raise the limit with ulimit -u or the pids limit of the container, or run fewer nodes at once with"
                    + " nomos.max.nodes"),
    /** The file system, or the share of it that the user may fill, is full. */
    DISK_FULL(
            "the disk is full",
            "Free space (df -h shows it), or let runs write elsewhere with nomos.directory and keep less with"
                    + " nomos.keep"),
    /** The heap of a Java program is used up. */
    OUT_OF_HEAP(
            "the heap of the Java program is used up",
            "Give its JVM more with -Xmx, or run fewer nodes at once with nomos.max.nodes"),
    /** The operating system gives no more memory. */
    OUT_OF_MEMORY(
            "out of memory",
            "Free memory (free -h shows it) or run fewer nodes at once with nomos.max.nodes; in a container, raise its"
                    + " memory limit"),
    /** The kernel killed the process to free memory. */
    KILLED_FOR_MEMORY(
            "the kernel killed it because memory ran out",
            "Run fewer nodes at once with nomos.max.nodes, or raise the memory limit of the machine or container"
                    + " (dmesg shows the kill)"),
    /** The clock of the machine was set while the node ran. */
    CLOCK_JUMP(
            "the clock of the machine jumped",
            "Let a time service slew the clock and not step it, and keep the machine from sleeping during a run"),
    /** Somebody outside of the harness killed the process, or the kernel did. */
    KILLED(
            "it was killed with SIGKILL by somebody else, most often by the kernel because memory ran out",
            "Look for a kill in dmesg and in the memory limit of the container; run fewer nodes at once with"
                    + " nomos.max.nodes"),
    /** The program broke in its native code. */
    CRASHED(
            "the program crashed in native code",
            "Report it to the authors of the program; a core dump or hs_err file in its directory shows where");

    private final String label;
    private final String fix;

    Signature(String label, String fix) {
        this.label = label;
        this.fix = fix;
    }

    /** {@return the cause in words, for example {@code "a port is taken"}} */
    public String label() {
        return label;
    }

    /** {@return what to do about it, one sentence without its full stop} */
    public String fix() {
        return fix;
    }
}
