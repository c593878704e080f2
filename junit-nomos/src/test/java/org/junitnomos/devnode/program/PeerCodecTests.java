package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.devnode.Fuzz;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.da.DaMessage;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

class PeerCodecTests {
    private static final List<Block> CHAIN = TestBlocks.chain(3);
    private static final BlobCoding.Coded CODED = BlobCoding.encode(new byte[62], 4);
    private static final BlobId BLOB = CODED.commitments().blobId();
    private static final HeaderId ID = CHAIN.get(0).id();

    static List<PeerMessage> messages() {
        Block block = CHAIN.get(1);
        return List.of(
                new PeerMessage.Hello(ID, 7, TestBlocks.ROOT, true),
                new PeerMessage.Hello(ID, Long.MAX_VALUE, ID, false),
                new PeerMessage.Transaction(TestBlocks.transaction(0)),
                PeerMessage.Proposal.of(block),
                new PeerMessage.Proposal(block.header(), block.signature(), List.of()),
                new PeerMessage.BlockRequest(ID, List.of()),
                new PeerMessage.BlockRequest(ID, List.of(TestBlocks.ROOT, ID)),
                new PeerMessage.BlockResponse(ID, List.of()),
                new PeerMessage.BlockResponse(ID, CHAIN),
                routed(new DaMessage.Dispersal(
                        TestBlocks.transaction(0),
                        CODED.commitments(),
                        CODED.shares().get(1),
                        true)),
                routed(new DaMessage.Receipt(TestBlocks.transaction(0).hash(), 65_535, true)),
                routed(new DaMessage.ShareRequest(BLOB, 300)),
                routed(new DaMessage.ShareAnswer(
                        BLOB, 1, CODED.commitments(), CODED.shares().get(1))),
                routed(new DaMessage.ShareAnswer(BLOB, 1, null, null)));
    }

    private static PeerMessage routed(DaMessage content) {
        return new PeerMessage.Routed("executor-0", "validator-1", 4711, content);
    }

    private static PeerMessage decode(byte[] frame) throws IOException {
        return PeerCodec.read(new ByteArrayInputStream(frame));
    }

