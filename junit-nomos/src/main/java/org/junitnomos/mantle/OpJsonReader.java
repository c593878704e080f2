package org.junitnomos.mantle;

import java.util.List;

/** Reads operations from JSON (node contract 2.1). */
final class OpJsonReader {

    private OpJsonReader() {}

    static Op op(JsonIn in) {
        Long opcode = null;
        Op op = null;
        byte[] unread = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            if (field.equals("opcode")) {
                opcode = in.once(opcode, in.u64());
                if (!isKnown(opcode)) {
                    throw in.problem(
                            "expected an opcode of 0, 1, 2, 32, 33, 34 or 48 but was " + Long.toUnsignedString(opcode));
                }
            } else if (!field.equals("payload")) {
                in.skip();
            } else if (opcode == null) {
                unread = in.once(unread, in.slice());
            } else {
                in.once(unread, unread == null ? new byte[0] : unread);
                op = in.once(op, payload(in, opcode));
            }
        }
        long known = in.require(opcode, "opcode");
        if (unread != null) {
            return in.readSlice(unread, "payload", slice -> payload(slice, known));
        }
        return in.require(op, "payload");
    }

    private static boolean isKnown(long opcode) {
        return (opcode >= ChannelInscribe.OPCODE && opcode <= ChannelSetKeys.OPCODE)
                || (opcode >= SdpDeclare.OPCODE && opcode <= SdpActive.OPCODE)
                || opcode == LeaderClaim.OPCODE;
    }

    private static Op payload(JsonIn in, long opcode) {
        return switch ((int) opcode) {
            case ChannelInscribe.OPCODE -> inscribe(in);
            case ChannelBlob.OPCODE -> blob(in);
            case ChannelSetKeys.OPCODE -> setKeys(in);
            case SdpDeclare.OPCODE -> declare(in);
            case SdpWithdraw.OPCODE -> withdraw(in);
            case SdpActive.OPCODE -> active(in);
            default -> claim(in);
        };
    }

    private static Op inscribe(JsonIn in) {
        byte[] channel = null;
        byte[] inscription = null;
        byte[] parent = null;
        byte[] signer = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "channel_id" -> channel = in.once(channel, in.hex32());
                case "inscription" -> inscription = in.once(inscription, in.numbers());
                case "parent" -> parent = in.once(parent, in.hex32());
                case "signer" -> signer = in.once(signer, in.hex32());
                default -> in.skip();
            }
        }
        return new ChannelInscribe(
                new ChannelId(in.require(channel, "channel_id")),
                in.require(inscription, "inscription"),
                new MsgId(in.require(parent, "parent")),
                new Ed25519PublicKey(in.require(signer, "signer")));
    }

    private static Op blob(JsonIn in) {
        byte[] channel = null;
        Long session = null;
        byte[] blob = null;
        Long blobSize = null;
        Long price = null;
        byte[] parent = null;
        byte[] signer = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "channel" -> channel = in.once(channel, in.hex32());
                case "session" -> session = in.once(session, in.u64());
                case "blob" -> blob = in.once(blob, in.numbers(Id32.LENGTH));
                case "blob_size" -> blobSize = in.once(blobSize, in.u64());
                case "da_storage_gas_price" -> price = in.once(price, in.u64());
                case "parent" -> parent = in.once(parent, in.hex32());
                case "signer" -> signer = in.once(signer, in.hex32());
                default -> in.skip();
            }
        }
        return new ChannelBlob(
                new ChannelId(in.require(channel, "channel")),
                in.require(session, "session"),
                new BlobId(in.require(blob, "blob")),
                in.require(blobSize, "blob_size"),
                in.require(price, "da_storage_gas_price"),
                new MsgId(in.require(parent, "parent")),
                new Ed25519PublicKey(in.require(signer, "signer")));
    }

    private static Op setKeys(JsonIn in) {
        byte[] channel = null;
        List<Ed25519PublicKey> keys = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "channel" -> channel = in.once(channel, in.hex32());
                case "keys" -> keys = in.once(keys, in.array(key -> new Ed25519PublicKey(key.hex32()), 255));
                default -> in.skip();
            }
        }
        return new ChannelSetKeys(new ChannelId(in.require(channel, "channel")), in.require(keys, "keys"));
    }

    static SdpDeclare declare(JsonIn in) {
        ServiceType service = null;
        List<Multiaddr> locators = null;
        byte[] provider = null;
        Fr zkId = null;
        Fr note = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "service_type" -> service = in.once(service, in.parse(in.text(), ServiceType::fromCode));
                case "locators" ->
                    locators = in.once(
                            locators, in.array(locator -> locator.parse(locator.text(), Multiaddr::parse), 255));
                case "provider_id" -> provider = in.once(provider, in.hex32());
                case "zk_id" -> zkId = in.once(zkId, in.fr());
                case "locked_note_id" -> note = in.once(note, in.fr());
                default -> in.skip();
            }
        }
        return new SdpDeclare(
                in.require(service, "service_type"),
                in.require(locators, "locators"),
                new Ed25519PublicKey(in.require(provider, "provider_id")),
                new ZkPublicKey(in.require(zkId, "zk_id")),
                new NoteId(in.require(note, "locked_note_id")));
    }

    private static Op withdraw(JsonIn in) {
        byte[] declaration = null;
        Fr note = null;
        Long nonce = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "declaration_id" -> declaration = in.once(declaration, in.numbers(Id32.LENGTH));
                case "locked_note_id" -> note = in.once(note, in.fr());
                case "nonce" -> nonce = in.once(nonce, in.u64());
                default -> in.skip();
            }
        }
        return new SdpWithdraw(
                new DeclarationId(in.require(declaration, "declaration_id")),
                new NoteId(in.require(note, "locked_note_id")),
                in.require(nonce, "nonce"));
    }

    private static Op active(JsonIn in) {
        byte[] declaration = null;
        Long nonce = null;
        ActivityMetadata metadata = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "declaration_id" -> declaration = in.once(declaration, in.numbers(Id32.LENGTH));
                case "nonce" -> nonce = in.once(nonce, in.u64());
                case "metadata" -> metadata = in.once(metadata, MetadataJsonReader.metadata(in));
                default -> in.skip();
            }
        }
        return new SdpActive(
                new DeclarationId(in.require(declaration, "declaration_id")),
                in.require(nonce, "nonce"),
                in.require(metadata, "metadata"));
    }

    private static Op claim(JsonIn in) {
        Fr root = null;
        Fr nullifier = null;
        Fr hash = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "rewards_root" -> root = in.once(root, in.fr());
                case "voucher_nullifier" -> nullifier = in.once(nullifier, in.fr());
                case "mantle_tx_hash" -> hash = in.once(hash, in.fr());
                default -> in.skip();
            }
        }
        return new LeaderClaim(
                in.require(root, "rewards_root"),
                in.require(nullifier, "voucher_nullifier"),
                new TxHash(in.require(hash, "mantle_tx_hash")));
    }
}
