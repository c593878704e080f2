package org.junitnomos.deploy.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Looks at the file of a program before it is started.
 *
 * <p>Needed because {@link ProcessBuilder} hands a file that the kernel refuses to the shell, which takes a program for
 * another machine for a script, and fails with a syntax error that says nothing.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ProgramFile {
    private static final int HEADER = 20;
    private static final int MACHINE = 18;
    private static final int BYTE_ORDER = 5;
    private static final int BIG_ENDIAN = 2;
    private static final List<String> KNOWN =
            List.of("x86", "mips", "ppc", "ppc64", "s390x", "arm", "x86_64", "aarch64", "riscv64", "loongarch64");

    private ProgramFile() {}

    /**
     * Finds what keeps a file from being run on this machine.
     *
     * @param program path of the file, not a bare name that is looked up in the search path
     * @return what is wrong; empty if nothing is known to be
     */
    public static Optional<Diagnosis> check(Path program) {
        if (!Files.exists(program)) {
            return Optional.of(new Diagnosis(Signature.MISSING_BINARY, program + " does not exist"));
        }
        if (Files.isDirectory(program)) {
            return Optional.of(new Diagnosis(Signature.MISSING_BINARY, program + " is a directory"));
        }
        if (!Files.isExecutable(program)) {
            return Optional.of(new Diagnosis(Signature.NOT_EXECUTABLE, program + " has no permission to execute"));
        }
        try (var in = Files.newInputStream(program)) {
            var foreign = foreign(in.readNBytes(HEADER), System.getProperty("os.name"), System.getProperty("os.arch"))
                    .map(what -> new Diagnosis(Signature.WRONG_ARCHITECTURE, program + " is " + what));
            return foreign.isPresent()
                    ? foreign
                    : ElfLength.cutOff(program).map(what -> new Diagnosis(Signature.CUT_OFF, program + " " + what));
        } catch (IOException e) {
            return Optional.empty(); // a file that may be run but not read: the start will tell
        }
    }

    /** Says what a file is if it is for another machine; a pure function of its first bytes. */
    static Optional<String> foreign(byte[] header, String system, String architecture) {
        String here = "this machine is " + system + " on " + architecture;
        boolean linux = system.toLowerCase(Locale.ROOT).contains("linux");
        if (linux && startsWith(header, 'M', 'Z')) {
            return Optional.of("a program for Windows, " + here);
        }
        if (linux && (startsWith(header, 0xcf, 0xfa, 0xed, 0xfe) || startsWith(header, 0xca, 0xfe, 0xba, 0xbe))) {
            return Optional.of("a program for macOS, " + here);
        }
        if (!startsWith(header, 0x7f, 'E', 'L', 'F')) {
            return Optional.empty();
        }
        if (!linux) {
            return system.toLowerCase(Locale.ROOT).contains("bsd")
                    ? Optional.empty()
                    : Optional.of("a program for Linux, " + here);
        }
        if (header.length < HEADER) {
            return Optional.empty(); // it was cut off
        }
        int first = header[MACHINE] & 0xff;
        int second = header[MACHINE + 1] & 0xff;
        int machine = header[BYTE_ORDER] == BIG_ENDIAN ? first << 8 | second : second << 8 | first;
        String name = name(machine);
        return runsOn(name, normal(architecture))
                ? Optional.empty()
                : Optional.of("a program for " + name + ", " + here);
    }

    /** Names the number that an ELF file has for its machine. */
    private static String name(int machine) {
        return switch (machine) {
            case 3 -> "x86";
            case 8 -> "mips";
            case 20 -> "ppc";
            case 21 -> "ppc64";
            case 22 -> "s390x";
            case 40 -> "arm";
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            case 243 -> "riscv64";
            case 258 -> "loongarch64";
            default -> "machine number " + machine;
        };
    }

    /** 64-bit machines may run programs of their 32-bit ancestors; the start tells whether they do. */
    private static boolean runsOn(String machine, String here) {
        return machine.equals(here)
                || (machine.equals("x86") && here.equals("x86_64"))
                || (machine.equals("arm") && here.equals("aarch64"))
                || !KNOWN.contains(here);
    }

    private static String normal(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "i386", "i586", "i686", "x86" -> "x86";
            case "arm64", "aarch64" -> "aarch64";
            case "ppc64le" -> "ppc64";
            default -> architecture;
        };
    }

    private static boolean startsWith(byte[] header, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= header.length || (header[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
