package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.Fuzz;
import org.junitnomos.devnode.InMemoryNodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.TestGenesis;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfigFuzzTests {
    private static final byte[] RIGHT = ChildNode.config(
                    "validator-0",
                    0,
                    List.of("validator-1", "b=10.0.0.7:3000"),
                    new TestGenesis(1, 0),
                    Instant.parse("2026-01-31T12:00:00Z"))
            .concat("listen: {host: 127.0.0.1, api_port: 0}\n")
            .getBytes(StandardCharsets.UTF_8);

    private static final Outbox NO_OUTBOX = new Outbox() {
        @Override
        public void send(String peer, PeerMessage message, long delayNanos) {
            throw new AssertionError("a node that is not started sends " + message);
        }

        @Override
        public void log(String level, String text) {
            throw new AssertionError("a node that is not started logs " + text);
        }
    };

    /** Where the genesis transaction, most of the text, does not draw most of the damage. */
    private static final int[] OTHERS = others();

    @TempDir
    Path directory;

    private int read;
    private int refused;

    private static int[] others() {
        String text = new String(RIGHT, StandardCharsets.ISO_8859_1);
        return new int[] {text.indexOf("genesis: "), text.indexOf("leader_key: ")};
    }

    @Test
    void anyTextIsReadOrRefusedWithAMessage() {
        int inputs = Fuzz.inputs(10_000);

        Fuzz.run(inputs, (round, chance) -> attempt(new String(mutate(chance), StandardCharsets.UTF_8)));

        assertThat(refused).isGreaterThan(inputs / 2);
        assertThat(read).isGreaterThan(inputs / 100);
    }

    private static byte[] mutate(Random chance) {
        if (chance.nextInt(3) == 0) {
            return Fuzz.damage(RIGHT, chance);
        }
        String text = new String(RIGHT, StandardCharsets.ISO_8859_1);
        String before = text.substring(0, OTHERS[0]);
        String after = text.substring(OTHERS[1]);
        byte[] damaged = Fuzz.damage((before + "\1" + after).getBytes(StandardCharsets.ISO_8859_1), chance);
        return new String(damaged, StandardCharsets.ISO_8859_1)
                .replace("\1", text.substring(OTHERS[0], OTHERS[1]))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void attempt(String text) {
        try {
            ProgramConfig config = ConfigReader.read(text, directory);
            makeNode(config);
            read++;
        } catch (ConfigException problem) {
            assertThat(problem).hasMessageMatching("(?s)(The|Cannot) .{10,}");
            assertThat(problem.getMessage()).hasSizeLessThan(2_000);
            refused++;
        }
    }

    /** What was read makes a node, or the reason is told as for any other mistake in the configuration. */
    private static void makeNode(ProgramConfig config) {
        try {
            assertThat(new DevNode(config.node(), new InMemoryNodeStore(), NO_OUTBOX).nextTick(0))
                    .isPositive();
        } catch (IllegalArgumentException problem) {
            assertThat(problem.getMessage()).isNotBlank();
        }
    }

    @Test
    void anyBytesAsAFileAreRefused() throws Exception {
        Random chance = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[chance.nextInt(2_000)];
            chance.nextBytes(bytes);
            Path file = Files.write(directory.resolve("node.yaml"), bytes);
            try {
                throw new AssertionError("round " + round + ": " + ConfigReader.read(file));
            } catch (ConfigException problem) {
                assertThat(problem).hasMessageMatching("(?s)(The|Cannot) .{10,}");
            }
        }
    }

    @Test
    void whatWouldBreakTheParserIsRefused() {
        for (String text : List.of(
                "[".repeat(200_000),
                "{a: ".repeat(100_000),
                "- ".repeat(200_000),
                "genesis: &a {b: *a}\n",
                "genesis: " + "[".repeat(50_000) + "]".repeat(50_000),
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nname: *c\n" + "d: [" + "*c, ".repeat(100) + "*c]",
                "seed: " + "9".repeat(100_000),
                "\"" + "a".repeat(1_000_000),
                "%YAML 9.9\n--- a",
                "--- a\n--- b",
                "")) {
            attempt(text);
        }
        assertThat(refused).isEqualTo(11);
    }
}
