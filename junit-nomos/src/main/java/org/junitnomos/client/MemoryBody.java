package org.junitnomos.client;

import java.io.ByteArrayInputStream;
import org.apiguardian.api.API;

/** A body that is in memory as a whole, and is read as a whole without a copy and without buffers. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MemoryBody extends ByteArrayInputStream {

    /**
     * Wraps a body.
     *
     * @param body the bytes; not copied, so nobody may change them any more
     */
    public MemoryBody(byte[] body) {
        super(body);
    }

    @Override
    public synchronized byte[] readNBytes(int most) {
        if (pos == 0 && count == buf.length && most >= count) {
            pos = count;
            return buf;
        }
        byte[] read = new byte[Math.max(0, Math.min(most, count - pos))];
        readNBytes(read, 0, read.length);
        return read;
    }
}
