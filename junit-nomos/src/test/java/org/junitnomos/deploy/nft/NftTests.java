package org.junitnomos.deploy.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.nft.Nft.Elements;
import org.junitnomos.testkit.FakePacketFilter;

class NftTests {
    @TempDir
    Path directory;

    private Path program(String text) throws IOException {
        Path program = directory.resolve("nft");
        Files.writeString(program, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private String run(String text, String input) throws IOException {
        return new NftProgram(program(text)).run(List.of("list", "tables"), input);
    }

    @Test
    void tablesAreMadeWholeFilledAndDeleted() throws IOException {
        var filter = new FakePacketFilter();
        filter.put("of_somebody_else");
        var nft = new Nft(filter);

        nft.create("nomos_1", List.of("  set nodes { type inet_service; }", "  set relays { type inet_service; }"));
        nft.add("nomos_1", List.of(new Elements("nodes", List.of(7, 8)), new Elements("relays", List.of(9))));
        nft.remove("nomos_1", List.of(new Elements("nodes", List.of(7))));

        assertThat(filter.set("nomos_1", "nodes")).containsExactly(8);
        assertThat(filter.set("nomos_1", "relays")).containsExactly(9);
        assertThat(filter.calls()).hasSize(3);
        assertThat(nft.tables()).containsExactly("nomos_1", "of_somebody_else");
        assertThat(nft.show("nomos_1")).contains("elements = { 8 }");
        nft.delete("nomos_1");
        assertThat(nft.tables()).containsExactly("of_somebody_else");
    }

    @Test
    void aNameWithWhichOneCouldSayMoreIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Nft(new FakePacketFilter()).delete("a; flush ruleset"))
                .withMessageContaining("'a; flush ruleset' cannot name a table");
    }

    @Test
    void theProgramGetsArgumentsAndInputInOneLanguage() throws IOException {
        assertThat(run("echo \"$LC_ALL $*\"; cat", "rules")).isEqualTo("C list tables\nrules");
    }

    @Test
    void aProgramThatFailsIsQuoted() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> run("echo Operation not permitted >&2; exit 1", "x".repeat(100_000)))
                .withMessage(
                        directory.resolve("nft") + " list tables failed with exit code 1: Operation not permitted");
    }

    @Test
    void aProgramThatSaysNoOrCannotBeStartedHasChangedNothing() {
        assertThatExceptionOfType(NftRefusedException.class).isThrownBy(() -> run("exit 1", ""));
        assertThatExceptionOfType(NftRefusedException.class)
                .isThrownBy(() -> new NftProgram(directory.resolve("gone")).run(List.of("list"), ""))
                .withMessageContaining("No such file");
    }

    @Test
    void aProgramThatHangsIsEnded() throws IOException {
        var hanging = new NftProgram(program("sleep 600; echo"), 50);

        assertThatIOException()
                .isThrownBy(() -> hanging.run(List.of("list"), ""))
                .isNotInstanceOf(NftRefusedException.class)
                .withMessage(directory.resolve("nft") + " list did not end within 50 ms");
    }

    @Test
    void aLongOutputComesWhole() throws IOException {
        assertThat(run("head -c 300000 /dev/zero | tr '\\0' x", "")).hasSize(300_000);
    }

    @Test
    void anInterruptedThreadCanStillCleanUp() throws IOException {
        Thread.currentThread().interrupt();

        assertThat(run("sleep 0.1; echo done", "")).isEqualTo("done\n");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theCurrentDirectoryIsNoPartOfPath() throws IOException {
        Path here = Path.of("nft");
        Files.createSymbolicLink(here, program("echo here"));
        try {
            assertThatIOException()
                    .isThrownBy(() -> NftProgram.find("Linux", ": :", List.of()))
                    .withMessageStartingWith("there is no program nft in PATH");
        } finally {
            Files.delete(here);
        }
    }

    @Test
    void isLookedForInPathAndOnLinuxOnly() throws IOException {
        program("echo here");

        assertThat(NftProgram.find("Linux", "/nonexistent:" + directory, List.of())
                        .run(List.of(), ""))
                .isEqualTo("here\n");
        assertThatIOException()
                .isThrownBy(() -> NftProgram.find("Mac OS X", directory.toString(), List.of()))
                .withMessage("only Linux has nftables, but this is Mac OS X");
    }
}