    private static byte[] frame(int mark, int version, int kind, int length, byte... body) {
        return ByteBuffer.allocate(PeerCodec.HEAD + body.length)
                .putInt(mark)
                .put((byte) version)
                .put((byte) kind)
                .putInt(length)
                .put(body)
                .array();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsWhatItWrote(PeerMessage message) throws IOException {
        assertThat(decode(PeerCodec.encode(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void takesAsManyBytesAsTheMessageSays(PeerMessage message) {
        assertThat(message.wireLength()).isEqualTo(PeerCodec.encode(message).length);
    }

    @Test
    void readsOneMessageAfterTheOtherUntilTheEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(PeerCodec.encode(new PeerCodec.Greeting(ID, "validator-1")));
        for (PeerMessage message : messages()) {
            all.write(PeerCodec.encode(message));
        }
        ByteArrayInputStream in = new ByteArrayInputStream(all.toByteArray());

        assertThat(PeerCodec.readGreeting(in)).isEqualTo(new PeerCodec.Greeting(ID, "validator-1"));
        for (PeerMessage message : messages()) {
            assertThat(PeerCodec.read(in)).isEqualTo(message);
        }
        assertThat(PeerCodec.read(in)).isNull();
    }

    @Nested
    class Refuses {
        @Test
        void aFrameWithoutTheMark() {
            assertThatThrownBy(() -> decode("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a frame of a dev node but was 0x47455420 at its start");
        }

        @Test
        void aFrameOfAnotherVersion() {
            assertThatThrownBy(() -> decode(frame(0x4e4d4f53, 2, 1, 0)))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a frame of version 1 but was version 2");
        }

        @Test
        void aFrameThatClaimsTooMuch() {
            assertThatThrownBy(() -> decode(frame(0x4e4d4f53, 1, 1, 16 * 1024 * 1024 + 1)))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a body of at most 16777216 bytes but was 16777217 bytes");
            assertThatThrownBy(() -> decode(frame(0x4e4d4f53, 1, 1, -1)))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a body of at most 16777216 bytes but was 4294967295 bytes");
        }

        @Test
        void aKindItDoesNotKnow() {
            assertThatThrownBy(() -> decode(frame(0x4e4d4f53, 1, 77, 0)))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a message but was a frame of kind 77");
        }

        @Test
        void aMessageAboutBlobsThatIsMalformed() {
            byte[] frame = PeerCodec.encode(routed(new DaMessage.ShareRequest(BLOB, 1)));
            frame[PeerCodec.HEAD + 4 + 10 + 4 + 11 + 8] = 9;
            assertThatThrownBy(() -> decode(frame))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a message about blobs but was one of kind 9");
            byte[] unnamed = PeerCodec.encode(new PeerMessage.Routed("", "b", 1, new DaMessage.ShareRequest(BLOB, 1)));
            assertThatThrownBy(() -> decode(unnamed))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected the name of a node but was 0 bytes");
        }

        @Test
        void aFrameThatBreaksOff() {
            byte[] whole = PeerCodec.encode(messages().get(0));
            for (int length = 1; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> decode(part))
                        .isInstanceOf(EOFException.class)
                        .hasMessage("the connection was closed within a frame");
            }
        }

        @Test
        void aGreetingThatIsLongerThanOne() throws IOException {
            String longest = "x".repeat(PeerCodec.MAX_NAME_BYTES);
            byte[] greeting = PeerCodec.encode(new PeerCodec.Greeting(ID, longest));
            assertThat(PeerCodec.readGreeting(new ByteArrayInputStream(greeting))
                            .name())
                    .isEqualTo(longest);

            // The body is not waited for.
            ByteArrayInputStream in = new ByteArrayInputStream(frame(0x4e4d4f53, 1, 0, PeerCodec.MAX_BODY));

            assertThatThrownBy(() -> PeerCodec.readGreeting(in))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a body of at most 287 bytes but was 16777216 bytes");
        }

        @Test
        void aMessageInPlaceOfTheGreeting() {
            ByteArrayInputStream in =
                    new ByteArrayInputStream(PeerCodec.encode(messages().get(0)));

            assertThatThrownBy(() -> PeerCodec.readGreeting(in))
                    .isInstanceOf(PeerProtocolException.class)
                    .hasMessage("expected a greeting but was a frame of kind 1 with 73 bytes");
        }
    }

    @Test
    void survivesDamagedFrames() {
        List<byte[]> frames = messages().stream().map(PeerCodec::encode).toList();
        AtomicInteger read = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        Fuzz.run(100_000, (round, chance) -> {
            byte[] input = damage(frames.get(chance.nextInt(frames.size())), chance);
            try {
                PeerMessage message = decode(input);
                assertThat(message == null).isEqualTo(input.length == 0);
                read.incrementAndGet();
            } catch (PeerProtocolException | EOFException expected) {
                refused.incrementAndGet();
            }
        });

        assertThat(refused).hasValueGreaterThan(50_000);
        assertThat(read).hasValueGreaterThan(1_000);
    }

    private static byte[] damage(byte[] frame, Random chance) {
        byte[] input = chance.nextInt(4) == 0 ? Arrays.copyOf(frame, chance.nextInt(frame.length + 1)) : frame.clone();
        switch (chance.nextInt(4)) {
            case 0 -> {
                input = new byte[chance.nextInt(200)];
                chance.nextBytes(input);
            }
            case 1 -> {
                if (input.length > PeerCodec.HEAD && chance.nextInt(4) == 0) {
                    // A claim of up to 16 MiB, which nobody keeps room for before it is there.
                    ByteBuffer.wrap(input).putInt(6, chance.nextInt(PeerCodec.MAX_BODY + 2));
                } else if (input.length > PeerCodec.HEAD) {
                    // The right length after a cut, so that the body is looked at.
                    ByteBuffer.wrap(input).putInt(6, input.length - PeerCodec.HEAD);
                }
            }
            default -> {
                for (int flips = chance.nextInt(4); flips >= 0 && input.length > 0; flips--) {
                    input[chance.nextInt(input.length)] ^= (byte) (1 << chance.nextInt(8));
                }
            }
        }
        return input;
    }
}
