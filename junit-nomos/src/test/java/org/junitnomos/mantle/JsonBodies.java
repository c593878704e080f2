package org.junitnomos.mantle;

/** Writes bodies of requests that only tests make: no part of the library declares itself to a node. */
public final class JsonBodies {
    private JsonBodies() {}

    /** The body of {@code POST /sdp/declaration}. */
    public static byte[] encode(SdpDeclare declaration) {
        JsonOut out = new JsonOut(512);
        new TxJsonWriter(out).declare(declaration);
        return out.toBytes();
    }

    /** The body of {@code POST /sdp/activity}. */
    public static byte[] encode(ActivityMetadata metadata) {
        JsonOut out = new JsonOut(512);
        new TxJsonWriter(out).metadata(metadata);
        return out.toBytes();
    }
}
