package org.junitnomos.mantle;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The network address of a service provider, for example {@code /ip4/127.0.0.1/udp/3300/quic-v1}.
 *
 * <p>Understands the protocols {@code ip4}, {@code ip6}, {@code dns4}, {@code udp}, {@code tcp}, {@code quic-v1} and
 * {@code p2p} (node contract 1.2, 2.2).
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class Multiaddr {

    /** Largest binary length a transaction can carry, in bytes. */
    public static final int MAX_LENGTH = 329;

    private final String text;
    private final byte[] bytes;

    private Multiaddr(String text, byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new WireFormatException(
                    "", "expected a multiaddr of at most " + MAX_LENGTH + " bytes but was " + bytes.length);
        }
        this.text = text;
        this.bytes = bytes;
    }

    /**
     * Reads an address from text.
     *
     * @param text the address, beginning with a slash
     * @throws WireFormatException if the text is no address of the known protocols
     */
    public static Multiaddr parse(String text) {
        byte[] bytes = MultiaddrCodec.encode(text);
        return new Multiaddr(MultiaddrCodec.decode(bytes), bytes);
    }

    /**
     * Reads an address from its binary form.
     *
     * @param bytes the binary form; copied
     * @throws WireFormatException if the bytes are no address of the known protocols
     */
    public static Multiaddr fromBytes(byte[] bytes) {
        return new Multiaddr(MultiaddrCodec.decode(bytes), bytes.clone());
    }

    /** {@return the binary form, a fresh array of at most {@value #MAX_LENGTH} bytes} */
    public byte[] toBytes() {
        return bytes.clone();
    }

    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Multiaddr that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the address as text. */
    @Override
    public String toString() {
        return text;
    }
}
