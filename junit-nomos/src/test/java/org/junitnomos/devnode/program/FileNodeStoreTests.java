package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.NodeStore.OwnBlock;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

class FileNodeStoreTests {
    private static final int START = 40;

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("blocks");
    }

    private FileNodeStore open() throws IOException {
        return FileNodeStore.open(path(), TestBlocks.ROOT, false);
    }

    /** Write the blocks and return where each record ends, after the end of the start. */
    private List<Long> write(List<Block> blocks) throws IOException {
        List<Long> ends = new ArrayList<>();
        try (FileNodeStore store = open()) {
            ends.add(Files.size(path()));
            for (Block block : blocks) {
                store.append(block);
                ends.add(Files.size(path()));
            }
        }
        return ends;
    }

    @Test
    void returnsTheBlocksOfAnEarlierLifeInOrder() throws IOException {
        List<Block> chain = TestBlocks.chain(6);
        write(chain.subList(0, 4));

        try (FileNodeStore store = open()) {
            assertThat(store.recovery()).isEqualTo(new FileNodeStore.Recovery(4, 0, ""));
            store.append(chain.get(4));
            store.append(chain.get(5));
            assertThat(store.blocks()).isEqualTo(chain);
        }
        try (FileNodeStore store = open()) {
            assertThat(store.blocks()).isEqualTo(chain);
        }
    }

    @Test
    void forcesBlocksToTheDiskIfAsked() throws IOException {
        List<Block> chain = TestBlocks.chain(3);
        try (FileNodeStore store = FileNodeStore.open(path(), TestBlocks.ROOT, true)) {
            chain.forEach(store::append);
            assertThat(store.blocks()).isEqualTo(chain);
        }
    }

    @Nested
    class IfTheFileEndsEarly {
        @Test
        void keepsTheWholeBlocksWhereverItWasCut() throws IOException {
            List<Block> chain = TestBlocks.chain(3);
            List<Long> ends = write(chain.subList(0, 2));
            byte[] whole = Files.readAllBytes(path());

            for (int length = 0; length < whole.length; length++) {
                Files.write(path(), Arrays.copyOf(whole, length));
                int left = length < ends.get(1) ? 0 : 1;
                try (FileNodeStore store = open()) {
                    assertThat(store.blocks()).as("cut at %d", length).isEqualTo(chain.subList(0, left));
                    assertThat(store.recovery().droppedBytes())
                            .as("cut at %d", length)
                            .isEqualTo(length < START ? 0 : length - ends.get(left));
                }
            }
        }

        @Test
        void takesNewBlocksAfterTheCut() throws IOException {
            List<Block> chain = TestBlocks.chain(3);
            List<Long> ends = write(chain.subList(0, 2));
            byte[] whole = Files.readAllBytes(path());

            for (int length = 0; length < whole.length; length += 97) {
                Files.write(path(), Arrays.copyOf(whole, length));
                try (FileNodeStore store = open()) {
                    store.append(chain.get(2));
                }
                try (FileNodeStore store = open()) {
                    assertThat(store.recovery())
                            .isEqualTo(new FileNodeStore.Recovery(length < ends.get(1) ? 1 : 2, 0, ""));
                    assertThat(store.blocks()).as("cut at %d", length).endsWith(chain.get(2));
                }
            }
        }

        @Test
        void keepsAllBlocksOfAProcessThatWasKilled() throws Exception {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-XX:TieredStopAtLevel=1",
                            StoreWriter.class.getName(),
                            path().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> told = new ArrayList<>();
            try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
                for (String line = lines.readLine(); line != null && told.size() < 500; line = lines.readLine()) {
                    told.add(line);
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }

            assertThat(told).hasSize(500);
            try (FileNodeStore store = open()) {
                List<String> kept =
                        store.blocks().stream().map(block -> block.id().toHex()).toList();
                assertThat(kept).startsWith(told.toArray(String[]::new));
            }
        }
    }

    @Nested
    class IfBitsFlipped {
        @Test
        void neverReturnsADamagedBlock() throws IOException {
            List<Block> chain = TestBlocks.chain(4);
            write(chain);
            byte[] whole = Files.readAllBytes(path());
            Random chance = new Random(4711);

            for (int round = 0; round < 1_500; round++) {
                byte[] damaged = whole.clone();
                int first = whole.length;
                for (int flips = 1 + chance.nextInt(3); flips > 0; flips--) {
                    int at = START + chance.nextInt(whole.length - START);
                    damaged[at] ^= (byte) (1 << chance.nextInt(8));
                    first = damaged[at] == whole[at] ? first : Math.min(first, at);
                }
                Files.write(path(), damaged);
                try (FileNodeStore store = open()) {
                    List<Block> kept = store.blocks();
                    assertThat(kept).as("round %d", round).isEqualTo(chain.subList(0, kept.size()));
                    assertThat(kept.size() == chain.size())
                            .as("round %d", round)
                            .isEqualTo(Arrays.equals(damaged, whole));
                }
            }
        }

        @Test
        void namesTheReasonAndCutsTheRest() throws IOException {
            List<Block> chain = TestBlocks.chain(3);
            List<Long> ends = write(chain);
            byte[] bytes = Files.readAllBytes(path());
            bytes[ends.get(1).intValue() + 20] ^= 4;
            Files.write(path(), bytes);

            try (FileNodeStore store = open()) {
                assertThat(store.recovery())
                        .isEqualTo(new FileNodeStore.Recovery(1, ends.get(3) - ends.get(1), "damaged record"));
                assertThat(Files.size(path())).isEqualTo(ends.get(1));
            }
        }

        @Test
        void refusesToReadWhenTheyFlipWhileItIsOpen() throws IOException {
            List<Long> ends = write(TestBlocks.chain(2));
            try (FileNodeStore store = open()) {
                byte[] bytes = Files.readAllBytes(path());
                bytes[bytes.length - 1] ^= 1;
                Files.write(path(), bytes);

                assertThatThrownBy(store::blocks)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("has a damaged record at byte " + ends.get(1)
                                + ", which was whole before; start the node again");
            }
        }
    }

    @Nested
    class Refuses {
        @Test
        void aSecondStoreOnTheSameFile() throws IOException {
            try (FileNodeStore store = open()) {
                assertThat(store.blocks()).isEmpty();
                assertThatThrownBy(FileNodeStoreTests.this::open)
                        .isInstanceOf(IOException.class)
                        .hasMessage("The block store " + path() + " is in use; expected that no other node runs"
                                + " with it.");
            }
            open().close();
        }

        @Test
        void aFileOfAnotherChain() throws IOException {
            write(TestBlocks.chain(1));
            HeaderId other = TestBlocks.chain(1).get(0).id();

            assertThatThrownBy(() -> FileNodeStore.open(path(), other, false))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The block store " + path() + " belongs to the chain of genesis " + TestBlocks.ROOT
                            + ", expected " + other + "; give the node another directory.");
        }

        @Test
        void aFileThatIsNoStore() throws IOException {
            Files.writeString(path(), "to be kept");

            assertThatThrownBy(FileNodeStoreTests.this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The file " + path() + " is no block store; give the node another directory.");
            assertThat(path()).hasContent("to be kept");
        }

        @Test
        void blocksAfterItWasClosed() throws IOException {
            FileNodeStore store = open();
            store.close();
            store.close();

            assertThatThrownBy(() -> store.append(TestBlocks.chain(1).get(0)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("The block store " + path() + " is broken: it is closed");
        }
    }

    @Nested
    class WithOwnBlocks {
        private final OwnBlock first = new OwnBlock(TestBlocks.ROOT, 7, 3);
        private final OwnBlock second = new OwnBlock(HeaderId.ZERO, 1L << 40, 4);

        @Test
        void keepsThemInAFileOfTheirOwn() throws IOException {
            try (FileNodeStore store = open()) {
                assertThat(directory.resolve("blocks.own")).doesNotExist();
                store.append(first);
                assertThat(store.ownBlocks()).containsExactly(first);
            }
            try (FileNodeStore store = open()) {
                store.append(second);
                assertThat(store.ownBlocks()).containsExactly(first, second);
                assertThat(store.blocks()).isEmpty();
            }
        }

        @Test
        void cutsATornOneOff() throws IOException {
            try (FileNodeStore store = open()) {
                store.append(first);
                store.append(second);
            }
            Path own = directory.resolve("blocks.own");
            byte[] whole = Files.readAllBytes(own);
            Files.write(own, Arrays.copyOf(whole, whole.length - 1));
            try (FileNodeStore store = open()) {
                assertThat(store.ownBlocks()).containsExactly(first);
            }
        }

        @Test
        void refusesThemOnceItIsClosed() throws IOException {
            FileNodeStore store = open();
            store.close();
            assertThatThrownBy(() -> store.append(first))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(
                            "The store of own blocks " + directory.resolve("blocks.own") + " is broken: it is closed");
        }
    }

    @Nested
    class WithShares {
        private final BlobCoding.Coded coded = BlobCoding.encode(new byte[310], 8);

        private StoredShare share(int index) {
            return new StoredShare(coded.commitments(), coded.shares().get(index));
        }

        private Path sharesPath() {
            return directory.resolve("blocks.shares");
        }

        @Test
        void keepsThemInAFileOfTheirOwn() throws IOException {
            try (FileNodeStore store = open()) {
                assertThat(sharesPath()).doesNotExist();
                store.append(share(3));
                store.append(share(1));
                assertThat(store.shares()).containsExactly(share(3), share(1));
            }
            try (FileNodeStore store = open()) {
                assertThat(store.shares()).containsExactly(share(3), share(1));
                assertThat(store.blocks()).isEmpty();
                store.append(share(0));
            }
            try (FileNodeStore store = open()) {
                assertThat(store.shares()).containsExactly(share(3), share(1), share(0));
            }
        }

        @Test
        void cutsATornOneOff() throws IOException {
            try (FileNodeStore store = open()) {
                store.append(share(3));
                store.append(share(1));
            }
            byte[] whole = Files.readAllBytes(sharesPath());
            Files.write(sharesPath(), Arrays.copyOf(whole, whole.length - 1));
            try (FileNodeStore store = open()) {
                assertThat(store.shares()).containsExactly(share(3));
            }
        }

        @Test
        void refusesAFileThatIsNone() throws IOException {
            Files.writeString(sharesPath(), "something else, and long enough to be a start");

            assertThatThrownBy(FileNodeStoreTests.this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The file " + sharesPath() + " is no share store; give the node another directory.");
        }

        @Test
        void refusesThemOnceItIsClosed() throws IOException {
            FileNodeStore store = open();
            store.close();

            assertThatThrownBy(() -> store.append(share(0)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("The share store " + sharesPath() + " is broken: it is closed");
        }
    }
}
