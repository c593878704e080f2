package org.junitnomos.mantle;

/** Reads activity reports from JSON (node contract 1.4, 2.1). */
final class MetadataJsonReader {

    private MetadataJsonReader() {}

    static ActivityMetadata metadata(JsonIn in) {
        return in.single("metadata such as {\"DataAvailability\":{...}}", kind -> switch (kind) {
            case "DataAvailability" -> dataAvailability(in);
            case "Blend" -> blend(in);
            default -> throw in.problem("expected DataAvailability or Blend but was " + kind);
        });
    }

    private static ActivityMetadata dataAvailability(JsonIn in) {
        Long session = null;
        byte[] previous = null;
        byte[] current = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "current_session" -> session = in.once(session, in.u64());
                case "previous_session_opinions" -> previous = in.once(previous, in.numbers());
                case "current_session_opinions" -> current = in.once(current, in.numbers());
                default -> in.skip();
            }
        }
        return new ActivityMetadata.DataAvailability(
                in.require(session, "current_session"),
                in.require(previous, "previous_session_opinions"),
                in.require(current, "current_session_opinions"));
    }

    private static ActivityMetadata blend(JsonIn in) {
        Long session = null;
        byte[] key = null;
        Quota quota = null;
        Fr selection = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "session" -> session = in.once(session, in.u64());
                case "signing_key" -> key = in.once(key, in.hex32());
                case "proof_of_quota" -> quota = in.once(quota, quota(in));
                case "proof_of_selection" -> selection = in.once(selection, selection(in));
                default -> in.skip();
            }
        }
        Quota known = in.require(quota, "proof_of_quota");
        return new ActivityMetadata.Blend(
                in.require(session, "session"),
                new Ed25519PublicKey(in.require(key, "signing_key")),
                known.nullifier,
                known.proof,
                in.require(selection, "proof_of_selection"));
    }

    private static Quota quota(JsonIn in) {
        Fr nullifier = null;
        ZkSignature proof = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "key_nullifier" -> nullifier = in.once(nullifier, in.fr());
                case "proof" -> proof = in.once(proof, TxJsonReader.zkSignature(in));
                default -> in.skip();
            }
        }
        return new Quota(in.require(nullifier, "key_nullifier"), in.require(proof, "proof"));
    }

    /** Accepts the bare element too. */
    private static Fr selection(JsonIn in) {
        if (in.isText()) {
            return in.fr();
        }
        Fr randomness = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            if (field.equals("selection_randomness")) {
                randomness = in.once(randomness, in.fr());
            } else {
                in.skip();
            }
        }
        return in.require(randomness, "selection_randomness");
    }

    private record Quota(Fr nullifier, ZkSignature proof) {}
}
