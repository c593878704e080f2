package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTests {
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final int ADDRESS = 0x1000;

    @TempDir
    Path directory;

    /** An ELF file with nothing but program headers, a dynamic section and the texts that it names. */
    private Path elf(String name, int machine, @Nullable String loader, @Nullable String runPath, String... needed)
            throws IOException {
        int headers = 64;
        int dynamic = headers + 3 * 56;
        int texts = dynamic + (needed.length + 3) * 16;
        var strings = new StringBuilder("\0");
        var file = ByteBuffer.allocate(texts + 512).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1).putShort(18, (short) machine);
        file.putLong(32, headers).putShort(54, (short) 56).putShort(56, (short) (loader == null ? 2 : 3));
        segment(file, headers, 1, 0, ADDRESS, file.capacity());
        segment(file, headers + 56, 2, dynamic, ADDRESS + dynamic, texts - dynamic);
        int at = dynamic;
        for (String library : needed) {
            at = tag(file, at, 1, strings.length());
            strings.append(library).append('\0');
        }
        if (runPath != null) {
            at = tag(file, at, 29, strings.length());
            strings.append(runPath).append('\0');
        }
        tag(file, at, 5, ADDRESS + texts);
        int loaderAt = strings.length();
        if (loader != null) {
            strings.append(loader).append('\0');
            segment(file, headers + 112, 3, texts + loaderAt, 0, loader.length() + 1);
        }
        file.put(texts, strings.toString().getBytes(StandardCharsets.UTF_8));
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, file.array());
    }

    private static void segment(ByteBuffer file, int at, int type, long offset, long address, long length) {
        file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, length);
    }

    private static int tag(ByteBuffer file, int at, long tag, long value) {
        file.putLong(at, tag).putLong(at + 8, value);
        return at + 16;
    }

    @Test
    void putsLibrariesOfGlibcWhereItsLoaderLooks() throws IOException {
        Path loader = elf("lib64/ld-linux-x86-64.so.2", X86_64, null, null);
        Path java = elf("jre/bin/java", X86_64, loader.toString(), "$ORIGIN/../lib", "libjli.so", "libc.so.6");
        Path jli = elf("jre/lib/libjli.so", X86_64, null, null, "libz.so.1", "libc.so.6");
        Path system = directory.resolve("lib/x86_64-linux-gnu");
        Path libc = elf("lib/x86_64-linux-gnu/libc.so.6", X86_64, null, null, "ld-linux-x86-64.so.2");
        Path dns = elf("lib/x86_64-linux-gnu/libnss_dns.so.2", X86_64, null, null, "libc.so.6");
        Path libz = elf("other/libz.so.1", X86_64, null, null, "libc.so.6");

        var found = NativeLibraries.in(List.of(system, libz.getParent())).neededBy(java, List.of(java, jli));

        assertThat(found)
                .containsOnlyKeys(loader.toString(), libc.toString(), dns.toString(), system + "/libz.so.1")
                .containsEntry(system + "/libz.so.1", libz);
    }

    @Test
    void findsTheOneFileThatMuslIs() throws IOException {
        Path loader = elf("lib/ld-musl-x86_64.so.1", X86_64, null, null);
        Path libc = elf("lib/libc.musl-x86_64.so.1", X86_64, null, null);
        Path java = elf("jre/bin/java", X86_64, loader.toString(), null, "libc.musl-x86_64.so.1");

        var found = NativeLibraries.in(List.of(loader.getParent())).neededBy(java, List.of(java));

        assertThat(found).containsOnlyKeys(loader.toString(), libc.toString());
    }

    @Test
    void passesOverLibrariesOfAnotherProcessor() throws IOException {
        Path loader = elf("lib/ld-linux-aarch64.so.1", AARCH64, null, null);
        elf("a/libc.so.6", X86_64, null, null);
        Path libc = elf("b/libc.so.6", AARCH64, null, null);
        Path java = elf("jre/bin/java", AARCH64, loader.toString(), directory + "/a", "libc.so.6");

        var found = NativeLibraries.in(List.of(directory.resolve("b"))).neededBy(java, List.of(java));

        assertThat(found).containsEntry(libc.toString(), libc).hasSize(2);
    }

    @Test
    void namesALibraryThatIsMissingAndWhoNeedsIt() throws IOException {
        Path java = elf("jre/bin/java", X86_64, "/lib64/ld.so", null, "libodd.so.7");
        var subject = NativeLibraries.in(List.of(directory.resolve("lib")));

        assertThatThrownBy(() -> subject.neededBy(java, List.of(java)))
                .isInstanceOf(IOException.class)
                .hasMessage("library libodd.so.7, which " + java + " needs, is in none of [" + directory
                        + "/lib]. Install it, or set a base image");
    }

    @Test
    void refusesAProgramThatIsNone() throws IOException {
        Path script = Files.writeString(directory.resolve("java"), "#!/bin/sh\n" + "exec true\n".repeat(10));

        assertThat(ElfFile.read(script)).isNull();
        assertThatThrownBy(() -> NativeLibraries.in(List.of()).neededBy(script, List.of(script)))
                .isInstanceOf(IOException.class)
                .hasMessage(script + " is no 64-bit program of Linux that names its loader");
    }

    @Test
    void refusesAFileThatEndsInTheMiddle() throws IOException {
        Path whole = elf("libwhole.so", X86_64, null, null, "libc.so.6");
        Path half =
                Files.write(directory.resolve("libhalf.so"), java.util.Arrays.copyOf(Files.readAllBytes(whole), 100));

        assertThatThrownBy(() -> ElfFile.read(half))
                .isInstanceOf(IOException.class)
                .hasMessage(half + " is a damaged ELF file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsWhatTheRunningJvmNeeds() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
        ElfFile program = ElfFile.read(java);

        var found = NativeLibraries.ofThisMachine().neededBy(java, List.of(java));

        assertThat(found).containsKey(program.interpreter());
        assertThat(found.values()).allMatch(Files::isRegularFile);
        assertThat(found.keySet()).anyMatch(name -> name.contains("/libc."));
    }
}
