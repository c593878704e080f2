package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Feeds seeded inputs to something that must survive them, and watches time and memory. */
public final class Fuzz {
    private static final long SEED = 4711;
    private static final Duration SLOWEST = Duration.ofSeconds(5);
    private static final long MAX_GROWTH = 16L * 1024 * 1024;

    private Fuzz() {}

    /** Try one input; what it throws fails the test, and so does taking long. */
    public interface Trial {
        void run(int round, Random chance) throws Exception;
    }

    /** How many inputs: {@code -Dfuzz.inputs}, or as many as an ordinary run has time for. */
    public static int inputs(int ordinary) {
        return Integer.getInteger("fuzz.inputs", ordinary);
    }

    /** Run all inputs. The first tenth warms up; from then on the heap must not grow. */
    public static void run(int inputs, Trial trial) {
        Random chance = new Random(SEED);
        long heap = 0;
        for (int round = 0; round < inputs; round++) {
            if (round == inputs / 10) {
                heap = usedHeap();
            }
            long begin = System.nanoTime();
            try {
                trial.run(round, chance);
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError failure) {
                throw new AssertionError("input " + round + " of seed " + SEED, failure);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("input %d of seed %d", round, SEED)
                    .isLessThan(SLOWEST);
        }
        assertThat(usedHeap() - heap).as("growth of the heap, bytes").isLessThan(MAX_GROWTH);
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Damage a good input: flip, overwrite, delete, repeat or insert bytes, or put other bytes in its place. */
    public static byte[] damage(byte[] good, Random chance) {
        if (chance.nextInt(8) == 0) {
            byte[] random = new byte[chance.nextInt(300)];
            chance.nextBytes(random);
            return random;
        }
        byte[] bytes = good;
        for (int times = chance.nextInt(4); times >= 0; times--) {
            bytes = damageOnce(bytes, chance);
        }
        return bytes;
    }

    private static byte[] damageOnce(byte[] bytes, Random chance) {
        int from = chance.nextInt(bytes.length + 1);
        int to = from + chance.nextInt(Math.min(64, bytes.length - from) + 1);
        return switch (chance.nextInt(5)) {
            case 0 -> splice(bytes, from, to, new byte[0]);
            case 1 -> splice(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 2 -> {
                byte[] random = new byte[chance.nextInt(8)];
                chance.nextBytes(random);
                yield splice(bytes, from, from, random);
            }
            case 3 -> splice(bytes, from, Math.min(from + 1, bytes.length), token(chance));
            default -> {
                byte[] flipped = bytes.clone();
                if (from < bytes.length) {
                    flipped[from] ^= (byte) (1 << chance.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    /** What parsers stumble over. */
    private static byte[] token(Random chance) {
        String[] tokens = {
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            ":",
            ",",
            "- ",
            "&a ",
            "*a",
            "? ",
            "!!int ",
            "!!binary ",
            "null",
            "-1",
            "1e999999999",
            "0x7fffffffffffffff",
            "18446744073709551616",
            "\\u0000",
            "\n",
            "\t",
            "#",
            "|",
            ">",
            "%",
            "@",
            "<<: ",
            "~",
            ".nan",
            "true",
            "[[[[[[[[",
            "{{{{{{{{",
            "\ufeff",
            "\0"
        };
        return tokens[chance.nextInt(tokens.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] with) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + with.length);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
        return result;
    }
}
